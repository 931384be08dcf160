"""A text with stretches left out that still knows where each of its characters stood."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Kept(NamedTuple):
    """What is left of a text; `starts` are where its kept stretches begin, `shifts` how far each moved."""

    text: str
    starts: list[int]
    shifts: list[int]

    def offset(self, position: int) -> int:
        """Where the character at `position` stood before the cuts."""
        return position + self.shifts[bisect_right(self.starts, position) - 1]


def without(text: str, cuts: Iterable[tuple[int, int]]) -> Kept:
    """The text less the spans in `cuts`, which come in order and may overlap."""
    starts, shifts, kept = [0], [0], []
    position = length = 0
    for start, end in cuts:
        if end <= position:
            continue
        kept.append(text[position : max(start, position)])
        length += len(kept[-1])
        position = end
        starts.append(length)
        shifts.append(position - length)
    kept.append(text[position:])
    return Kept("".join(kept), starts, shifts)
