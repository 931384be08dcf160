"""What a mail server's answer means (facts/email.md A3). The table is data: answers.toml."""

import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, Literal

from alerts.channels.email.addresses import is_odd
from alerts.outcomes import Outcome, Refused, Sent, TryLater

TABLE = Path(__file__).with_name("answers.toml")

# What staff must mend is asked again after half an hour.
UNTIL_MENDED = 1800.0

_ENHANCED = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# How Postfix, Exchange and the Chinese relays name what they took.
_QUEUED_AS = re.compile(
    r"\b(?:queued(?: mail for delivery)? as|id=|queue id:?)\s*<?([^\s<>]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: its code, and its text with line breaks as blanks."""

    code: int
    text: str

    @classmethod
    def of(cls, code: int, text: bytes | str) -> "Answer":
        """As smtplib gives it. Chinese relays answer in UTF-8 or GBK; what is neither stays readable."""
        if isinstance(text, bytes):
            text = _decoded(text)
        return cls(code, one_line(text))

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 3463), or nothing."""
        found = _ENHANCED.match(self.text)
        return found[1] if found else ""

    @property
    def yes(self) -> bool:
        """Whether the server agreed."""
        return 200 <= self.code < 300

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:300]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; empty conditions hold for every answer."""

    verdict: str
    said: str
    text: tuple[str, ...] = ()
    code: tuple[int, ...] = ()
    enhanced: tuple[str, ...] = ()
    after: float | None = None
    waits: Literal["", "message", "domain", "channel"] = ""
    verdict_if_address_odd: str = ""

    def fits(self, answer: Answer) -> bool:
        """Whether the answer is the one that this row knows."""
        text = answer.text.casefold()
        return (
            (not self.text or any(words in text for words in self.text))
            and (not self.code or answer.code in self.code)
            and (not self.enhanced or any(fnmatchcase(answer.enhanced, wanted) for wanted in self.enhanced))
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The rows in the order they are asked, and what each verdict leads to."""

    rows: tuple[Row, ...]
    verdicts: dict[str, dict[str, Any]]


@cache
def table() -> Table:
    """answers.toml, rows with words before rows with numbers only."""
    raw = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    rows = [_row(fields) for fields in raw["answers"]]
    return Table(tuple(sorted(rows, key=lambda row: not row.text)), raw["verdicts"])


def _row(fields: dict[str, Any]) -> Row:
    frozen: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }
    return Row(**frozen)


def row_for(answer: Answer) -> Row:
    """The first row that fits; else that a passing 4xx is transient and any other answer unknown."""
    known = next((row for row in table().rows if row.fits(answer)), None)
    if known is not None:
        return known
    if 400 <= answer.code < 500:
        return Row("transient", "邮件服务器暂时不收")
    return Row("unknown", "邮件服务器给了一个没见过的答复")


def verdict(answer: Answer, address: str) -> str:
    """The verdict's name in answers.toml; the recipient's address decides where only its look can."""
    row = row_for(answer)
    return row.verdict_if_address_odd if row.verdict_if_address_odd and is_odd(address) else row.verdict


def outcome(answer: Answer, address: str) -> Outcome:
    """What a server's answer makes of a message to `address`; the text tells staff what, why, what next."""
    if answer.yes:
        return Sent(provider_id=_queue_id(answer), said=str(answer))
    row = row_for(answer)
    return _no(verdict(answer, address), f"{row.said}：{answer}", row)


def later(name: str, said: str) -> TryLater | Refused:
    """What a verdict makes of a message that came back after it had been taken (channels.email.bounces)."""
    return _no(name, said, Row(name, ""))


def _no(name: str, said: str, row: Row) -> TryLater | Refused:
    leads_to = table().verdicts[name]
    said = f"{said}。{leads_to['next']}。"
    if "scope" in leads_to:
        return Refused(said, leads_to["scope"])
    return TryLater(
        said,
        row.after or leads_to["after"],
        row.waits or leads_to.get("waits", "message"),
        leads_to.get("result", "unknown"),
        leads_to.get("ailment", ""),
    )


def before_the_recipient(answer: Answer) -> TryLater:
    """What a no means as long as no recipient was named (greeting, login, MAIL): never that one is at fault.

    Nothing is wrong with the messages either, so they are kept, whatever staff have to mend.
    """
    row = row_for(answer)
    leads_to = table().verdicts[row.verdict]
    after = row.after or leads_to.get("rest") or leads_to.get("after", UNTIL_MENDED)
    return TryLater(
        f"邮件服务器不让我们发信：{answer}（{row.said}）。信件留着，请工作人员看一眼。",
        after,
        "channel",
        "configuration" if "scope" in leads_to else leads_to.get("result", "unknown"),
    )


def _queue_id(answer: Answer) -> str:
    found = _QUEUED_AS.search(answer.text)
    return found[1] if found else answer.text[:200]


def one_line(text: str) -> str:
    """Words on one line, without the control characters and lone surrogates that no database holds."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("gb18030", "replace")
