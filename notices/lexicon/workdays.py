"""Working days by the official calendar (`data/workdays.toml`); plain weekdays for years not yet out."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

CALENDAR = Path(__file__).parent / "data" / "workdays.toml"
DAY = timedelta(days=1)


@cache
def calendar() -> dict[int, dict[date, bool]]:
    """Year → the days that depart from the plain week, and whether they are worked."""
    years = tomllib.loads(CALENDAR.read_text(encoding="utf-8"))
    return {
        int(year): {
            date.fromisoformat(f"{year}-{day}"): worked
            for worked, days in ((False, lists["off"]), (True, lists["on"]))
            for day in days
        }
        for year, lists in years.items()
    }


def is_published(year: int) -> bool:
    """Whether the year's holidays are known; if not, its workdays are plain weekdays."""
    return year in calendar()


def is_workday(day: date) -> bool:
    """Whether offices work on this day."""
    return calendar().get(day.year, {}).get(day, day.weekday() < 5)


def back_to_workday(day: date) -> date:
    """The day itself when it is worked, else the last working day before it."""
    while not is_workday(day):
        day -= DAY
    return day


def add_workdays(day: date, n: int) -> date:
    """The n-th working day after `day`; n = 0 is the day itself."""
    while n > 0:
        day += DAY
        n -= is_workday(day)
    return day


def days_before(day: date, n: int, *, working: bool) -> date:
    """The n-th day, or working day, before `day`."""
    while n > 0:
        day -= DAY
        n -= is_workday(day) if working else 1
    return day


def workdays_between(a: date, b: date) -> int:
    """How many working days lie after `a` up to and including `b`; negative when b comes first."""
    if b < a:
        return -workdays_between(b, a)
    return sum(is_workday(a + DAY * n) for n in range(1, (b - a).days + 1))
