"""The years of lists that show month and day only (facts/sources.yaml, date_formats_seen). Pure."""

from collections.abc import Sequence
from datetime import date

from notices.intake.dates import is_future, month_of_url
from notices.intake.listing import ListItem, MonthDay


def with_years(lines: Sequence[ListItem], today: date) -> tuple[ListItem, ...]:
    """The lines with whole dates.

    The year is that of the address if it names the month; else the one that brings the line nearest to its
    neighbour above, or, where none above has a date, below; else the latest that is not in the future.
    Pinned lines are nobody's neighbours.
    """
    if not any(line.month_day for line in lines):
        return tuple(lines)
    dated: list[ListItem] = []
    above: date | None = None
    for at, line in enumerate(lines):
        whole = _dated(line, above or _below(lines[at:]), today)
        if whole.published and not line.pinned:
            above = whole.published
        dated.append(whole)
    return tuple(dated)


def _dated(line: ListItem, neighbour: date | None, today: date) -> ListItem:
    if line.month_day is None or line.published is not None:
        return line
    return line._replace(published=_whole(line, line.month_day, neighbour, today))


def _below(lines: Sequence[ListItem]) -> date | None:
    return next((line.published for line in lines if line.published and not line.pinned), None)


def _whole(line: ListItem, shown: MonthDay, neighbour: date | None, today: date) -> date | None:
    told = month_of_url(line.url)
    if told and told[1] == shown[0]:
        return _day(told[0], shown)
    if line.pinned or neighbour is None:
        past = (_day(year, shown) for year in range(today.year + 1, today.year - 4, -1))
        return next((day for day in past if day and not is_future(day, today)), None)
    around = (_day(neighbour.year + step, shown) for step in (-1, 0, 1))
    return min((day for day in around if day), key=lambda day: abs(day - neighbour), default=None)


def _day(year: int, shown: MonthDay) -> date | None:
    try:
        return date(year, *shown)
    except ValueError:
        return None
