"""A pattern is looked for only at a text's beginning where it can match nowhere else."""

import re

import pytest

from notices.lexicon.anchored import finder

BEGIN = (r"^a", r"^a|^b", r"^(?:a|b)c", r"^[|(]a", r"^\|a", r"^[^]|]a|^x", r"^(?!.*(?:a|b)|c)d")
ANYWHERE = (
    r"a",
    r"^a|b",
    r"(?:^a|b)",
    r"(?m)^a",
    r"a|^b",
    r"^\(a|b",
    r"\^a",
    r"^[|]a|[|]b",
    r"[\]|^]a|^b",
    "",
)


@pytest.mark.parametrize("pattern", BEGIN)
def test_what_begins_texts_is_matched(pattern: str) -> None:
    assert finder(re.compile(pattern)) == re.compile(pattern).match


@pytest.mark.parametrize("pattern", ANYWHERE)
def test_what_may_stand_anywhere_is_searched_for(pattern: str) -> None:
    assert finder(re.compile(pattern)) == re.compile(pattern).search
