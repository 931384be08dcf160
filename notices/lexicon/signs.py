"""What a pattern cannot match without, told from the pattern: strings of which each match holds one."""

import importlib
import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

_PARSER: Any = importlib.import_module("re._parser")  # by which `re` itself reads patterns
MOST = 240  # strings of one place; more are no help
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_NOTHING = frozenset(("",))
Strings = frozenset[str]


def signs_of(*patterns: re.Pattern[str]) -> Strings:
    """Strings of which each text holds one in which all the patterns match; none where none can be told."""
    parsed = [_PARSER.parse(one.pattern, one.flags) for one in patterns if not one.flags & re.IGNORECASE]
    found = _best(filter(None, map(_signs, parsed))) or frozenset()
    return frozenset(sign for sign in found if found.isdisjoint(_shorter(sign)))


def _shorter(sign: str) -> Iterator[str]:
    """All that stands within a sign: where that is a sign too, the longer one tells no more."""
    for length in range(1, len(sign)):
        yield from (sign[at : at + length] for at in range(len(sign) - length + 1))


def _best(found: Iterable[Strings]) -> Strings | None:
    """The set that says most: of the longest strings, of the fewest."""
    return max(found, key=lambda strings: (min(map(len, strings)), -len(strings)), default=None)


def _signs(parts: Iterable[tuple[Any, Any]]) -> Strings | None:
    """The best of what each match of the parts, one behind another, must hold."""
    return _best(_needed(parts))


def _needed(parts: Iterable[tuple[Any, Any]]) -> Iterator[Strings]:
    """All sets of strings of which each match of the parts holds one."""
    said = _NOTHING
    for part, given in parts:
        name = str(part)
        strings = _strings(name, given)
        longer = _joined(said, strings) if strings else None
        if longer is None and "" not in said:
            yield said
        said = longer or strings or _NOTHING
        inner = None if strings else _inside(name, given)
        if inner:
            yield inner
    if "" not in said:
        yield said


def _inside(name: str, given: Any) -> Strings | None:
    """What a part that may match too many strings, but must match, needs within it."""
    if name == "BRANCH":
        branches = [_signs(branch) for branch in given[1]]
        whole = [strings for strings in branches if strings]
        return _few(frozenset[str]().union(*whole)) if len(whole) == len(branches) else None
    if name == "SUBPATTERN":
        return _signs(given[3]) if not given[1] else None  # flags of its own may change what it matches
    if name == "ASSERT":
        return _signs(given[1])
    if name == "ATOMIC_GROUP":
        return _signs(given)
    return _signs(given[2]) if name in _REPEATS and given[0] > 0 else None


def _strings(name: str, given: Any) -> Strings | None:
    """All strings that a part can match, where they are few; what looks around matches no characters."""
    if name == "LITERAL":
        return frozenset((chr(given),))
    if name in ("AT", "ASSERT_NOT"):
        return _NOTHING
    if name == "IN":
        return _letters(given)
    if name == "BRANCH":
        return _union(map(_all, given[1]))
    if name == "SUBPATTERN":
        return _all(given[3]) if not given[1] else None
    if name in _REPEATS and given[1] == 1:
        return _union((_all(given[2]), _NOTHING if given[0] == 0 else frozenset()))
    return None


def _letters(given: list[tuple[Any, Any]]) -> Strings | None:
    """The characters of a class that names each."""
    named = all(str(kind) == "LITERAL" for kind, _ in given)
    return _few(frozenset(chr(letter) for _, letter in given)) if named else None


def _all(parts: Iterable[tuple[Any, Any]]) -> Strings | None:
    """All strings that parts, one behind another, can match."""
    said: Strings | None = _NOTHING
    for part, given in parts:
        strings = _strings(str(part), given)
        said = _joined(said, strings) if said and strings else None
    return said


def _union(sets: Iterable[Strings | None]) -> Strings | None:
    whole = [*sets]
    there = [strings for strings in whole if strings is not None]
    return _few(frozenset[str]().union(*there)) if len(there) == len(whole) else None


def _joined(first: Strings, then: Strings) -> Strings | None:
    """Each of the strings followed by each of those that come behind, where these are few."""
    return _few(frozenset(map("".join, product(first, then)))) if len(first) * len(then) <= MOST else None


def _few(strings: Strings) -> Strings | None:
    return strings if len(strings) <= MOST else None
