"""Offices of development zones: the place before a zone's words, zones called after no place, near misses."""

import pytest

from tests.lexicon.offices import place_of

BY_SHORT_NAME = {
    "济宁高新技术产业开发区科技局": "山东省济宁市",
    "铁岭国家级经济技术开发区经济发展局": "辽宁省铁岭市",
    "石河子国家高新技术产业开发区管委会": "新疆维吾尔自治区石河子市",
    "绥芬河综合保税区经济发展局": "黑龙江省牡丹江市绥芬河市",
    "苏州太湖国家旅游度假区经济发展局": "江苏省苏州市",
    "江苏常熟经济技术开发区经济发展局": "江苏省苏州市常熟市",
    "江苏省太仓高新技术产业开发区科技创新局": "江苏省苏州市太仓市",
    "阿坝工业园区经发局": "四川省阿坝藏族羌族自治州",
}
BY_OWN_NAME = {
    "燕郊国家高新区科技局": "河北省廊坊市三河市燕郊高新技术产业开发区",
    "宾西经开区管委会": "黑龙江省哈尔滨市宾县宾西经济技术开发区",
    "莫干山高新区经济发展局": "浙江省湖州市德清县莫干山高新技术产业开发区",
    "中新苏滁高新区经贸发展局": "安徽省滁州市中新苏滁高新技术产业开发区",
    "南昌小蓝经济技术开发区科技局": "江西省南昌市南昌县小蓝经济技术开发区",
    "葛店经开区经济发展局": "湖北省鄂州市葛店经济技术开发区",
    "中山市翠亨新区管委会": "广东省中山市翠亨新区",
    "南宁五象新区规划建设管理委员会": "广西壮族自治区南宁市五象新区",
    "遵义市新蒲新区管委会": "贵州省遵义市新蒲新区",
    "贵州大龙经济开发区管委会": "贵州省铜仁市玉屏侗族自治县大龙经济开发区",
    "新疆准东经济技术开发区经济发展局": "新疆维吾尔自治区昌吉回族自治州准东经济技术开发区",
    "青海国家高新技术产业开发区管委会": "青海省西宁市青海高新技术产业开发区",
    "西咸新区沣东新城科技统筹局": "陕西省西咸新区沣东新城",
    "陕西航天经济技术开发区管委会": "陕西省西安市西安航天基地",
    "广西-东盟经济技术开发区管委会": "广西壮族自治区南宁市广西-东盟经济技术开发区",
}
NEAR_MISSES = {
    "太白湖新区经济发展局": "山东省济宁市太白湖新区",  # not 太白县
    "凤泉湖高新区管委会": "广东省潮州市凤泉湖高新区",  # not 凤泉区
    "桂林洋经济开发区管委会": "海南省海口市桂林洋经济开发区",  # not 桂林市
    "甘泉堡经开区管委会": "新疆维吾尔自治区乌鲁木齐市甘泉堡经济技术开发区",  # not 甘泉县
    "平原示范区科技局": "河南省新乡市平原示范区",  # not 平原县
    "宜阳新区管委会": "江西省宜春市宜阳新区",  # not 宜阳县
    "杭州湾上虞经开区管委会": "浙江省绍兴市上虞区杭州湾上虞经济技术开发区",  # not 杭州市
    "苏州宿迁工业园区经贸局": "江苏省宿迁市苏州宿迁工业园区",  # not 苏州市
    "吉林经济技术开发区经济发展局": "吉林省吉林市吉林经济技术开发区",
    "宿迁湖滨新区管委会": "江苏省宿迁市湖滨新区",  # not 湖滨区 in 三门峡
}
PARTS = {
    "中国(湖北)自由贸易试验区襄阳片区管委会": "湖北省襄阳市",
    "中国(四川)自由贸易试验区川南临港片区管委会": "四川省泸州市川南临港片区",
    "中国(广西)自由贸易试验区钦州港片区管委会": "广西壮族自治区钦州市钦州港经济技术开发区",
    "中国(上海)自由贸易试验区管理委员会保税区管理局": "上海市",
    "中国(浙江)自由贸易试验区管理委员会": "浙江省",
}


@pytest.mark.parametrize(("office", "place"), BY_SHORT_NAME.items())
def test_a_short_name_before_the_words_of_a_zone_is_its_place(office: str, place: str) -> None:
    assert place_of(office) == place


@pytest.mark.parametrize(("office", "place"), BY_OWN_NAME.items())
def test_a_zone_called_after_no_place_is_known(office: str, place: str) -> None:
    assert place_of(office) == place


@pytest.mark.parametrize(("office", "place"), NEAR_MISSES.items())
def test_a_zone_is_not_the_county_whose_name_it_begins_with(office: str, place: str) -> None:
    assert place_of(office) == place


@pytest.mark.parametrize(
    "office",
    [
        "滨湖新区管委会",  # a side of several towns, and a district of 无锡
        "南部新区管委会",
        "城东工业园区管委会",
        "洪泽湖度假区管委会办公室",  # 洪泽区 has no more of the lake than its neighbours
        "国际合作开发区办公室",
        "新华工业园管委会",
        "中山大学科技园",
        "江东新区管委会",  # 海口 and 河源 have one
    ],
)
def test_a_zone_that_may_be_several_towns_has_no_place(office: str) -> None:
    assert place_of(office) is None


@pytest.mark.parametrize(
    ("within", "place"),
    [("河源市", "广东省河源市江东新区"), ("海口市", "海南省海口市江东新区")],
)
def test_a_zone_that_two_towns_have_is_settled_by_the_source(within: str, place: str) -> None:
    assert place_of("江东新区管委会", within) == place


@pytest.mark.parametrize(("office", "place"), PARTS.items())
def test_a_part_of_a_trial_zone_is_where_its_name_says(office: str, place: str) -> None:
    assert place_of(office) == place
