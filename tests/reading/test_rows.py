"""A reading as a row: the county around a zone, and labels that give way to others."""

import pytest

from notices.lexicon.topics import by_name
from notices.reading import read
from notices.reading.rows import Labels, labels_from, row

MONEY, SCIENCE, TRADE = "专项资金与奖补", "科技型企业", "外贸与商务"


@pytest.mark.parametrize(
    ("office", "county", "zone"),
    [
        ("武进高新区管委会", "武进区", "武进高新技术产业开发区"),
        ("泰兴高新区管委会", "泰兴市", "泰兴高新区"),
        ("重庆綦江高新技术产业开发区管理委员会", "綦江区", "重庆綦江高新技术产业开发区"),
        ("昆山高新区管委会", "昆山市", "昆山高新技术产业开发区"),
        ("苏州高新区（虎丘）生态环境局", "虎丘区", "苏州高新技术产业开发区"),
        ("苏州高新区经济发展局", None, "苏州高新技术产业开发区"),
        ("苏州工业园区经济发展委员会", None, "苏州工业园区"),
        ("天津滨海高新区管委会", None, "天津滨海高新技术产业开发区"),
    ],
)
def test_the_county_around_a_zone_is_told_where_the_zone_is_called_after_it(
    office: str, county: str | None, zone: str
) -> None:
    told = row(read("关于申报项目的通知", f"各企业：\n请于5月6日前报送。\n{office}\n2023年4月1日"), Labels())

    assert (told["county"], told["zone"]) == (county, zone)


@pytest.mark.parametrize(
    ("found", "labels"),
    [
        ((MONEY,), ["钱"]),
        ((MONEY, SCIENCE), ["科技"]),
        ((MONEY, TRADE), ["无"]),
        ((SCIENCE, TRADE), ["科技"]),
    ],
)
def test_a_label_gives_way_to_labels_and_topics_that_the_vocabulary_names(
    found: tuple[str, ...], labels: list[str]
) -> None:
    vocabulary = labels_from(
        {"topics": {MONEY: "钱", SCIENCE: "科技", "": "无"}, "withheld": {MONEY: ["科技", TRADE]}}
    )

    assert vocabulary.of_topics({by_name(name).id: None for name in found}) == labels


def test_a_label_that_is_withheld_itself_withholds_none() -> None:
    vocabulary = labels_from(
        {
            "topics": {"资源综合利用": "废物", "节能降碳": "节能", MONEY: "钱"},
            "withheld": {"资源综合利用": ["节能"], MONEY: ["废物"]},
        }
    )

    found = {by_name(name).id: None for name in ("资源综合利用", "节能降碳", MONEY)}

    assert vocabulary.of_topics(found) == ["节能", "钱"]


def test_a_topic_below_two_bears_the_labels_of_both() -> None:
    vocabulary = labels_from({"topics": {"绿色园区": "绿", "环境监管": "环", "": "无"}})

    assert vocabulary.of_topics({by_name("生态工业园区").id: None}) == ["环", "绿"]
