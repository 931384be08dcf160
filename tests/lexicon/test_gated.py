"""Every gated pattern is shown by its own parts to match nothing that lacks its signs."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from notices import lexicon, reading
from notices.lexicon.gated import Gated

PARSER: Any = importlib.import_module("re._parser")
REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


def every() -> Iterator[tuple[str, Gated]]:
    for package in (lexicon, reading):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, Gated):
                    yield f"{found.name}.{name}", value


def needs(parsed: Iterable[tuple[Any, Any]], signs: tuple[str, ...]) -> bool:
    """Whether one of the parts, each of which every match has, cannot be met without a sign."""
    letters = ""
    for part, given in parsed:
        letters = letters + chr(given) if str(part) == "LITERAL" else ""
        if any(sign in letters for sign in signs) or part_needs(str(part), given, signs):
            return True
    return False


def part_needs(part: str, given: Any, signs: tuple[str, ...]) -> bool:
    if part == "BRANCH":
        return all(needs(branch, signs) for branch in given[1])
    if part == "IN":
        return all(str(kind) == "LITERAL" and chr(letter) in signs for kind, letter in given)
    if part == "SUBPATTERN":
        return needs(given[3], signs)
    return part in REPEATS and given[0] > 0 and needs(given[2], signs)


@pytest.mark.parametrize("gated", [pytest.param(value, id=name) for name, value in every()])
def test_nothing_matches_without_a_sign(gated: Gated) -> None:
    assert needs(PARSER.parse(gated.pattern.pattern), gated.signs)


def test_a_pattern_that_may_match_without_its_sign_is_found_out() -> None:
    assert not needs(PARSER.parse("(?:a|b)c?"), ("a", "c"))


def test_a_text_without_a_sign_has_no_match() -> None:
    gated = Gated(r"\d+(?:元|%)", "元", "%")

    assert gated.search("20") is None
    assert [*gated.finditer("20")] == []
    assert gated.sub("", "20") == "20"


def test_a_text_with_a_sign_is_searched() -> None:
    gated = Gated(r"\d+(?:元|%)", "元", "%")

    assert gated.search("给20%") is not None
    assert len([*gated.finditer("20%、5元")]) == 2
    assert gated.sub("x", "给20%") == "给x"
