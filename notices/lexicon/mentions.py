"""A date as it was written, and the day that it is when the context is known."""

import calendar
from datetime import date, time, timedelta
from functools import cache
from typing import Literal, NamedTuple

Part = Literal["day", "early", "middle", "late", "month", "quarter", "year"]

Parts = tuple[int, int, int | None]  # month, day and hour

NAMED = 100  # years below are counted from the anchor's
FIRST_YEAR, LAST_YEAR = 1990, 2100
ENDS_ON = {"early": 10, "middle": 20}


class Mention(NamedTuple):
    """A date as it stands in the text from `start` to `end`; parts that are not written are None.

    `year` below 100 counts from the anchor's (1 明年, -1 去年, 0 本年); `months_on` counts months from the
    anchor's (0 本月, 1 次月), `weekday` days from the Monday of its week (7 and more: 下周),
    `days_on` days from the anchor itself (1 明日). `part` says what is named: a day, a stretch of a month,
    a month, a quarter, a year. A day or a month's end without any month (25日前) is the next one.
    `readings`: what damaged digits may mean that are not sure; they are no day until one is chosen.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: Part = "day"
    at: time | None = None
    months_on: int | None = None
    weekday: int | None = None
    repeats: bool = False
    days_on: int | None = None
    readings: tuple[Parts, ...] = ()

    def last_day(self, anchor: date | None) -> date | None:
        """The last day of what is named; without a year the first such day not before `anchor`."""
        if self.readings:
            return None
        if self.year is not None and self.year >= 100:
            return self._in(self.year, self.month)
        if anchor is None:
            return None
        if self.weekday is not None:
            return anchor + timedelta(days=self.weekday - anchor.weekday())
        if self.days_on is not None:
            return anchor + timedelta(days=self.days_on)
        if self.months_on is not None or (self.month is None and self.part != "year"):
            return self._months_from(anchor)
        if self.year is not None:
            return self._in(anchor.year + self.year, self.month)
        found = self._in(anchor.year, self.month)
        return self._in(anchor.year + 1, self.month) if found is None or found < anchor else found

    @property
    def needs_today(self) -> bool:
        """Whether the day cannot be told from its year alone: 本月31日, 下周五, 25日前."""
        if self.year is not None and self.year >= 100:
            return False
        near = self.weekday is not None or self.days_on is not None or self.months_on is not None
        return near or (self.month is None and self.part != "year")

    def near(self, anchor: date) -> date | None:
        """The day nearest to `anchor`, for days that may lie just before it (the start of a span).

        Days past count double: of 9月4日 seen in March the coming one is meant.
        """
        if self.readings:
            return None
        if any(part is not None for part in (self.year, self.months_on, self.weekday, self.days_on)):
            return self.last_day(anchor)
        days = filter(None, (self._in(anchor.year + step, self.month) for step in (-1, 0, 1)))
        ahead = ((day - anchor).days for day in days)
        nearest = min(ahead, key=lambda n: n if n >= 0 else -2 * n, default=None)
        return None if nearest is None else anchor + timedelta(days=nearest)

    def _months_from(self, anchor: date) -> date | None:
        months = anchor.year * 12 + anchor.month - 1 + (self.months_on or 0)
        if self.part == "quarter":
            months += -anchor.month % 3
        found = self._in(months // 12, months % 12 + 1)
        if (self.repeats or self.months_on is None) and found and found < anchor:
            return self._in((months + 1) // 12, (months + 1) % 12 + 1)
        return found

    def _in(self, year: int, month: int | None) -> date | None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        days = _days_of(year, month or 12)
        last = (self.day if self.part == "day" else ENDS_ON.get(self.part)) or days
        return date(year, month or 12, last) if last <= days else None


@cache
def _days_of(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
