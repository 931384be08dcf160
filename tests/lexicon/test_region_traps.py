"""Offices whose names mislead: each stands in its own region, or in none where that is not sure."""

import pytest

from notices.lexicon import regions
from notices.lexicon.places import leading_place
from tests.lexicon.offices import place_of

SURE = {
    "内蒙古工信厅": "内蒙古自治区",
    "广西工信厅": "广西壮族自治区",
    "兵团科技局": "新疆生产建设兵团",
    "新疆生产建设兵团第八师石河子市科技局": "新疆维吾尔自治区石河子市",
    "老河口市经信局": "湖北省襄阳市老河口市",
    "河口区工信局": "山东省东营市河口区",
    "马鞍山市经信局": "安徽省马鞍山市",
    "鞍山市工信局": "辽宁省鞍山市",
    "吉林市工信局": "吉林省吉林市",
    "吉林省工信厅": "吉林省",
    "海北州工信局": "青海省海北藏族自治州",
    "朝阳市工信局": "辽宁省朝阳市",
    "朝阳县工信局": "辽宁省朝阳市朝阳县",
    "北京市朝阳区科信局": "北京市朝阳区",
    "长春市朝阳区工信局": "吉林省长春市朝阳区",
    "南通市通州区工信局": "江苏省南通市通州区",
    "北京市通州区经信局": "北京市通州区",
    "杭州市西湖区经信局": "浙江省杭州市西湖区",
    "南昌市西湖区工信局": "江西省南昌市西湖区",
    "上海市浦东新区科技和经济委员会": "上海市浦东新区",
    "横琴粤澳深度合作区经济发展局": "广东省珠海市横琴粤澳深度合作区",
    "深汕特别合作区科创局": "广东省深圳市深汕特别合作区",
    "雄安新区改革发展局": "河北省雄安新区",
    "西咸新区管委会": "陕西省西咸新区",
    "下城区经信局": "浙江省杭州市下城区",
    "临平区经信局": "浙江省杭州市临平区",
    "莱芜市经信委": "山东省莱芜市",
    "济南市莱芜区工信局": "山东省济南市莱芜区",
    "襄樊市经委": "湖北省襄樊市",
    "巢湖市经信局": "安徽省合肥市巢湖市",
    "济源示范区工信局": "河南省济源市",
    "神农架林区科经局": "湖北省神农架林区",
    "大兴安岭地区工信局": "黑龙江省大兴安岭地区",
    "阿拉善盟工信局": "内蒙古自治区阿拉善盟",
    "恩施州经信局": "湖北省恩施土家族苗族自治州",
    "黔东南州工信局": "贵州省黔东南苗族侗族自治州",
    "伊犁州工信局": "新疆维吾尔自治区伊犁哈萨克自治州",
    "景宁县经商局": "浙江省丽水市景宁畲族自治县",
    "前郭县工信局": "吉林省松原市前郭尔罗斯蒙古族自治县",
    "鄂伦春旗工信局": "内蒙古自治区呼伦贝尔市鄂伦春自治旗",
    "积石山县工信局": "甘肃省临夏回族自治州积石山保安族东乡族撒拉族自治县",
    "管城区工信局": "河南省郑州市管城回族区",
    "三沙市发改委": "海南省三沙市",
    "中国(上海)自由贸易试验区管理委员会": "上海市",
    "怀化市生态环境局沅陵分局": "湖南省怀化市沅陵县",
    "绍兴市生态环境局诸暨分局": "浙江省绍兴市诸暨市",
    "国家发展改革委办公厅": "全国",
    "长三角区域合作办公室": "长三角",
    "西安工信局": "陕西省西安市",  # 辽源 and 牡丹江 have a 西安区
    "西安高新区科技局": "陕西省西安市西安高新技术产业开发区",
    "大同科技局": "山西省大同市",
    "大同市工信局": "山西省大同市",
    "牡丹江市西安区工信局": "黑龙江省牡丹江市西安区",
    "大庆市大同区科技局": "黑龙江省大庆市大同区",
    "大连市中山区科技局": "辽宁省大连市中山区",
}
UNSURE = [
    "通州区经信局",
    "西湖区经信局",
    "鼓楼区工信局",
    "市经信局",
    "国际合作司",
    "产学研合作处",
    "市公安局",
    "中山大学科研处",
    "新市区工信局",
    "桥西区科技局",
]


@pytest.mark.parametrize(("office", "place"), SURE.items())
def test_an_office_stands_in_the_region_that_its_name_says(office: str, place: str) -> None:
    assert place_of(office) == place


@pytest.mark.parametrize("office", UNSURE)
def test_an_office_whose_place_is_not_sure_has_none(office: str) -> None:
    assert place_of(office) is None


@pytest.mark.parametrize(
    ("office", "within", "place"),
    [
        ("普陀区商务委", "上海市", "上海市普陀区"),
        ("普陀区经信局", "浙江省", "浙江省舟山市普陀区"),
        ("江北区经信委", "重庆市", "重庆市江北区"),
        ("江北区经信局", "宁波市", "浙江省宁波市江北区"),
        ("新市区工信局", "乌鲁木齐市", "新疆维吾尔自治区乌鲁木齐市新市区"),
        ("桥西区科技局", "石家庄市", "河北省石家庄市桥西区"),
        ("鼓楼区工信局", "江苏省", None),  # 南京 and 徐州 have one
    ],
)
def test_a_name_that_many_have_is_settled_by_the_source(office: str, within: str, place: str | None) -> None:
    assert place_of(office, within) == place


def test_no_name_of_a_region_is_a_single_character() -> None:
    assert [name for name in regions.by_name() if len(name) < 2] == []


def test_a_city_of_the_corps_lies_in_xinjiang_and_in_the_corps() -> None:
    shihezi = regions.find("石河子市")

    assert shihezi is not None
    assert {"新疆维吾尔自治区", "新疆生产建设兵团"} <= {
        regions.region(i).name for i in regions.ancestors(shihezi)
    }


def test_the_corps_is_told_by_the_province_of_its_cities() -> None:
    corps = regions.find("新疆生产建设兵团")
    assert corps is not None
    assert regions.chain(corps).province == "新疆维吾尔自治区"


@pytest.mark.parametrize("text", ["龙江企业智能工厂认定", "中原科技城管委会", "江南工业转型"])
def test_a_nickname_alone_is_no_county(text: str) -> None:
    assert leading_place(text) is None


def test_a_nickname_before_an_office_is_its_county() -> None:
    place = leading_place("龙江工信局")

    assert place
    assert regions.full_name(place.region).endswith("龙江县")
