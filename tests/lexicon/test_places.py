"""Places at the head of an office's name and inside titles: the traps of the trade by name."""

import pytest

from notices.lexicon import regions
from notices.lexicon.issuers import host_says
from notices.lexicon.places import leading_place, places_in


def led_by(text: str, within: str | None = None) -> str | None:
    found = leading_place(text, regions.find(within) if within else None)
    return regions.full_name(found.region) if found else None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("天津市智能制造", "天津市"),
        ("津市市科技局", "湖南省常德市津市市"),
        ("国际合作司", None),
        ("对口合作办公室", None),
        ("产学研合作处", None),
        ("合作市工信局", "甘肃省甘南藏族自治州合作市"),
        ("长三角区域合作办公室", "长三角"),
        ("市公安局", None),
        ("公安县科技局", "湖北省荆州市公安县"),
        ("中山大学", None),
        ("中山市工信局", "广东省中山市"),
        ("海南州生态环境局", "青海省海南藏族自治州"),
        ("海南省生态环境厅", "海南省"),
        ("马鞍山市经信局", "安徽省马鞍山市"),
        ("五大连池市工信局", "黑龙江省黑河市五大连池市"),
        ("深圳工信局", "广东省深圳市"),
        ("深圳市宝安区工业和信息化局", "广东省深圳市宝安区"),
        ("新疆生产建设兵团生态环境局", "新疆生产建设兵团"),
        ("苏州工业园区科技局", "江苏省苏州市苏州工业园区"),
        ("江干区经信局", "浙江省杭州市江干区"),
        ("莱芜市经信委", "山东省莱芜市"),
        ("鼓楼区工信局", None),
        ("朝阳区科信局", None),
        ("易县工信局", "河北省保定市易县"),
    ],
)
def test_leading_place_is_what_the_name_says(text: str, place: str | None) -> None:
    assert led_by(text) == place


def test_leading_place_looks_within_the_source_first() -> None:
    assert led_by("鼓楼区工信局", within="福州市") == "福建省福州市鼓楼区"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("关于发布2019年第三批天津市智能制造专项资金的通知", ["天津市"]),
        ("关于推进京津冀和长三角协同的通知", ["京津冀", "长三角"]),
        ("关于加强国际合作与对口合作的通知", []),
        ("关于国际合作市场开拓的通知", []),
        ("由市局会同县级部门审核", []),
        ("市经信局会同县（市、区）经信局推荐", []),
        ("关于合作市场监管局的通知", []),
        ("关于合作市市场监管局的通知", ["甘肃省甘南藏族自治州合作市"]),
        ("关于会同县绿色工厂申报的通知", ["湖南省怀化市会同县"]),
        ("关于开拓上海市场的通知", ["上海市"]),
        ("南京市北京东路29号", ["江苏省南京市"]),
        ("在山西开展能源革命综合改革试点", ["山西省"]),
        ("在陕西开展试点", ["陕西省"]),
        ("依托中山大学建设", []),
    ],
)
def test_places_in_a_title(title: str, named: list[str]) -> None:
    assert [regions.full_name(place.region) for place in places_in(title)] == named


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://kjt.shanxi.gov.cn/jcyjc/49165.jhtml", "山西省"),
        ("https://kjt.shaanxi.gov.cn/x.html", "陕西省"),
        ("http://gi.mnr.gov.cn/201910/t1.html", "自然资源部"),
        ("http://yy.gov.cn/art/1.html", None),
        ("http://jxj.huaipei.gov.cn/x.html", None),
        ("http://[bad", None),
        ("", None),
    ],
)
def test_hosts_say_only_what_is_sure(address: str, says: str | None) -> None:
    assert host_says(address) == says
