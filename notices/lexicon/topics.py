"""The topic graph and its terms, from `data/topics.toml`, with what staff have laid over it.

A graph is a value. `shipped()` is the file's own; `install` names the one that is in force in this process,
which the functions below ask. Who loads staff's rows and when is `notices.vocabulary`'s business.
"""

import difflib
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from notices.lexicon.normal import normalise

ANY_TOPIC = 0
FIRST_OF_STAFF = 10_000
"""Topics from this id on are staff's own; the file stays below."""

TABLE = Path(__file__).parent / "data" / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that notices are about. Terms are as written in the data; `terms.py` compares them folded.

    `strong` terms count wherever they stand, `title` terms in a title only, `weak` ones in a title that the
    body bears out; `exclude` are longer words that hide a term, `required` pairs that count only together.
    `offices` end the names of those whose papers are about it where nothing else is named; a `branch` of
    industry says whose a matter is and not what it is.
    """

    id: int
    name: str
    parents: tuple[int, ...] = ()
    strong: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()
    offices: tuple[str, ...] = ()
    branch: bool = False


class TopicGraph:
    """All topics by id, and under which version of the words."""

    def __init__(self, topics: Iterable[Topic], version: str) -> None:
        self.topics: Mapping[int, Topic] = {topic.id: topic for topic in topics}
        self.version = version
        self._broader: dict[int, frozenset[int]] = {}
        self._upward: dict[int, frozenset[int]] = {}
        self._tops: dict[int, frozenset[int]] = {}

    def topic(self, topic_id: int) -> Topic:
        """The topic with this id; KeyError when there is none."""
        return self.topics[topic_id]

    def all(self) -> tuple[Topic, ...]:
        """Every topic, the file's in its order, then staff's own."""
        return tuple(self.topics.values())

    @cached_property
    def of_offices(self) -> tuple[Topic, ...]:
        """The topics that are the field of offices."""
        return tuple(topic for topic in self.all() if topic.offices)

    @cached_property
    def _names(self) -> dict[str, Topic]:
        return {normalise(topic.name): topic for topic in self.all()}

    def by_name(self, name: str) -> Topic:
        """The topic of this name, however it is spaced or written; KeyError that offers the near names."""
        try:
            return self._names[normalise(name)]
        except KeyError:
            near = difflib.get_close_matches(normalise(name), self._names, n=3, cutoff=0.3)
            hint = f"相近的有：{'、'.join(near)}" if near else "没有相近的主题"
            raise KeyError(f"没有名为“{name}”的主题；{hint}") from None

    def broader(self, topic_id: int) -> frozenset[int]:
        """Everything above a topic, itself not."""
        if topic_id not in self._broader:
            parents = self.topic(topic_id).parents
            self._broader[topic_id] = frozenset(parents).union(*(self.broader(up) for up in parents))
        return self._broader[topic_id]

    def upward(self, topic_id: int) -> frozenset[int]:
        """The topic and all that are broader."""
        if topic_id not in self._upward:
            self._upward[topic_id] = self.broader(topic_id) | {topic_id}
        return self._upward[topic_id]

    def tops(self, topic_id: int) -> frozenset[int]:
        """The broadest topics above it, or itself."""
        if topic_id not in self._tops:
            above = self.upward(topic_id)
            self._tops[topic_id] = frozenset(up for up in above if not self.topic(up).parents)
        return self._tops[topic_id]

    def closure(self, ids: Iterable[int]) -> frozenset[int]:
        """The topics and all that are broader: a notice on 危险废物 is one on 固体废物 too."""
        wanted = frozenset(ids)
        return wanted.union(*(self.broader(topic_id) for topic_id in wanted))


@cache
def shipped() -> TopicGraph:
    """The graph of the data file, read once; its version is the file's digest."""
    data = TABLE.read_bytes()
    rows = tomllib.loads(data.decode())["topic"]
    return TopicGraph((_topic(row) for row in rows), hashlib.sha256(data).hexdigest()[:8])


_LISTS = ("parents", "strong", "title", "weak", "exclude", "offices")


def _topic(row: Mapping[str, Any]) -> Topic:
    lists = {field: tuple(row[field]) for field in _LISTS if field in row}
    pairs = tuple(map(tuple, row.get("required", ())))
    return Topic(row["id"], row["name"], **lists, required=pairs, branch=row.get("branch", False))


_installed: list[TopicGraph] = []


def in_force() -> TopicGraph:
    """The graph that this process goes by."""
    return _installed[-1] if _installed else shipped()


def install(graph: TopicGraph) -> None:
    """From now on this process goes by `graph`."""
    _installed[:] = [graph]


def topic(topic_id: int) -> Topic:
    """The topic with this id; KeyError when there is none."""
    return in_force().topic(topic_id)


def all_topics() -> tuple[Topic, ...]:
    """Every topic in the order of the file."""
    return in_force().all()


def by_name(name: str) -> Topic:
    """The topic of this name, however it is spaced or written; KeyError that offers the near names."""
    return in_force().by_name(name)


def broader(topic_id: int) -> frozenset[int]:
    """Everything above a topic, itself not."""
    return in_force().broader(topic_id)


def closure(ids: Iterable[int]) -> frozenset[int]:
    """The topics and all that are broader: a notice on 危险废物 is one on 固体废物 too."""
    return in_force().closure(ids)
