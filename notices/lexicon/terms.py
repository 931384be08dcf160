"""All topic terms in one automaton: found wherever they stand, overlapping, excluded ones masked."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from notices.lexicon.normal import normalise
from notices.lexicon.topics import Topic, TopicGraph, in_force

Strength = Literal["strong", "title", "weak", "exclude", "required"]
Meaning = tuple[int, str, Strength]  # a topic, a term of its, how that tells of it


class TermHit(NamedTuple):
    """A term of a topic in the text from `start` to `end`."""

    topic: int
    term: str
    strength: Strength
    start: int
    end: int


class TermFinder:
    """Finds the terms of the given topics in folded text."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        meanings: dict[str, list[Meaning]] = {}
        self._pairs: dict[int, tuple[frozenset[str], ...]] = {}
        for topic in topics:
            self._learn(topic, meanings)
        self._meanings = list(meanings.values())
        self._automaton = AhoCorasick(list(meanings))

    def _learn(self, topic: Topic, meanings: dict[str, list[Meaning]]) -> None:
        strengths: tuple[tuple[Strength, tuple[str, ...]], ...] = (
            ("strong", topic.strong),
            ("title", topic.title),
            ("weak", topic.weak),
            ("exclude", topic.exclude),
            ("required", tuple(term for pair in topic.required for term in pair)),
        )
        for strength, terms in strengths:
            for term in terms:
                written = normalise(term)
                meanings.setdefault(written, []).append((topic.id, written, strength))
        if topic.required:
            self._pairs[topic.id] = tuple(frozenset(map(normalise, pair)) for pair in topic.required)

    def find(self, text: str) -> list[TermHit]:
        """The hits that count: not inside an excluded word, terms of a pair only when both of it count."""
        hits = [
            TermHit(topic, term, strength, start, end)
            for n, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            for topic, term, strength in self._meanings[n]
        ]
        if not hits:
            return hits
        masks = _masks(hit for hit in hits if hit.strength == "exclude")
        shown = [
            hit
            for hit in hits
            if hit.strength != "exclude" and not (hit.topic in masks and masks[hit.topic].hides(hit))
        ]
        paired = self._paired(shown)
        return [hit for hit in shown if hit.strength != "required" or (hit.topic, hit.term) in paired]

    def _paired(self, hits: list[TermHit]) -> set[tuple[int, str]]:
        """The terms of pairs of which both are there."""
        there: dict[int, set[str]] = defaultdict(set)
        for hit in hits:
            if hit.strength == "required":
                there[hit.topic].add(hit.term)
        whole = (
            (topic, pair) for topic, terms in there.items() for pair in self._pairs[topic] if pair <= terms
        )
        return {(topic, term) for topic, pair in whole for term in pair}


class _Masks:
    """Where the excluded words of a topic stand; found by bisection: long runs cost no more."""

    def __init__(self, masks: list[TermHit]) -> None:
        masks.sort(key=lambda mask: mask.start)
        self._starts = [mask.start for mask in masks]
        self._reach = list(accumulate((mask.end for mask in masks), max))

    def hides(self, hit: TermHit) -> bool:
        """Whether the hit lies in an excluded word or begins in its midst (非危险废物处置)."""
        before, upto = bisect_left(self._starts, hit.start), bisect_right(self._starts, hit.start)
        midst = before > 0 and self._reach[before - 1] > hit.start
        return midst or (upto > 0 and self._reach[upto - 1] >= hit.end)


def _masks(hits: Iterable[TermHit]) -> dict[int, _Masks]:
    grouped: dict[int, list[TermHit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.topic].append(hit)
    return {topic: _Masks(masks) for topic, masks in grouped.items()}


def finder(graph: TopicGraph | None = None) -> TermFinder:
    """The finder of all topics of the graph, of the one in force when none is given; built once."""
    return _finder(graph or in_force())


@lru_cache(maxsize=4)
def _finder(graph: TopicGraph) -> TermFinder:
    return TermFinder(graph.all())
