"""The deadline badge: how long there is left, in words, with a tone that repeats them (LOOK, Colour)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from alerts import wording
from alerts.chinese_dates import hour, local_day
from config.clock import SHANGHAI
from notices.lexicon.workdays import workdays_between


class Tone(StrEnum):
    """How near a deadline is; each names a colour of LOOK for light and dark ground."""

    TODAY = "today"
    SOON = "soon"
    NEAR = "near"
    LATER14 = "later14"
    LATER = "later"
    DONE = "done"


# Days left up to which a tone holds: 朱砂 within 3 days, then within 7, within 14, later (LOOK).
TONE_UNTIL = ((0, Tone.TODAY), (3, Tone.SOON), (7, Tone.NEAR), (14, Tone.LATER14))


@dataclass(frozen=True, slots=True)
class Badge:
    """`words` stand on a card; `short` where there is little room, as in a contents list."""

    words: str
    tone: Tone
    short: str


def deadline_badge(
    deadline: date | None,
    at: time | None,
    now: datetime,
    *,
    rolling: bool = False,
    unsure: bool = False,
    was: date | None = None,
) -> Badge | None:
    """The badge of a notice at `now`; none where no deadline was found and none is expected.

    A deadline without an hour holds until the end of its day in China. `was` is the day before it was moved.
    """
    if deadline is None:
        return _without_deadline(rolling, unsure)
    if is_over(deadline, at, now):
        return _same(wording.CLOSED, Tone.LATER)
    days = (deadline - local_day(now)).days
    words, short = _days_left(days, at, local_day(now), deadline)
    if was is not None and was != deadline:
        words = f"{wording.EXTENDED if deadline > was else wording.MOVED}{wording.SEPARATOR}{words}"
    return Badge(words, tone_for(days), short)


def change_badge(change: str) -> Badge | None:
    """The badge of a change that leaves no deadline to count down to: 已撤回, 已公布结果, 有更正, 已延期."""
    words = wording.CHANGED.get(change)
    return _same(words, Tone.DONE if change == "results" else Tone.LATER) if words else None


def is_over(deadline: date, at: time | None, now: datetime) -> bool:
    """Whether a deadline has passed; one that is due this very minute has not."""
    local = now.astimezone(SHANGHAI)
    if deadline != local.date():
        return deadline < local.date()
    return at is not None and local.time() > at


def tone_for(days: int) -> Tone:
    """The tone for so many days left."""
    return next((tone for until, tone in TONE_UNTIL if days <= until), Tone.LATER)


def _without_deadline(rolling: bool, unsure: bool) -> Badge | None:
    if rolling:
        return _same(wording.ROLLING, Tone.DONE)
    return _same(wording.UNSURE, Tone.LATER) if unsure else None


def _days_left(days: int, at: time | None, today: date, deadline: date) -> tuple[str, str]:
    if days <= 1:
        clock = f" {hour(at)} " if at else ""
        words = (wording.TOMORROW if days else wording.TODAY).format(at=clock)
        return words, (wording.TOMORROW if days else wording.TODAY).format(at="")
    workdays = workdays_between(today, deadline)
    words = wording.LEFT_WITH_WORKDAYS.format(days=days, workdays=workdays)
    return words, wording.LEFT.format(days=days)


def _same(words: str, tone: Tone) -> Badge:
    return Badge(words, tone, words)
