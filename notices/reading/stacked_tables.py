"""Tables whose cells a copy put one below the other: days that stand alone in their lines, row by row."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from notices.reading.layout import is_names
from notices.reading.page import Line

DAY_CELL = re.compile(
    r"(?:(?:20\d\d年)?\d{1,2}月\d{1,2}[日号]?|20\d\d([-/.])\d{1,2}\1\d{1,2})"
    r"(?:(?:上午|下午)?\d{1,2}(?::\d\d|[时点]))?(?:之?前|止)?"
)
NAME_CELL = re.compile(r"[^\d。;,:]{2,20}")
FEWEST, NARROWEST, WIDEST = 3, 2, 8  # rows and columns


def stacked_columns(lines: Sequence[Line]) -> dict[int, str]:
    """Where each lone day of such a table begins → the name of its column, a row above the first.

    The days follow each other by as many lines as the table has columns, but where a cell took two.
    """
    days = [n for n, line in enumerate(lines) if DAY_CELL.fullmatch(line.text)]
    if days and _is_signed(lines, days):
        days.pop()
    if len(days) < FEWEST:
        return {}
    steps = Counter(later - day for day, later in pairwise(days))
    columns, often = steps.most_common(1)[0]
    regular = NARROWEST <= columns <= WIDEST and often >= FEWEST - 1 and often * 2 >= len(days)
    head = days[0] - columns
    if not regular or head < 0 or not all(NAME_CELL.fullmatch(line.text) for line in lines[head : days[0]]):
        return {}
    return {lines[n].start: lines[head].text for n in days}


def _is_signed(lines: Sequence[Line], days: Sequence[int]) -> bool:
    """Whether the last day stands below an office's name, as a signature's, and the first does not."""
    first, last = (lines[n - 1].text if n else "" for n in (days[0], days[-1]))
    return is_names(last) and not is_names(first)
