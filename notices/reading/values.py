"""What was understood of a notice: plain values, each with the words that prove it.

`read()` returns a `Reading`; nothing here knows Django or the network.
"""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Generic, Literal, TypeVar

from notices.lexicon.kinds import Kind

T = TypeVar("T")
Place = Literal["title", "body", "attachment", "meta", "source"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of the notice that prove a value, and where they stand.

    `quote` is a substring of the text as given to `read`; `start` its offset there, when in title or body.
    """

    quote: str
    place: Place = "body"
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the notice links to; `text` is empty until attachments are parsed."""

    name: str
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value with its proof and how sure it is (0 to 1)."""

    value: T
    evidence: Evidence
    confidence: float = 1.0


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
    `notices.lexicon.topics`, closed upward. `zone` names a development zone that the
    region table does not hold. `doubts` says, for staff, what was left open and why.
    """

    kind: Found[Kind]
    regions: tuple[int, ...]
    issuer: Found[str] | None = None
    doc_no: Found[str] | None = None
    region_evidence: Evidence | None = None
    excluded_regions: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    topic_evidence: dict[int, Evidence] = field(default_factory=dict)
    deadlines: tuple[DeadlineFound, ...] = ()
    rolling: Found[bool] | None = None
    follow_up: FollowUp | None = None
    extract: tuple[Evidence, ...] = ()
    section: str = ""
    zone: str = ""
    published: date | None = None
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
