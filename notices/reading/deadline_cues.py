"""The rules of `lexicon/data/deadline_cues.toml`, made ready to be tried on a date in its sentence."""

import re
import tomllib
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from notices import lexicon
from notices.lexicon.anchored import finder
from notices.lexicon.sieve import Sieve
from notices.lexicon.signs import signs_of
from notices.reading.sentences import DateInSentence

RULES = Path(lexicon.__file__ or "").parent / "data" / "deadline_cues.toml"
PARTS = ("not_deadline", "sure", "deadline")
FLAGS = ("always", "needs_closing", "one_day", "spans", "unsure")

Find = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One rule: where it looks, how it finds what, and an example in which it fires on the date in 【】.

    All its patterns must match.
    """

    name: str
    where: str
    patterns: tuple[re.Pattern[str], ...]
    find: Find
    example: str
    followed: Find | None = None
    always: bool = False
    needs_closing: bool = False
    one_day: bool = False
    spans: bool = False
    unsure: bool = False

    def fires(self, dated: DateInSentence) -> bool:
        """Whether the rule speaks of this date."""
        return first({self}, dated) is self

    def holds(self, dated: DateInSentence) -> bool:
        """Whether all but the main words fits; a rule for days passes spans by, one for spans days."""
        if self.one_day if dated.since else self.spans:
            return False
        return self.followed is None or bool(self.followed(dated.close_after))


@dataclass(frozen=True)
class Cues:
    """All rules; `every` has them in the order in which they are tried."""

    closing: re.Pattern[str]
    label: re.Pattern[str]
    span_do: re.Pattern[str]
    submit: re.Pattern[str]
    not_deadline: frozenset[Cue]
    sure: frozenset[Cue]
    deadline: frozenset[Cue]
    every: tuple[Cue, ...]

    @cached_property
    def sure_names(self) -> frozenset[str]:
        """The names of the sure rules."""
        return frozenset(cue.name for cue in self.sure)

    @cached_property
    def always(self) -> frozenset[Cue]:
        """What speaks against a deadline even where the words of a sure one stand."""
        return frozenset(cue for cue in self.not_deadline if cue.always)

    @cached_property
    def explaining(self) -> frozenset[Cue]:
        """What says of a date that it is something else than a deadline, beyond doubt."""
        return frozenset(cue for cue in self.not_deadline if not cue.unsure)

    @cached_property
    def superseded(self) -> frozenset[Cue]:
        """What makes a date an old one."""
        return frozenset(cue for cue in self.not_deadline if cue.name.startswith("superseded"))


@cache
def cues() -> Cues:
    """The file, read once."""
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    words = _words(data["words"])
    against, sure, rest = ([_cue(rule, words) for rule in data[part]] for part in PARTS)
    return Cues(
        re.compile(f"^{words['closes']}"),
        re.compile(words["label"]),
        re.compile(words["span_do"]),
        re.compile(words["submit"]),
        frozenset(against),
        frozenset(sure),
        frozenset(rest),
        (*against, *sure, *rest),
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
    where = next(place for place in ("before", "after") if place in rule)
    patterns = tuple(re.compile(_filled(rule[at], words)) for at in (where, "followed") if at in rule)
    find, followed = finder(patterns[0]), finder(patterns[1]) if patterns[1:] else None
    flags = {flag: True for flag in FLAGS if rule.get(flag)}
    return Cue(rule["name"], where, patterns, find, rule["example"], followed, **flags)


def first(rules: Container[Cue], dated: DateInSentence) -> Cue | None:
    """The first of the rules that fires on a date."""
    words = {"before": dated.close_before, "after": dated.close_after}
    for cue in _possible(f"{words['before']}\n{words['after']}"):
        if cue in rules and cue.find(words[cue.where]) and cue.holds(dated):
            return cue
    return None


@lru_cache(maxsize=4)  # several sets of rules are tried on a date
def _possible(words: str) -> tuple[Cue, ...]:
    """The rules of which a sign stands among the words around a date: few of all."""
    return tuple(_sieve().passed(words))


@cache
def _sieve() -> Sieve[Cue]:
    return Sieve((cue, signs_of(*cue.patterns)) for cue in cues().every)
