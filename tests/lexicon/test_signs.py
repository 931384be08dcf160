"""The signs of a pattern stand in all that it matches; a sieve lets pass what may match, and little else."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.lexicon.sieve import Sieve
from notices.lexicon.signs import signs_of
from notices.reading.deadline_cues import cues

TOLD = {
    r"报送(?:材料)?": {"报送"},
    r"(?:报送|报至|上报)": {"报送", "报至", "上报"},
    r"请?(?:于|在)$": {"于", "在"},
    r"截[至止]到?": {"截至", "截止"},
    r"\d+元|\d+%": {"元", "%"},
    r"已[^,。]{0,4}(?:延期|推迟)": {"延期", "推迟"},
    r"(?:报名){1,3}止": {"报名"},
    r"(?=.*截止).*": {"截止"},
    r"(?<=请于)\d+": {"请于"},
    r"期满的?": {"期满"},
}
UNTOLD = (
    r"",
    r"\d+",
    r"(?:于|在)?$",
    r"(?!截止).",
    r"截止|",
    r"[^截]",
    r"(?i)tel",
    r"(?i:tel)",
    r"[\d一二]",
    r"(?:报)*",
)


@pytest.mark.parametrize(("pattern", "signs"), [pytest.param(*one, id=one[0]) for one in TOLD.items()])
def test_signs_are_the_longest_and_fewest_strings_that_must_stand(pattern: str, signs: set[str]) -> None:
    assert signs_of(re.compile(pattern)) == signs


@pytest.mark.parametrize("pattern", UNTOLD)
def test_a_pattern_that_needs_no_certain_string_has_no_signs(pattern: str) -> None:
    assert not signs_of(re.compile(pattern))


def test_patterns_that_must_all_match_have_the_signs_of_the_one_that_says_most() -> None:
    assert signs_of(re.compile("[于在]"), re.compile("截止"), re.compile("")) == {"截止"}


@pytest.mark.parametrize("pattern", [pytest.param(p, id=c.name) for c in cues().every for p in c.patterns])
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_a_deadline_cue_matches_holds_its_sign(pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))

    assert any(sign in text for sign in signs_of(pattern) or ("",))


def test_a_sieve_lets_pass_what_has_a_sign_in_order_and_what_has_none() -> None:
    sieve = Sieve([("a", frozenset(("截止", "申报"))), ("b", frozenset()), ("c", frozenset(("报",)))])

    assert sieve.passed("请申报") == ["a", "b", "c"]
    assert sieve.passed("通报") == ["b", "c"]
    assert sieve.passed("") == ["b"]
