"""Dates that lost characters on their way: digits parted into month, day and hour where one way fits."""

from collections.abc import Iterator
from datetime import date

LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days that each month can have
NEXT_STEP, ANOTHER_SEASON = 60, 120  # days within which a call's next step lies, and beyond which it does not


def parted(digits: str, hours: bool) -> tuple[int, int, int | None] | None:
    """Month, day and, when `hours` are to follow, the hour; None when no or several readings are possible."""
    readings = set(_readings(digits, hours))
    return readings.pop() if len(readings) == 1 else None


def first_reading(digits: str) -> tuple[int, int, int | None] | None:
    """Month and day by the reading with the earliest month, None when none is possible."""
    return min(_readings(digits, hours=False), default=None)


def parted_near(digits: str, hours: bool, year: int, beside: date) -> tuple[int, int, int | None] | None:
    """The one reading that lies near a day beside which it stands, where all others are seasons away."""
    away = {
        parts: abs((date(year, parts[0], parts[1]) - beside).days)
        for parts in _readings(digits, hours)
        if parts[:2] != (2, 29)
    }
    near = [parts for parts, days in away.items() if days <= NEXT_STEP]
    far = [parts for parts, days in away.items() if days > ANOTHER_SEASON]
    return near[0] if len(near) == 1 and len(far) == len(away) - 1 else None


def day_of_span(digits: str, end: int) -> tuple[int, int] | None:
    """Month and day of a span's head (41 of 41-7日), when one reading comes before the day on which it ends.

    Digits that are a day themselves may have lost their month instead: 2022年11-17日.
    """
    heads = {(month, day) for month, day, _ in _readings(digits, hours=False) if day < end}
    return heads.pop() if len(heads) == 1 and int(digits) > max(LONGEST) else None


def _readings(digits: str, hours: bool) -> Iterator[tuple[int, int, int | None]]:
    for i, j in ((1, 1), (1, 2), (2, 1), (2, 2)):
        month, day, rest = digits[:i], digits[i : i + j], digits[i + j :]
        if month and day and bool(rest) == hours and len(rest) <= 2 and _possible(month, day, rest):
            yield int(month), int(day), int(rest) if rest else None


def _possible(month: str, day: str, hour: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= LONGEST[int(month) - 1] and int(hour or 0) <= 24
