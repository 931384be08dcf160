"""Who asked for a notice, read straight from DESIGN section 5, pair by pair.

Shares nothing with alerts.matching or region_keys: it walks the graphs itself, from the parents that the
lexicon's tables name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from notices.lexicon import regions, topics
from notices.lexicon.kinds import Kind
from notices.lexicon.normal import normalise


@dataclass(frozen=True)
class Published:
    """A notice as the brute force reads it; topics are those found, without what is broader."""

    regions: tuple[int, ...]
    excluded: tuple[int, ...]
    topics: tuple[int, ...]
    kind: Kind
    text: str
    issuer: str
    has_deadline: bool


def asked_for(asked: Any, notice: Published) -> bool:
    """Whether the filter (any object with FilterSpec's fields) asks for the notice."""
    return (
        _kind(asked, notice)
        and _topic(asked, notice)
        and _place(asked, notice)
        and _words(asked, normalise(notice.text))
        and (not asked.issuers or any(normalise(name) in normalise(notice.issuer) for name in asked.issuers))
        and (notice.has_deadline or not asked.only_with_deadline)
    )


def _kind(asked: Any, notice: Published) -> bool:
    return notice.kind in asked.kinds if asked.kinds else notice.kind is not Kind.NEWS


def _topic(asked: Any, notice: Published) -> bool:
    if not asked.topics and not asked.words:
        return True
    known = set(notice.topics).union(*(above_topic(found) for found in notice.topics))
    return bool(known & set(asked.topics)) or any(
        normalise(word) in normalise(notice.text) for word in asked.words
    )


def _words(asked: Any, text: str) -> bool:
    def stands(words: Iterable[str]) -> list[bool]:
        return [normalise(word) in text for word in words]

    return (
        all(stands(asked.all_words))
        and (not asked.any_words or any(stands(asked.any_words)))
        and not any(stands(asked.none_words))
    )


def _place(asked: Any, notice: Published) -> bool:
    if not asked.regions:
        return True
    return any(
        _meets(asked, region, found)
        for region in asked.regions
        if not {region, *above_region(region)} & set(notice.excluded)
        for found in notice.regions
    )


def _meets(asked: Any, region: int, found: int) -> bool:
    if region == found:
        return True
    if region in above_region(found):
        return bool(asked.below)
    return bool(asked.above) and found in above_region(region)


def _climb(start: int, parents: Callable[[int], Iterable[int]]) -> frozenset[int]:
    """Everything that a walk over parents reaches, without the start."""
    reached: set[int] = set()
    edge = list(parents(start))
    while edge:
        here = edge.pop()
        if here not in reached:
            reached.add(here)
            edge.extend(parents(here))
    return frozenset(reached)


@cache
def above_region(place: int) -> frozenset[int]:
    return _climb(place, lambda one: regions.table()[one].parents)


@cache
def above_topic(topic: int) -> frozenset[int]:
    return _climb(topic, lambda one: topics.topic(one).parents)
