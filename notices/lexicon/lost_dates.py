"""Dates that lost characters on their way: digits parted into month, day and hour where one way fits."""

from collections.abc import Iterator
from datetime import date

from notices.lexicon.mentions import Parts

LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days that each month can have
NEXT_STEP, ANOTHER_SEASON = 60, 120  # days within which a call's next step lies, and beyond which it does not


def parted(digits: str, hours: bool) -> Parts | None:
    """Month, day and, when `hours` are to follow, the hour; None when no or several readings are possible."""
    found = set(readings(digits, hours))
    return found.pop() if len(found) == 1 else None


def before_end(digits: str, end: str | None, month: int) -> Parts | None:
    """A span's first month and day; of several readings the one soon before its end, where that is known."""
    last = parted(end, hours=False) if end else (month, max(LONGEST), None)
    ahead = {one: _days_to(one, last) for one in readings(digits, hours=False)} if last else {}
    near = [one for one, days in ahead.items() if days <= NEXT_STEP]
    far = [one for one, days in ahead.items() if days > ANOTHER_SEASON]
    return near[0] if len(near) == 1 and len(far) == len(ahead) - 1 else None


def _days_to(first: Parts, last: Parts) -> int:
    """How many days lie about between two days, the second of which may be of the next year."""
    return (31 * (last[0] - first[0]) + last[1] - first[1]) % (12 * 31)


def parted_near(digits: str, hours: bool, year: int, beside: date) -> Parts | None:
    """The one reading that lies near a day beside which it stands, where all others are seasons away."""
    away = {
        parts: abs((date(year, parts[0], parts[1]) - beside).days)
        for parts in readings(digits, hours)
        if parts[:2] != (2, 29)
    }
    near = [parts for parts, days in away.items() if days <= NEXT_STEP]
    far = [parts for parts, days in away.items() if days > ANOTHER_SEASON]
    return near[0] if len(near) == 1 and len(far) == len(away) - 1 else None


def day_of_span(digits: str, end: int) -> tuple[int, int] | None:
    """Month and day of a span's head (41 of 41-7日), when one reading comes before the day on which it ends.

    Digits that are a day themselves may have lost their month instead: 2022年11-17日.
    """
    heads = {(month, day) for month, day, _ in readings(digits, hours=False) if day < end}
    return heads.pop() if len(heads) == 1 and int(digits) > max(LONGEST) else None


def readings(digits: str, hours: bool) -> Iterator[Parts]:
    """All that the digits may mean: month, day and, when `hours` are to follow, the hour."""
    for i, j in ((1, 1), (1, 2), (2, 1), (2, 2)):
        month, day, rest = digits[:i], digits[i : i + j], digits[i + j :]
        if month and day and bool(rest) == hours and len(rest) <= 2 and _possible(month, day, rest):
            yield int(month), int(day), int(rest) if rest else None


def _possible(month: str, day: str, hour: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= LONGEST[int(month) - 1] and int(hour or 0) <= 24
