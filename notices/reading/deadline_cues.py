"""The rules of `lexicon/data/deadline_cues.toml`, made ready to be tried on a date in its sentence."""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from notices import lexicon
from notices.lexicon.anchored import finder
from notices.reading.sentences import AHEAD, DateInSentence

RULES = Path(lexicon.__file__ or "").parent / "data" / "deadline_cues.toml"


Find = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule: where it looks, how it finds what, and an example in which it fires on the date in 【】."""

    name: str
    where: str
    find: Find
    example: str
    followed: Find | None = None
    always: bool = False
    needs_closing: bool = False
    one_day: bool = False
    spans: bool = False

    def fires(self, dated: DateInSentence) -> bool:
        """Whether the rule speaks of this date."""
        return first((self,), dated) is self

    def holds(self, dated: DateInSentence) -> bool:
        """Whether all but the main words fits; a rule for days passes spans by, one for spans days."""
        if self.one_day if dated.since else self.spans:
            return False
        return self.followed is None or bool(self.followed(dated.close_after))


@dataclass(frozen=True)
class Cues:
    """All rules, in the order in which they are tried."""

    closing: re.Pattern[str]
    label: re.Pattern[str]
    span_do: re.Pattern[str]
    submit: re.Pattern[str]
    not_deadline: tuple[Cue, ...]
    sure: tuple[Cue, ...]
    deadline: tuple[Cue, ...]

    @cached_property
    def sure_names(self) -> frozenset[str]:
        """The names of the sure rules."""
        return frozenset(cue.name for cue in self.sure)

    @cached_property
    def always(self) -> tuple[Cue, ...]:
        """What speaks against a deadline even where the words of a sure one stand."""
        return tuple(cue for cue in self.not_deadline if cue.always)

    @cached_property
    def superseded(self) -> tuple[Cue, ...]:
        """What makes a date an old one."""
        return tuple(cue for cue in self.not_deadline if cue.name.startswith("superseded"))


@cache
def cues() -> Cues:
    """The file, read once."""
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    words = _words(data["words"])
    return Cues(
        re.compile(f"^{words['closes']}"),
        re.compile(words["label"]),
        re.compile(words["span_do"]),
        re.compile(words["submit"]),
        *(tuple(_cue(rule, words) for rule in data[part]) for part in ("not_deadline", "sure", "deadline")),
    )


def _words(given: dict[str, Any]) -> dict[str, str]:
    """The named words as patterns; later ones may use earlier ones."""
    words: dict[str, str] = {}
    for name, value in given.items():
        words[name] = f"(?:{'|'.join(value)})" if isinstance(value, list) else _filled(value, words)
    return words


def _filled(pattern: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def _cue(rule: dict[str, Any], words: dict[str, str]) -> Cue:
    where = next(place for place in ("before", "after", "sentence") if place in rule)
    find = finder(re.compile(_filled(rule[where], words)))
    flags = {flag: True for flag in ("always", "needs_closing", "one_day", "spans") if rule.get(flag)}
    followed = finder(re.compile(_filled(rule["followed"], words))) if "followed" in rule else None
    return Cue(rule["name"], where, find, rule["example"], followed, **flags)


def first(rules: Iterable[Cue], dated: DateInSentence) -> Cue | None:
    """The first rule that fires on a date."""
    words = {
        "before": dated.close_before,
        "after": dated.close_after,
        "sentence": dated.sentence.text[:AHEAD],
    }
    for cue in rules:
        if cue.find(words[cue.where]) and cue.holds(dated):
            return cue
    return None
