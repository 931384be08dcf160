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


def rewritten(text: str, parts: Iterable[tuple[int, int, str]]) -> Kept:
    """The text with each span in `parts`, which come in order, written otherwise: 十月八日 as 10月8日.

    A character of the new words stands where the old one of its place stood, the last where the last did.
    """
    starts, shifts, kept = [0], [0], []
    position = length = 0
    for start, end, words in parts:
        kept += [text[position:start], words]
        length += start - position
        for n in range(len(words)):
            stood = end - 1 if n == len(words) - 1 else min(start + n, end - 1)
            starts.append(length + n)
            shifts.append(stood - length - n)
        length, position = length + len(words), end
        starts.append(length)
        shifts.append(position - length)
    kept.append(text[position:])
    return Kept("".join(kept), starts, shifts)
