"""Dates that lost characters on their way: digits parted into month, day and hour where one way fits."""

from collections.abc import Iterator


def parted(digits: str, hours: bool) -> tuple[int, int, int | None] | None:
    """Month, day and, when `hours` are to follow, the hour; None when no or several readings are possible."""
    readings = set(_readings(digits, hours))
    return readings.pop() if len(readings) == 1 else None


def first_reading(digits: str) -> tuple[int, int, int | None] | None:
    """Month and day by the reading with the earliest month, None when none is possible."""
    return min(_readings(digits, hours=False), default=None)


def _readings(digits: str, hours: bool) -> Iterator[tuple[int, int, int | None]]:
    for i, j in ((1, 1), (1, 2), (2, 1), (2, 2)):
        month, day, rest = digits[:i], digits[i : i + j], digits[i + j :]
        if month and day and bool(rest) == hours and len(rest) <= 2 and _possible(month, day, rest):
            yield int(month), int(day), int(rest) if rest else None


def _possible(month: str, day: str, hour: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and int(hour or 0) <= 24
