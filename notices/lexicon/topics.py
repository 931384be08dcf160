"""The topic graph and its terms, from `data/topics.toml`; found in text by one automaton."""

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from notices.lexicon.normal import normalise

ANY_TOPIC = 0
TABLE = Path(__file__).parent / "data" / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that notices are about. Terms are as written in the data; `terms.py` compares them folded."""

    id: int
    name: str
    parents: tuple[int, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()


@cache
def table() -> dict[int, Topic]:
    """Every topic by id, read once."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["topic"]
    return {row["id"]: _topic(row) for row in rows}


def _topic(row: dict[str, Any]) -> Topic:
    lists = {field: tuple(row[field]) for field in ("parents", "strong", "weak", "exclude") if field in row}
    return Topic(row["id"], row["name"], **lists, required=tuple(map(tuple, row.get("required", ()))))


def topic(topic_id: int) -> Topic:
    """The topic with this id; KeyError when there is none."""
    return table()[topic_id]


def all_topics() -> tuple[Topic, ...]:
    """Every topic in the order of the file."""
    return tuple(table().values())


@cache
def _by_name() -> dict[str, Topic]:
    return {normalise(topic.name): topic for topic in all_topics()}


def by_name(name: str) -> Topic:
    """The topic of this name, however it is spaced or written; KeyError that offers the near names."""
    try:
        return _by_name()[normalise(name)]
    except KeyError:
        near = difflib.get_close_matches(normalise(name), _by_name(), n=3, cutoff=0.3)
        hint = f"相近的有：{'、'.join(near)}" if near else "没有相近的主题"
        raise KeyError(f"没有名为“{name}”的主题；{hint}") from None


@cache
def broader(topic_id: int) -> frozenset[int]:
    """Everything above a topic, itself not."""
    parents = topic(topic_id).parents
    return frozenset(parents).union(*(broader(parent) for parent in parents))


def closure(ids: Iterable[int]) -> frozenset[int]:
    """The topics and all that are broader: a notice on 危险废物 is one on 固体废物 too."""
    wanted = frozenset(ids)
    return wanted.union(*(broader(topic_id) for topic_id in wanted))
