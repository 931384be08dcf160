"""Whoever signs or heads a notice says its region, for any place of the table and whatever else it names."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from notices.lexicon import regions
from notices.lexicon.host_regions import names
from notices.lexicon.places import COMMON
from notices.lexicon.regions import Region
from notices.reading import read

TITLE = "关于组织申报2023年度技术改造项目的通知"
PROVINCES = {p.id for p in regions.all_regions() if p.kind == "province" and p.code < "710000"}
PLACES = [
    place
    for place in regions.all_regions()
    if place.kind in ("city", "county") and not place.retired and regions.ancestors(place.id) & PROVINCES
]
OWN_NAME = [place for place in PLACES if regions.find(place.name) == place.id and place.name not in COMMON]
SHARED = [place for place in PLACES if regions.find(place.name) is None]
SITES = {place: f"http://www.{name}.gov.cn/a/1.html" for name, place in names().regions.items()}
OFFICES = st.sampled_from(
    ("工业和信息化局", "科技局", "发展和改革委员会", "人民政府办公室", "市场监督管理局")
)
SIGNED = (  # title, lines above the text, lines below it
    (TITLE, "", "\n{0}\n2023年5月18日"),
    ("{0}" + TITLE, "", ""),
    (TITLE, "{0}文件\n\n" + TITLE + "\n", ""),
    (TITLE, "信息来源：{0}　发布时间：2023-05-18　浏览次数：71\n", ""),
)
CITIES = [place for place in PLACES if place.kind == "city"]
BESIDE = (  # other places, each of which is nobody's who calls
    "",
    "培训地点：{0}国际会展中心，请参会人员自行安排食宿。\n",
    "会议将邀请{0}有关企业交流经验，学习{0}绿色工厂建设的先进做法。\n",
    "附件：推荐名单\n1.{0}恒达机械有限公司\n2.{0}金龙化工有限公司\n",
    "受托机构：{0}质量技术检验研究院，地址：{0}人民路88号。\n",
)
BODY = (
    "各有关单位：\n为做好2023年度技术改造项目申报工作，现将有关事项通知如下。\n一、申报条件\n{}"
    "请于2023年6月9日前将申报材料报送至我局，逾期不予受理。"
)


def region_of(place: Region, office: str, signed: int, beside: str, url: str | None = None) -> int | None:
    title, above, below = (part.format(place.name + office) for part in SIGNED[signed])
    found = read(title, above + BODY.format(beside) + below, date(2023, 5, 20), url).regions
    return found[0] if found else None


beside = st.builds(
    lambda words, city: words.format(city.name), st.sampled_from(BESIDE), st.sampled_from(CITIES)
)
signed = st.integers(0, len(SIGNED) - 1)


@given(st.sampled_from(OWN_NAME), OFFICES, signed, beside)
@settings(max_examples=250, deadline=None)
def test_the_office_says_the_region_whatever_else_is_named(
    place: Region, office: str, signed: int, beside: str
) -> None:
    assert region_of(place, office, signed, beside) == place.id


@given(st.sampled_from(SHARED), OFFICES, signed, beside)
@settings(max_examples=250, deadline=None)
def test_a_name_that_several_bear_is_one_of_theirs_or_unknown(
    place: Region, office: str, signed: int, beside: str
) -> None:
    found = region_of(place, office, signed, beside)

    assert found is None or place.name in regions.region(found).names


@given(st.sampled_from([p for p in SHARED if {*p.parents} & SITES.keys()]), OFFICES, signed, beside)
@settings(max_examples=250, deadline=None)
def test_a_name_that_several_bear_is_that_citys_whose_site_it_is_on(
    place: Region, office: str, signed: int, beside: str
) -> None:
    site = next(SITES[above] for above in place.parents if above in SITES)

    assert region_of(place, office, signed, beside, site) == place.id
