"""What was understood of a notice: plain values, each with the words that prove it.

`read()` returns a `Reading`; nothing here knows Django or the network.
"""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Generic, Literal, TypeVar

from notices.lexicon.kinds import Kind

T = TypeVar("T")
Place = Literal["title", "body", "attachment", "meta", "source"]
DEADLINE_OPEN = "截止待核"  # how every doubt begins that leaves a deadline to staff
BARELY_NAMED = 0.7  # how sure an issuer is that the text names by its level alone


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of the notice that prove a value, and where they stand.

    `quote` is a substring of the text as given to `read`; `start` its offset there. `where`: the spot in an
    attachment, for people: 附件2，第3页.
    """

    quote: str
    place: Place = "body"
    start: int | None = None
    where: str = ""


# A region, what proves it, and a doubt for staff.
Placed = tuple[int, Evidence, str]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the notice links to; `text` is empty until it was fetched and opened.

    `marks`: where in the text another page or sheet begins, and what people call it.
    """

    name: str
    url: str = ""
    text: str = ""
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value with its proof and how sure it is (0 to 1)."""

    value: T
    evidence: Evidence
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class IssuerFound:
    """An office as it is called in full, the region it is an office of, and the words that say so."""

    name: str
    region: int | None
    evidence: Evidence
    confidence: float


@dataclass(frozen=True, slots=True)
class DeadlineFound:
    """A day by which someone outside the issuing office must act; `main` binds the reader."""

    on: date
    evidence: Evidence
    at: time | None = None
    who: str = ""
    what: str = ""
    main: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ContactFound:
    """Whom to ask, where to send, in what system, in how many copies; `whose` says of whom or what."""

    kind: Literal["person", "phone", "fax", "email", "address", "postcode", "system", "copies"]
    value: str
    evidence: Evidence
    whose: str = ""


@dataclass(frozen=True, slots=True)
class AmountFound:
    """A sum or rate that is given: `said` is 最高500万元 or 20%, the evidence the clause that says it."""

    said: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Gist:
    """A notice in a few quotes: who may apply, what is given, how; the sums; the conditions."""

    who: Evidence | None = None
    given: Evidence | None = None
    how: Evidence | None = None
    amounts: tuple[AmountFound, ...] = ()
    conditions: tuple[Evidence, ...] = ()

    @property
    def lines(self) -> tuple[Evidence, ...]:
        """Those of the three lines that the notice gives."""
        return tuple(filter(None, (self.who, self.given, self.how)))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """That this notice changes an earlier one, and by what that one can be recognised."""

    how: Literal["extends", "corrects", "withdraws", "results"]
    title: str
    doc_no: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood. An absent value was not sure enough to state (DESIGN 4.3).

    `regions` and `excluded_regions` are ids of `notices.lexicon.regions`, `topics` ids of
    `notices.lexicon.topics`, closed upward. `handed_on` names the office whose paper is handed on (转发),
    `handed_on_no` is that paper's number. `zone` names a development zone that the
    region table does not hold. `doubts` says, for staff, what was left open and why.
    """

    kind: Found[Kind]
    regions: tuple[int, ...]
    issuer: Found[str] | None = None
    doc_no: Found[str] | None = None
    handed_on: Found[str] | None = None
    handed_on_no: Found[str] | None = None
    region_evidence: Evidence | None = None
    excluded_regions: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    topic_evidence: dict[int, Evidence] = field(default_factory=dict)
    deadlines: tuple[DeadlineFound, ...] = ()
    rolling: Found[bool] | None = None
    follow_up: FollowUp | None = None
    extract: tuple[Evidence, ...] = ()
    gist: Gist = field(default_factory=Gist)
    short_title: str = ""
    section: str = ""
    zone: str = ""
    published: date | None = None
    lexicon: str = ""
    contacts: tuple[ContactFound, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def main_deadline(self) -> DeadlineFound | None:
        """The deadline that binds the reader, if one is sure."""
        return next((deadline for deadline in self.deadlines if deadline.main), None)

    @property
    def confidence(self) -> float:
        """The least sure of the values that a reader acts on."""
        found = [self.kind.confidence, *(deadline.confidence for deadline in self.deadlines)]
        return min([*found, self.issuer.confidence if self.issuer else 0.5])
