"""A story that calls its place its own is of the place in its medium's name, whatever else it names."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from notices.lexicon import regions
from notices.lexicon.places import is_read_alone
from notices.lexicon.regions import Region
from notices.reading import read

PROVINCES = {p.id for p in regions.all_regions() if p.kind == "province" and p.code < "710000"}
CITIES = [
    place
    for place in regions.all_regions()
    if place.kind == "city"
    and place.name.endswith("市")
    and not place.retired
    and {*place.parents} & PROVINCES
    if regions.find(place.short) == place.id and is_read_alone(place.short)
]
OF_PROVINCES = [c for c in CITIES if (regions.chain(c.id).province or "").endswith("省")]
MEDIA = (  # how a page names whose story it shows
    "来源：{}日报　时间：2024-03-05 09:10\n",
    "来源：{}晚报\n",
    "2024-03-05　来源：《{}日报》\n",
    "来源：中国{0}网-{0}日报\n",
    "来源：{}经信　阅读：52\n",
    "来源：微信公众号“{}科技”\n",
    "{}生态环境 2024-03-05 18:20\n",
    "{}日报讯（记者 李伟）",
    "来源：{}新闻网\n本报讯（记者 李伟）",
)
BESIDE = (
    "",
    "其他入选企业来自{0}、{1}等地。",
    "会上，{0}有关负责人介绍了经验。",
    "据悉，{0}已有9家企业入选。",
)
TITLE = "我市5家企业入选国家级绿色制造名单"
TOLD = "工业和信息化部近日公布绿色制造名单，我市5家企业入选，数量居前列。{}下一步，我市将加大培育力度。"
WHOLE = "全省绿色制造推进会召开"
MET = "3月5日，全省绿色制造推进会召开，总结去年工作，部署今年任务。{}"
cities, media = st.sampled_from(CITIES), st.sampled_from(MEDIA)


def region_of(title: str, text: str) -> int | None:
    found = read(title, f"{title}\n{text}", date(2024, 3, 6)).regions
    return found[0] if found else None


@given(cities, media, st.sampled_from(BESIDE), cities, cities)
@settings(max_examples=300, deadline=None)
def test_our_city_is_that_of_the_medium(
    city: Region, medium: str, beside: str, one: Region, other: Region
) -> None:
    told = TOLD.format(beside.format(one.name, other.name))

    assert region_of(TITLE, medium.format(city.short) + told) == city.id


@given(st.sampled_from(OF_PROVINCES), media, cities)
@settings(max_examples=200, deadline=None)
def test_the_whole_province_is_that_around_the_medium(city: Region, medium: str, other: Region) -> None:
    told = MET.format(f"{other.name}应邀介绍经验。")

    assert region_of(WHOLE, medium.format(city.short) + told) == (*{*city.parents} & PROVINCES,)[0]
