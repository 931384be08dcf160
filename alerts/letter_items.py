"""What a letter is made of: plain values, loaded by `alerts.presenting`, laid out by `alerts.letters`."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from alerts.gist import GistLine
from notices.lexicon.kinds import Kind

LetterKind = Literal["alert", "digest", "reminder", "follow_up", "confirm", "stopped"]
# How a notice's place stands to the place that someone follows.
Level = Literal["本级", "下级", "上级", "全国", ""]


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice as a letter or a page tells of it. `extract` and `deadline_quote` are quotes of the text.

    `deadline_where`: the spot in an attached file where the day was read: 附件2，第3页.
    """

    id: int
    title: str
    source_url: str
    source_name: str
    kind: Kind
    section: str
    issuer: str = ""
    doc_no: str = ""
    published: date | None = None
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    deadline: date | None = None
    deadline_at: time | None = None
    deadline_who: str = ""
    deadline_what: str = ""
    deadline_quote: str = ""
    deadline_where: str = ""
    deadline_was: date | None = None
    deadline_unsure: bool = False
    rolling: bool = False
    extract: tuple[str, ...] = ()
    gist: tuple[GistLine, ...] = ()
    attachments: tuple[tuple[str, str], ...] = ()
    changed_by_title: str = ""
    changed_by_url: str = ""
    short_title: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why someone gets a notice: 浙江省 · 绿色工厂, through their own filter or a list."""

    place: str
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    through: str = ""
    level: Level = ""


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One notice in a letter. `change`: new, extends, corrects, withdraws, results, remind."""

    facts: NoticeFacts
    change: str = "new"
    days_ahead: int | None = None
    reasons: tuple[Reason, ...] = ()
    followed: bool = False


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """All that the words of one letter depend on; the same order always gives the same bytes.

    `composed_at` is the letter's clock (days left are counted from its day in Asia/Shanghai); `key` is the
    delivery's key and `number` its id; `leave_url` and the pages under `own_url` are the contact's own, by
    token; `wishes` are the subscriptions that led here, described for the footer.
    """

    key: str
    kind: LetterKind
    cadence: str
    name: str
    composed_at: datetime
    items: tuple[LetterItem, ...]
    base_url: str
    leave_url: str
    wishes: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    extra: dict[str, str] = field(default_factory=dict)
    own_url: str = ""
    number: int = 0
