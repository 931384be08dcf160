"""How a source does, by its own measure: what state it is in, in words for everybody. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from itertools import pairwise
from statistics import median

from config.clock import SHANGHAI
from notices.intake import kinds_of_trouble

SILENT = timedelta(days=2)  # without a success; a source that fails is tried at least once a day
TIMES_QUIET, LEAST_QUIET = 3, 14  # times its usual gap, and days, without a new item
FEWEST_GAPS = 3  # below, nothing is usual yet


class Mood(IntEnum):
    """How well a source is, worst first."""

    TROUBLED = 0
    DOUBTFUL = 1
    QUIET = 2
    NEW = 3
    WELL = 4


@dataclass(frozen=True, slots=True)
class Pulse:
    """What is known of a source: its last success, its items' latest days, its open incidents' kinds."""

    last_success: datetime | None
    days: Sequence[date] = ()
    incidents: Collection[str] = ()
    failures: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """A source's state: `words` in Chinese."""

    mood: Mood
    words: str


def state(pulse: Pulse, now: datetime) -> State:
    """The worst that can be said of a source now."""
    failing = [kind for kind in pulse.incidents if not kinds_of_trouble.is_doubt(kind)]
    if failing:
        return State(Mood.TROUBLED, _named(failing))
    if pulse.last_success is None:
        return State(Mood.NEW, "等待首次轮询") if not pulse.failures else State(Mood.TROUBLED, "还没有取到过")
    if now - pulse.last_success > SILENT:
        return State(Mood.TROUBLED, f"已 {(now - pulse.last_success).days} 天没有取到")
    if pulse.incidents:
        return State(Mood.DOUBTFUL, _named(pulse.incidents))
    return _by_rhythm(pulse, now.astimezone(SHANGHAI).date())


def rhythm(days: Sequence[date]) -> float | None:
    """The usual number of days from one day with items to the next; None while too few are known."""
    gaps = [(later - earlier).days for earlier, later in pairwise(sorted(set(days)))]
    return median(gaps) if len(gaps) >= FEWEST_GAPS else None


def age_words(age: timedelta) -> str:
    """How long ago, in the largest unit of which there is one."""
    minutes = max(int(age.total_seconds() // 60), 0)
    if minutes < 1:
        return "刚才"
    if minutes < 60:
        return f"{minutes} 分钟前"
    return f"{minutes // 60} 小时前" if minutes < 48 * 60 else f"{minutes // (24 * 60)} 天前"


def rhythm_words(gap: float | None) -> str:
    """How often something new comes; empty while that is unknown."""
    return "" if gap is None else f"通常隔 {gap:g} 天"


def _by_rhythm(pulse: Pulse, today: date) -> State:
    usual = rhythm(pulse.days)
    if usual is None:
        return State(Mood.WELL, "正常")
    age = (today - max(pulse.days)).days
    if age > max(TIMES_QUIET * usual, LEAST_QUIET):
        return State(Mood.QUIET, f"比往常安静：通常隔 {usual:g} 天有新条目，已 {age} 天没有")
    return State(Mood.WELL, "正常")


def _named(kinds: Collection[str]) -> str:
    return "、".join(kinds_of_trouble.name(kind) for kind in sorted(kinds))
