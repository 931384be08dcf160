from typing import Any

import pytest

from alerts.models import Match
from notices.lexicon import topics
from notices.lexicon.kinds import Kind
from notices.models import Notice
from subscribers.filters import FilterSpec, find_or_make
from tests.builders import START, notice, place, spec, taken_in, topic

pytestmark = pytest.mark.django_db


def matched(wanted: FilterSpec, row: Notice) -> bool:
    """Whether a notice that comes in after the filter was made meets it."""
    asked = find_or_make(wanted, START)
    taken_in(row)
    return Match.objects.filter(filter=asked, notice=row).exists()


@pytest.mark.parametrize(
    ("follows", "issued_in", "meets"),
    [
        ("浙江省", "余姚市", True),
        ("余姚市", "宁波市", True),
        ("余姚市", "浙江省", True),
        ("余姚市", "长三角", True),
        ("余姚市", "全国", True),
        ("余姚市", "杭州市", False),
        ("杭州市", "余姚市", False),
        ("京津冀", "北京市", True),
        ("京津冀", "余姚市", False),
        ("全国", "余姚市", True),
    ],
)
def test_match_goes_down_and_up_the_region_graph(follows: str, issued_in: str, meets: bool) -> None:
    assert matched(spec(follows), notice(region=issued_in)) is meets


@pytest.mark.parametrize(
    ("switches", "issued_in", "meets"),
    [
        ({"above": False}, "宁波市", False),
        ({"below": False}, "余姚市", False),
        ({"below": False}, "宁波市", True),
        ({"below": False}, "浙江省", True),
        ({"below": False, "above": False}, "浙江省", False),
    ],
)
def test_match_heeds_the_switches(switches: dict[str, Any], issued_in: str, meets: bool) -> None:
    follows = "余姚市" if "below" not in switches else "宁波市"
    assert matched(spec(follows, **switches), notice(region=issued_in)) is meets


@pytest.mark.parametrize(
    ("wanted", "found", "meets"),
    [("绿色工厂", "绿色工厂", True), ("绿色制造", "绿色工厂", True), ("绿色工厂", "绿色制造", False)],
)
def test_match_closes_topics_upward(wanted: str, found: str, meets: bool) -> None:
    assert matched(spec("浙江省", topic_names=[wanted]), notice(topic_names=[found])) is meets


@pytest.mark.parametrize(
    ("narrowing", "meets"),
    [
        ({"none_words": ("延长",)}, False),
        ({"none_words": ("撤销",)}, True),
        ({"all_words": ("余姚", "延长")}, True),
        ({"all_words": ("余姚", "撤销")}, False),
        ({"any_words": ("撤销", "延长")}, True),
        ({"any_words": ("撤销",)}, False),
        ({"words": ("申报时间",)}, True),
        ({"words": ("矿山",)}, False),
        ({"issuers": ("经济和信息化局",)}, True),
        ({"issuers": ("科学技术局",)}, False),
        ({"only_with_deadline": True}, False),
    ],
)
def test_match_verifies_what_keys_cannot_say(narrowing: dict[str, Any], meets: bool) -> None:
    row = notice("关于延长余姚市申报 时间的通知", issuer="余姚市经济和信息化局")
    assert matched(spec("浙江省", **narrowing), row) is meets


@pytest.mark.parametrize(
    ("kinds", "meets"), [((), False), ((Kind.NEWS,), True), ((Kind.POLICY, Kind.RESULT), False)]
)
def test_match_leaves_news_out_unless_asked(kinds: tuple[Kind, ...], meets: bool) -> None:
    assert matched(spec("浙江省", kinds=kinds), notice(kind=Kind.NEWS)) is meets


@pytest.mark.parametrize(("follows", "meets"), [("余姚市", False), ("杭州市", True), ("浙江省", True)])
def test_match_drops_who_lies_in_an_excluded_region(follows: str, meets: bool) -> None:
    row = notice(region="浙江省", excluded_regions=[place("宁波市")])
    assert matched(spec(follows), row) is meets


def test_match_twice_records_nothing_new() -> None:
    find_or_make(spec("浙江省"), START)
    row = notice()
    taken_in(row)
    Notice.objects.filter(pk=row.pk).update(matched_at=None)
    taken_in(row)
    assert Match.objects.count() == 1


def test_match_after_a_corrected_reading_takes_back_what_holds_no_more() -> None:
    wrong, right = find_or_make(spec("杭州市"), START), find_or_make(spec("余姚市"), START)
    row = notice(region="杭州市")
    taken_in(row)
    assert row.reading is not None
    row.reading.regions = [place("余姚市")]
    row.reading.save()
    Notice.objects.filter(pk=row.pk).update(matched_at=None)
    taken_in(row)
    assert list(Match.objects.values_list("filter", flat=True)) == [right.pk]
    assert wrong.pk != right.pk


@pytest.mark.parametrize(("also", "meets"), [("余姚市", False), ("杭州市", True), ("北京市", False)])
def test_match_with_an_exclusion_asks_each_place_by_itself(also: str, meets: bool) -> None:
    row = notice(region="浙江省", excluded_regions=[place("宁波市")])
    assert matched(spec("宁波市", also), row) is meets


@pytest.mark.parametrize(("issued_in", "found", "meets"), [
    ("余姚市", "绿色工厂", True), ("兰州市", "绿色工厂", False), ("余姚市", "矿山", False),
])  # fmt: skip
def test_match_of_a_filter_of_very_many_pairs_looks_at_both_sides(
    issued_in: str, found: str, meets: bool
) -> None:
    cities = (
        "余姚市",
        "杭州市",
        "温州市",
        "绍兴市",
        "嘉兴市",
        "湖州市",
        "金华市",
        "台州市",
        "丽水市",
        "衢州市",
    )
    many = tuple(one.id for one in topics.all_topics() if one.name != found and not one.parents)[:40]
    wanted = FilterSpec(regions=tuple(map(place, cities)), topics=(*many, topic("绿色工厂")))
    row = notice(region=issued_in, topic_names=[] if found == "矿山" else [found])
    assert (wanted.too_many_pairs, matched(wanted, row)) == (True, meets)
