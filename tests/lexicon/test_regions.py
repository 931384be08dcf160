"""The region graph: names, chains, history; checked against the official list where ../shared is there."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from notices.lexicon import regions
from tests.services import shared

OFFICIAL = shared.folder() / "reference" / "areacodes.csv"


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("余姚", "浙江省宁波市余姚市"),
        ("浙江", "浙江省"),
        ("全国", "全国"),
        ("长三角", "长三角"),
        ("石河子", "新疆维吾尔自治区石河子市"),
        ("兵团", "新疆生产建设兵团"),
        ("恩施州", "湖北省恩施土家族苗族自治州"),
        ("前郭县", "吉林省松原市前郭尔罗斯蒙古族自治县"),
        ("海南", "海南省"),
        ("海南州", "青海省海南藏族自治州"),
        ("承德", "河北省承德市"),
        ("徐圩新区", "江苏省连云港市徐圩新区"),
        ("江干区", "浙江省杭州市江干区"),
        ("莱芜市", "山东省莱芜市"),
        ("白杨市", "新疆维吾尔自治区白杨市"),
    ],
)
def test_find_knows_the_name(name: str, full: str) -> None:
    found = regions.find(name)

    assert found is not None
    assert regions.full_name(found) == full


@pytest.mark.parametrize("name", ["鼓楼区", "朝阳区", "朝阳", "市中区", "没有这个地方", ""])
def test_find_leaves_open_what_is_ambiguous_or_unknown(name: str) -> None:
    assert regions.find(name) is None


def test_find_within_a_region_settles_a_name_that_many_have() -> None:
    nanjing = regions.find("南京市")

    found = regions.find("鼓楼区", nanjing)

    assert found is not None
    assert regions.full_name(found) == "江苏省南京市鼓楼区"


def test_chain_of_a_municipality_has_no_city() -> None:
    found = regions.find("门头沟区")

    assert found is not None
    assert regions.chain(found) == ("北京市", None, "门头沟区", None)


def test_ancestors_hold_clusters_and_the_nation() -> None:
    yuyao, names = regions.find("余姚"), {"宁波市", "浙江省", "长三角", "长江经济带", "全国"}

    assert yuyao is not None
    assert {regions.region(i).name for i in regions.ancestors(yuyao)} == names


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("江干区", "浙江省杭州市"),
        ("莱芜市", "山东省济南市"),
        ("崇文区", "北京市东城区"),
        ("余姚市", "浙江省宁波市余姚市"),
    ],
)
def test_in_force_is_the_successor_or_what_successors_share(name: str, today: str) -> None:
    found = regions.find(name)

    assert found is not None
    assert regions.full_name(regions.in_force(found)) == today


def test_cities_planned_separately_are_marked() -> None:
    marked = {region.name for region in regions.all_regions() if region.separate_plan}

    assert marked == {"大连市", "青岛市", "宁波市", "厦门市", "深圳市"}


def test_ids_are_one_to_one_and_parents_exist() -> None:
    table = regions.all_regions()

    assert Counter(region.id for region in table).most_common(1)[0][1] == 1
    assert all(
        parent in regions.table() for region in table for parent in (*region.parents, *region.successors)
    )
    assert regions.region(regions.NATIONAL).name == "全国"


def official_rows() -> list[dict[str, str]]:
    if not OFFICIAL.exists():
        pytest.skip(shared.ABSENT)
    with Path(OFFICIAL).open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.needs_shared
def test_every_place_in_force_is_in_the_table() -> None:
    ours = {(region.code, region.name) for region in regions.all_regions() if not region.retired}

    official = {(row["代码"], row["名称"]) for row in official_rows() if row["状态"] == "在用"}

    assert official - ours == set()


@pytest.mark.needs_shared
def test_every_name_in_force_since_2014_is_known() -> None:
    known = {name for region in regions.all_regions() for name in region.names}

    ended = {row["名称"] for row in official_rows() if int(row["变更/弃用时间"] or 0) >= 2014}

    assert ended - known == set()


def test_only_above_is_the_one_province_parted_into_leagues() -> None:
    parted = regions.only_above("盟")

    assert parted
    assert regions.full_name(parted) == "内蒙古自治区"
    assert regions.only_above("市") is None
