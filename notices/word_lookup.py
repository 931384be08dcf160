"""Where words of recent notices are looked up without reading them: a seat for the app that keeps them.

This house knows no app above it (DESIGN 3): `alerts`, which keeps the words in files (decision 0012), takes
the seat when it starts. Where nobody sits, words are looked for in the notices themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Held:
    """Of the notices `known` to the one who keeps words, those that hold the word; maybe older ones too."""

    holding: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)


Lookup = Callable[[str, datetime], Held]
"""A normalised word, and since when → what is held of the notices seen since then."""

_seated: list[Lookup] = []


def take_seat(lookup: Lookup) -> None:
    """From now on this process looks words up there."""
    _seated[:] = [lookup]


def look_up(word: str, since: datetime) -> Held:
    """The notices seen since then that hold the normalised word, as far as somebody keeps their words."""
    return _seated[-1](word, since) if _seated else Held()
