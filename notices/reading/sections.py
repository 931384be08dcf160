"""Which section of the newsletter suits a notice: a rule kept as data (`lexicon/data/sections.toml`)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from notices import lexicon
from notices.lexicon.kinds import Kind
from notices.lexicon.topics import TopicGraph, in_force, shipped

RULES = Path(lexicon.__file__ or "").parent / "data" / "sections.toml"


@cache
def rules() -> list[dict[str, Any]]:
    """The rules in order; topics as ids."""
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))["rule"]
    return [
        rule | {"topics": {shipped().by_name(name).id for name in rule.get("topics", ())}} for rule in data
    ]


def find_section(kind: Kind, topics: set[int], graph: TopicGraph | None = None) -> str:
    """The section of the first rule that fits."""
    wider = (graph or in_force()).closure(topics)
    for rule in rules():
        if rule["topics"] & wider or kind.value in rule.get("kinds", ()):
            return str(rule["section"])
    return ""
