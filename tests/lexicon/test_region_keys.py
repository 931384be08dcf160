"""Who gets what (DESIGN section 5): 浙江 gets 余姚's, 余姚 gets what comes from above, never 杭州's."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.lexicon import regions
from notices.lexicon.region_keys import ANY, describe_key, filter_keys, key, notice_keys

PLACES = ["全国", "浙江", "杭州", "宁波", "余姚", "长三角", "上海", "京津冀", "北京", "徐圩新区", "江干区"]


def place(name: str) -> int:
    found = regions.find(name)
    assert found is not None
    return found


def meets(notice: str, wanted: str, below: bool = True, above: bool = True) -> bool:
    return bool(notice_keys([place(notice)]) & filter_keys([place(wanted)], below, above))


@pytest.mark.parametrize("notice", ["余姚", "宁波", "浙江", "长三角", "全国"])
def test_yuyao_gets_its_own_and_all_above(notice: str) -> None:
    assert meets(notice, "余姚")


@pytest.mark.parametrize("notice", ["杭州", "上海", "京津冀"])
def test_yuyao_gets_nothing_from_elsewhere(notice: str) -> None:
    assert not meets(notice, "余姚")


@pytest.mark.parametrize("notice", ["余姚", "杭州", "浙江", "长三角", "全国"])
def test_zhejiang_gets_what_lies_below_and_above(notice: str) -> None:
    assert meets(notice, "浙江")


@pytest.mark.parametrize(("notice", "met"), [("浙江", True), ("余姚", False), ("全国", False)])
def test_only_this_level(notice: str, met: bool) -> None:
    assert meets(notice, "浙江", below=False, above=False) is met


def test_a_filter_without_region_meets_every_notice() -> None:
    assert filter_keys([], below=True, above=True) == {ANY}
    assert all(ANY in notice_keys([place(name)]) for name in PLACES)
    assert ANY in notice_keys([])


@given(st.sampled_from(PLACES), st.sampled_from(PLACES), st.booleans(), st.booleans())
def test_keys_say_what_the_graph_says(notice: str, wanted: str, below: bool, above: bool) -> None:
    here, there = place(notice), place(wanted)
    wants = (
        here == there or (below and regions.lies_in(here, there)) or (above and regions.lies_in(there, here))
    )

    assert meets(notice, wanted, below, above) is wants


def test_describe_key_tells_a_key_back() -> None:
    for letter, name in product("dus", PLACES):
        assert describe_key(key(letter, place(name))) == (letter, place(name))


@pytest.mark.parametrize("number", [ANY, 7])
def test_describe_key_refuses_what_is_no_key(number: int) -> None:
    with pytest.raises(ValueError, match="不是地区键"):
        describe_key(number)
