"""Offices whose name does not begin with their place: parties, branches of national bodies, near misses."""

import pytest

from notices.reading.office_names import split_names
from tests.lexicon.offices import place_of

BRANCHES = {
    "国家税务总局苏州市税务局": "江苏省苏州市",
    "中国人民银行黑龙江省分行": "黑龙江省",
    "国家统计局徐州调查队": "江苏省徐州市",
    "中国证券监督管理委员会黑龙江监管局": "黑龙江省",
    "国家税务总局": "全国",
    "生态环境部华南环境科学研究所": "全国",
    "农业农村部南京农业机械化研究所": "全国",
}
PARTIES = {
    "中共苏州市委组织部": "江苏省苏州市",
    "中国共产党云南省委员会": "云南省",
    "民进广东省委员会": "广东省",
    "共青团深圳市委": "广东省深圳市",
}


@pytest.mark.parametrize(("office", "place"), BRANCHES.items())
def test_a_national_bodys_branch_is_of_its_place(office: str, place: str) -> None:
    assert place_of(office) == place


@pytest.mark.parametrize(("office", "place"), PARTIES.items())
def test_a_partys_office_is_of_the_place_behind_the_partys_name(office: str, place: str) -> None:
    assert place_of(office) == place


@pytest.mark.parametrize("words", ["财政部门", "生态环境部门", "公安部门", "司法部署"])
def test_departments_of_a_matter_are_no_ministry(words: str) -> None:
    assert place_of(words) is None


def test_branches_in_a_run_of_names_are_parted_before_their_bodies() -> None:
    assert split_names("黑龙江省商务厅中国人民银行黑龙江省分行国家税务总局黑龙江省税务局") == [
        "黑龙江省商务厅",
        "中国人民银行黑龙江省分行",
        "国家税务总局黑龙江省税务局",
    ]
