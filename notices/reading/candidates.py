"""Dates that were taken for deadlines: one a day is kept, and of them the main one that binds the reader."""

from dataclasses import dataclass, replace
from datetime import date

from notices.lexicon.kinds import Kind
from notices.reading.actors import Actor
from notices.reading.anchors import Reach
from notices.reading.stated_spans import MISCOUNT, Span
from notices.reading.values import DeadlineFound

OF_A_BATCH, FIRST_OF_LIST = "of a batch", "closing label of a list"  # rules by which a list is read
COUNTED = "period"
BY_LIST = (OF_A_BATCH, FIRST_OF_LIST, "closing label")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the notice before its deadlines are looked for; none lies before `since`.

    `years`: those that it calls its own, by its signature, its title or its office's page.
    `signed`: the day of its signature, which may lie long before a page that shows it again.
    `called_by`, `cites_call`: the year that an unsigned call has in its title on somebody else's page, and
    whether the paper that it hands on is of that year.
    `shown`: the day from which it counts where its page passes on what another showed before.
    `reach`: within which days the deadlines of a page without a day lie.
    `addressed`: whether only its address says when it was published, which a site that moved changed.
    `spans`: in which it says that it is open to objections or opinions.
    `over`: the days of the round that it shows when all of it is over.
    """

    kind: Kind
    issuer: str
    level: int
    called: str
    published: date | None
    since: date | None
    anchor: date | None
    years: frozenset[int] = frozenset()
    signed: date | None = None
    shown: date | None = None
    spans: tuple[Span, ...] = ()
    called_by: int | None = None
    cites_call: bool = False
    reach: Reach | None = None
    addressed: bool = False
    over: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that was taken for a deadline, by which rule, and who must act.

    `above`: it is the closing day of a level above the issuer's (全省截止时间), whose own comes first.
    `slipped`: its year is not the one that is written. `bare`: none is written.
    """

    found: DeadlineFound
    rule: str
    actor: Actor
    cites: bool = False
    own: bool = False
    above: bool = False
    slipped: bool = False
    bare: bool = False


def without_past_rounds(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates less rounds that are over: no 8月28日 next year where 10月24日 below is of this one."""
    return [
        c for n, c in enumerate(candidates) if not any(_is_before(c, later) for later in candidates[n + 1 :])
    ]


def _is_before(this: Candidate, later: Candidate) -> bool:
    """Whether `later` comes sooner only because this one, without a year, was taken for next year's."""
    day, then = this.found.on, later.found.on
    alike = this.rule == later.rule or (this.rule in BY_LIST and later.rule in BY_LIST)
    turned = this.bare and later.bare and alike and day.year == then.year + 1
    return turned and (day.month, day.day) < (then.month, then.day)


def without_late_slips(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates less those of a mended year that come after a day about which there is no doubt."""
    sure = min((c.found.on for c in candidates if not c.slipped), default=date.max)
    return [c for c in candidates if not c.slipped or c.found.on < sure]


def without_counted(candidates: list[Candidate], kind: Kind) -> list[Candidate]:
    """The candidates less the days for which a paper is said to be open, where its end is written out.

    That is, a draft's span, or a day so near the counted one that only the counting differs: 公示7天 and
    3月1日至3月7日 tell of one period.
    """
    if kind not in (Kind.CONSULTATION, Kind.RESULT):
        return candidates
    span = kind is Kind.CONSULTATION and any(c.rule == "span" for c in candidates)
    stated = [c.found.on for c in candidates if c.rule != COUNTED and not c.own]
    return [
        c
        for c in candidates
        if c.rule != COUNTED or not (span or any(abs(c.found.on - day) <= MISCOUNT for day in stated))
    ]


def with_batches(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, later batches of a list bound to whoever the one before was, where they name nobody."""
    bound: list[Candidate] = []
    for one in candidates:
        before = bound[-1] if bound else None
        listed = before and before.rule in (OF_A_BATCH, FIRST_OF_LIST)
        if before and listed and one.rule == OF_A_BATCH and not one.found.who:
            bound.append(replace(one, actor=before.actor, found=replace(one.found, who=before.found.who)))
        else:
            bound.append(one)
    return bound


def one_a_day(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate a day, in order of days: one with a time of day wins, then one that binds outsiders."""
    kept: dict[date, Candidate] = {}
    for candidate in candidates:
        known = kept.get(candidate.found.on)
        if known is None:
            kept[candidate.found.on] = candidate
        else:
            more, less = (candidate, known) if _says_more(candidate, known) else (known, candidate)
            kept[candidate.found.on] = _binding(more, less)
    return [kept[day] for day in sorted(kept)]


def _binding(more: Candidate, less: Candidate) -> Candidate:
    """What says more of a day; where only the other binds outsiders, whom and to what is taken from it."""
    if more.actor.outside or not less.actor.outside:
        return more
    return replace(
        more, found=replace(more.found, who=less.found.who, what=less.found.what), actor=less.actor
    )


def _says_more(new: Candidate, known: Candidate) -> bool:
    def weight(candidate: Candidate) -> tuple[bool, bool]:
        return candidate.found.at is not None, candidate.actor.outside

    return weight(new) > weight(known)


def with_main(candidates: list[Candidate]) -> tuple[DeadlineFound, ...]:
    """The deadlines, the main one marked: the first that binds the reader, else the first with papers due.

    What the notice says itself counts before its attachments, which tell of other days too.
    """
    own = [c for c in candidates if c.found.evidence.place != "attachment"] or candidates
    own = [c for c in own if not c.above] or own
    pools = ([c for c in own if c.actor.outside], [c for c in own if c.actor.hands_in], own)
    main = next((pool[0] for pool in pools if pool), None)
    return tuple(replace(c.found, main=True) if c is main else c.found for c in candidates)
