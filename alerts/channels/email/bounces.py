"""Mails that come back (RFC 3464): whose, and what that says of the address. Text in, a value out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

from alerts.channels.email import answers
from alerts.channels.email.answers import Answer

# What ends a delivery otherwise than by an answer of the table.
DELIVERED = "delivered"
_LEAVE = re.compile(r"/u/([A-Za-z0-9_-]{22})/")
_RETURN_PATHS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_PLAIN_ADDRESS = re.compile(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+")
_CODE = re.compile(r"\b([245]\d\d)[ -]")
# Where only a status is given: a number of its class, for rows that ask for one.
_CLASS = {"2": 250, "4": 450, "5": 550}


@dataclass(frozen=True, slots=True)
class Bounce:
    """One report. `verdict` is `delivered` or a name of answers.toml; `said` is the other side's answer.

    `came_to` are the addresses that it was sent to, one of them ours with a token if we gave one; else
    `message_id` and `leave_token` tell what came back, as far as its headers did.
    """

    verdict: str
    said: str
    came_to: tuple[str, ...]
    message_id: str = ""
    leave_token: str = ""


def read(content: bytes) -> Bounce | None:
    """The report that a mail is; None for any other: an automatic reply, a delay, a person's letter."""
    mail = message_from_bytes(content, policy=policy.compat32)
    if (
        mail.get_content_type() != "multipart/report"
        or str(mail.get_param("report-type")) != "delivery-status"
    ):
        return None
    fields = next((block for block in _blocks(mail) if block.get("Action")), None)
    found = _verdict(fields) if fields is not None else None
    if fields is None or found is None:
        return None
    verdict, said = found
    returned = _returned(mail)
    leave = _LEAVE.search(_flat(returned.get("List-Unsubscribe")))
    return Bounce(
        verdict,
        said,
        tuple(dict.fromkeys(_addresses(mail))),
        _flat(returned.get("Message-ID")).strip("<> "),
        leave[1] if leave else "",
    )


def _blocks(mail: Message) -> Iterator[Message]:
    """The groups of fields of all delivery-status parts; the first of a part speaks of the message."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (block for block in part.get_payload() if isinstance(block, Message))


def _verdict(fields: Message) -> tuple[str, str] | None:
    """Only what failed or arrived is told: what is delayed may yet come."""
    action = _flat(fields.get("Action")).casefold()
    status = _flat(fields.get("Status"))
    diagnostic = _flat(fields.get("Diagnostic-Code"))
    said = diagnostic.partition(";")[2].strip() or diagnostic or status
    if action == "delivered":
        return DELIVERED, said
    if action != "failed":
        return None
    answer = _answer(said, status)
    address = _flat(fields.get("Final-Recipient")).partition(";")[2].strip()
    return answers.verdict(answer, address), f"{answers.row_for(answer).said}：{answer}"


def _answer(said: str, status: str) -> Answer:
    """The receiver's own answer where it is quoted, else its bare status."""
    number = _CODE.search(f"{said} ")
    code = int(number[1]) if number else _CLASS.get(status[:1], 550)
    text = said[number.end() :] if number else said
    if status and not Answer.of(code, text).enhanced and not status.endswith(".0.0"):
        text = f"{status.partition(' ')[0]} {text}"
    return Answer.of(code, text)


def _returned(mail: Message) -> Message:
    """The headers of what came back, as far as they did."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            if isinstance(inner, Message):
                return inner
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            return message_from_bytes(payload if isinstance(payload, bytes) else b"", policy=policy.compat32)
    return Message()


def _addresses(mail: Message) -> Iterator[str]:
    for name in _RETURN_PATHS:
        for value in mail.get_all(name, []):
            yield from _PLAIN_ADDRESS.findall(_flat(value))


def _flat(value: object) -> str:
    return answers.one_line(str(value or ""))
