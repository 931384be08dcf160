r"""RTF, which offices send under the name .doc: `{\rtf1\ansi\ansicpg936 ...}`."""

import re
from dataclasses import dataclass, field

from notices.intake.files.papers import Gathered, Kind, Paper

TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-z]{1,32})(-?\d{1,10})? ?|\\([^a-z'])|([{}])|([^\\{}\r\n]+)|\r|\n|\\",
    re.DOTALL,
)
BREAKS = {
    b"par": "\n", b"line": "\n", b"page": "\n", b"sect": "\n", b"row": "\n", b"cell": "\t", b"tab": "\t",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"emspace": " ", b"enspace": " ",
}  # fmt: skip
SYMBOLS = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n", b"{": "{", b"}": "}", b"\\": "\\"}
HIDDEN = frozenset({
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"headerl",
    b"headerr", b"footerl", b"footerr", b"listtable", b"listoverridetable", b"themedata", b"xmlnstbl",
    b"generator", b"fldinst", b"datastore", b"latentstyles", b"rsidtbl", b"nonshppict",
})  # fmt: skip
DEEPEST = 1000  # groups within groups


@dataclass(slots=True)
class RichText:
    r"""The text so far. `skip`: plain characters that stand for old readers after a `\u`."""

    codec: str = "gb18030"
    said: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    groups: list[tuple[bool, int]] = field(default_factory=list)
    hidden: bool = False
    after_unicode: int = 1
    skip: int = 0

    def put(self, text: str) -> None:
        """Text that is seen."""
        self.flush()
        if not self.hidden:
            self.said.append(text)

    def put_raw(self, data: bytes) -> None:
        """Bytes in the document's code page; two of them may make a character, so they are kept together."""
        skipped = min(self.skip, len(data))
        self.skip -= skipped
        if not self.hidden:
            self.raw += data[skipped:]

    def flush(self) -> None:
        """Decode the bytes that were kept."""
        if self.raw:
            self.said.append(self.raw.decode(self.codec, "replace"))
            self.raw.clear()

    def brace(self, mark: bytes) -> None:
        """A group begins or ends; what hides within it ends with it."""
        self.flush()
        self.skip = 0
        if mark == b"{" and len(self.groups) < DEEPEST:
            self.groups.append((self.hidden, self.after_unicode))
        elif mark == b"}" and self.groups:
            self.hidden, self.after_unicode = self.groups.pop()

    def word(self, name: bytes, number: int | None) -> None:
        """A control word."""
        if name == b"u" and number is not None:
            self.put(chr(number & 0xFFFF))
            self.skip = self.after_unicode
        elif name == b"uc" and number is not None:
            self.after_unicode = min(max(number, 0), 8)
        elif name == b"ansicpg" and number not in {None, 936, 54936}:
            self.codec = f"cp{number}" if _known(f"cp{number}") else self.codec
        elif name in HIDDEN:
            self.hidden = True
        elif name in BREAKS:
            self.put(BREAKS[name])


def _known(codec: str) -> bool:
    try:
        "".encode(codec)
    except LookupError:
        return False
    return True


def read_rtf(body: bytes) -> Paper:
    """The text of the document."""
    heard = RichText()
    for match in TOKEN.finditer(body):
        code, name, number, symbol, brace, plain = match.groups()
        if code:
            heard.put_raw(bytes([int(code, 16)]))
        elif name:
            heard.word(name, int(number) if number else None)
        elif symbol == b"*":
            heard.hidden = True  # a destination that a reader who does not know it skips
        elif symbol:
            heard.put(SYMBOLS.get(symbol, ""))
        elif brace:
            heard.brace(brace)
        elif plain:
            heard.put_raw(plain)
    heard.flush()
    text = "".join(heard.said)
    # A rare character is written as two halves, each with a \u of its own.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Gathered().take([("", whole)]).paper(Kind.RTF)
