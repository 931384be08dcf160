import pytest

from notices.lexicon import regions
from subscribers.filter_words import Misnamed, explained, names, region_ids, topic_ids
from subscribers.filters import FOLLOWED, FilterSpec, describe
from tests.builders import place, spec


@pytest.mark.parametrize(
    "written", ["浙江省、淮北市", "浙江省，淮北市", " 浙江省;淮北市；\n", "浙江省,淮北市、"]
)
def test_names_are_parted_as_people_part_them(written: str) -> None:
    assert names(written) == ["浙江省", "淮北市"]


def test_every_region_in_force_is_found_by_its_full_path() -> None:
    paths: dict[str, int] = {}
    for region in regions.all_regions():
        if not region.retired:
            paths.setdefault(regions.full_name(region.id), region.id)

    assert region_ids("浙江省宁波市余姚市") == (place("余姚市"),)
    assert all(regions.full_name(region_ids(path)[0]) == path for path in list(paths)[::50])


def test_a_name_of_many_places_is_asked_back_with_the_places() -> None:
    with pytest.raises(Misnamed, match="江苏省南京市鼓楼区"):
        region_ids("鼓楼区")


def test_an_unknown_topic_is_asked_back_with_what_is_near() -> None:
    with pytest.raises(Misnamed, match=r"是不是：.*绿色工厂"):
        topic_ids("绿色工场")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (spec("浙江省"), "地区是浙江省；也要其下级市县区的，也要其上级（含全国）的。"),
        (spec("浙江省", below=False, above=False), "地区是浙江省；不要其下级的，不要其上级的。"),
        (FilterSpec(), "类别不限，但不含新闻动态。"),
        (spec(none_words=("公示",)), "标题或正文里有这些词的不要：“公示”。"),
        (spec(only_with_deadline=True), "只要有截止日的。"),
        (FilterSpec(only_followed=True), "只告诉您关注的通知的变化：延期、更正、撤回、结果；不带来新通知。"),
    ],
)
def test_explained_says_each_switch(asked: FilterSpec, sentence: str) -> None:
    assert sentence in explained(asked)


def test_only_followed_is_one_filter_whatever_else_it_says() -> None:
    assert spec("浙江省", only_followed=True).digest == FOLLOWED
    assert describe(FilterSpec(only_followed=True)) == "只看我关注的通知的变化"
