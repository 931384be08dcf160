"""A finished mail and its bytes (RFC 5322, 2045-2047, 2369, 8058): the same value gives the same bytes.

Written out by hand, since Python's modern EmailMessage turns a long List-Unsubscribe into RFC 2047 words
(cpython#85725) and chooses encodings by the content's longest line (facts/email.md 0, A5, A6).
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from alerts.channels.email.addresses import mailbox, wire_address

CRLF = "\r\n"
# RFC 2047 section 2: an encoded word has at most 75 characters, a line that holds one at most 76.
LONGEST_WORD = 75
LONGEST_LINE = 76
_WORD_FRAME = "=?utf-8?b?{}?="
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_ONE_TOKEN = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True, slots=True)
class MailMessage:
    """One mail to one person, all values ready.

    `to` and `from_` are addresses, with or without a display name. `message_id` and `date` (aware) are the
    delivery's own and the same on every try, so that receivers can drop a repeated one. `leave_url` is the
    one-click address of RFC 8058 (https, one POST), empty for mail that has none; `list_id` is like
    `weekly.example.cn`. `envelope_from` is the bare address to which the mail comes back when it cannot be
    delivered; empty: to `from_`. Raises ValueError where a value that we make ourselves could break a header.
    """

    to: str
    from_: str
    subject: str
    html: str
    text: str
    message_id: str
    date: datetime
    leave_url: str
    list_id: str
    envelope_from: str = ""

    def __post_init__(self) -> None:
        for name in ("message_id", "leave_url", "list_id"):
            if not _ONE_TOKEN.fullmatch(getattr(self, name)):
                raise ValueError(f"{name} 只能是不含空白的 ASCII 字符：{getattr(self, name)!r}")
        if self.date.tzinfo is None:
            raise ValueError("date 须带时区")

    def as_bytes(self) -> bytes:
        """The mail as it goes over the wire, all ASCII. Raises UnusableAddressError for `to` or `from_`."""
        boundary = boundary_of(self.message_id)
        lines = [
            *(f"{name}: {value}" for name, value in self._headers()),
            "Content-Type: multipart/alternative;",
            f' boundary="{boundary}"',
            "",
            *_part(boundary, "plain", self.text),
            *_part(boundary, "html", self.html),
            f"--{boundary}--",
            "",
        ]
        return CRLF.join(lines).encode("ascii")

    def _headers(self) -> Iterator[tuple[str, str]]:
        yield "From", _address_header("From", self.from_)
        yield "To", _address_header("To", self.to)
        yield "Subject", unstructured("Subject", self.subject)
        yield "Date", format_datetime(self.date)
        yield "Message-ID", f"<{self.message_id.strip('<>')}>"
        yield "MIME-Version", "1.0"
        if self.list_id:
            yield "List-Id", f"<{self.list_id.strip('<>')}>"
        if self.leave_url:
            # One line whatever its length: a folded or encoded address is no one-click address.
            yield "List-Unsubscribe", f"<{self.leave_url}>"
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
        yield "Auto-Submitted", "auto-generated"  # RFC 3834: do not answer automatically
        yield "Precedence", "bulk"  # the same to older vacation programs


def boundary_of(message_id: str) -> str:
    """The line that parts a mail's bodies: no base64 can hold it, and a retry has the same."""
    return "=_" + hashlib.sha256(message_id.encode()).hexdigest()[:32]


def unstructured(header: str, text: str) -> str:
    """A header's free text, as it is when plain and short, else as folded RFC 2047 words.

    Line breaks and other control characters become blanks, so no text can add a header.
    """
    text = _CONTROL.sub(" ", text).strip()
    if text.isascii() and "=?" not in text and len(header) + 2 + len(text) <= LONGEST_LINE:
        return text
    return f"{CRLF} ".join(encoded_words(text, room=LONGEST_LINE - len(header) - 2))


def encoded_words(text: str, room: int) -> list[str]:
    """RFC 2047 words of at most 75 characters, the first of at most `room`; no character is split."""
    words, held = [], b""
    limit = _bytes_that_fit(min(room, LONGEST_WORD))
    for character in text:
        octets = character.encode("utf-8", "replace")
        if len(held) + len(octets) > limit:
            words.append(held)
            held, limit = b"", _bytes_that_fit(LONGEST_WORD)
        held += octets
    return [_WORD_FRAME.format(base64.b64encode(word).decode("ascii")) for word in [*words, held]]


def _bytes_that_fit(characters: int) -> int:
    return (characters - len(_WORD_FRAME.format(""))) // 4 * 3


def _address_header(header: str, written: str) -> str:
    """`name <address>`, the name quoted or encoded; the bare address where there is no name."""
    box = mailbox(written)
    address, name = wire_address(box.address), _CONTROL.sub(" ", box.name).strip()
    if not name:
        return address
    if name.isascii() and "=?" not in name and len(name) <= 40:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{unstructured(header, name)}{CRLF} <{address}>"


def _part(boundary: str, subtype: str, content: str) -> list[str]:
    return [
        f"--{boundary}",
        f"Content-Type: text/{subtype}; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        *_base64_lines(content),
    ]


def _base64_lines(content: str) -> list[str]:
    """76 columns of base64 of the text with CRLF line ends, the canonical form of RFC 2045 section 6.8."""
    canonical = _LINE_END.sub(CRLF, content)
    return base64.encodebytes(canonical.encode("utf-8", "replace")).decode("ascii").splitlines()
