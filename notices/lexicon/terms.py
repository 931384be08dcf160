"""All topic terms in one automaton: found wherever they stand, overlapping, excluded ones masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick

from notices.lexicon.normal import normalise
from notices.lexicon.topics import Topic, all_topics

Strength = Literal["strong", "weak", "exclude", "required"]


@dataclass(frozen=True, slots=True)
class TermHit:
    """A term of a topic in the text from `start` to `end`."""

    topic: int
    term: str
    strength: Strength
    start: int
    end: int


class TermFinder:
    """Finds the terms of the given topics in folded text."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._meanings: dict[str, list[tuple[int, Strength]]] = {}
        self._pairs: dict[int, tuple[frozenset[str], ...]] = {}
        for topic in topics:
            self._learn(topic)
        self._patterns = list(self._meanings)
        self._automaton = AhoCorasick(self._patterns)

    def _learn(self, topic: Topic) -> None:
        strengths: tuple[tuple[Strength, tuple[str, ...]], ...] = (
            ("strong", topic.strong),
            ("weak", topic.weak),
            ("exclude", topic.exclude),
            ("required", tuple(term for pair in topic.required for term in pair)),
        )
        for strength, terms in strengths:
            for term in terms:
                self._meanings.setdefault(normalise(term), []).append((topic.id, strength))
        if topic.required:
            self._pairs[topic.id] = tuple(frozenset(map(normalise, pair)) for pair in topic.required)

    def find(self, text: str) -> list[TermHit]:
        """The hits that count: not inside an excluded word, terms of a pair only when the pair is there."""
        hits = [
            TermHit(topic, self._patterns[n], strength, start, end)
            for n, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            for topic, strength in self._meanings[self._patterns[n]]
        ]
        masks = [hit for hit in hits if hit.strength == "exclude"]
        return [hit for hit in hits if hit.strength != "exclude" and self._counts(hit, hits, masks)]

    def _counts(self, hit: TermHit, hits: list[TermHit], masks: list[TermHit]) -> bool:
        if any(m.topic == hit.topic and m.start <= hit.start and hit.end <= m.end for m in masks):
            return False
        if hit.strength != "required":
            return True
        there = {other.term for other in hits if other.topic == hit.topic and other.strength == "required"}
        return any(pair <= there and hit.term in pair for pair in self._pairs[hit.topic])


@cache
def finder() -> TermFinder:
    """The finder of all topics of the data file."""
    return TermFinder(all_topics())
