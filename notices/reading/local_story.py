"""Of which place a story is: what its title begins with or names, its text calls its own, its paper is of."""

import re
from collections.abc import Iterator

from notices.lexicon import regions
from notices.lexicon.issuers import facts, national_body
from notices.lexicon.normal import HAN
from notices.lexicon.places import (
    LONGEST,
    ORDINARY_SHORT,
    PlaceFound,
    is_read_alone,
    leading_place,
    places_in,
)
from notices.reading.layout import Layout
from notices.reading.media_places import medium_place
from notices.reading.office_names import at_level
from notices.reading.own_words import OUR_OWN, OURS, places_spoken_of, spoken_of
from notices.reading.page import Page
from notices.reading.spoken_places import near_places, only_place
from notices.reading.values import Placed
from notices.reading.whole_place import told_of_whole

HEARD_FROM = re.compile(  # 记者从省工信厅获悉: the paper tells it, the office's place is told of
    rf"从(?P<level>自治区|[省市区县州盟旗])(?=[{HAN}]{{2,16}}?(?:获悉|了解到|得知|获知))"
)
TELLS_OF_ALL = re.compile(r"(?:(?<!新闻)网|信息港|(?<![日晚晨早市])报)$")  # 中国丽水网, 深圳商报
CRY = re.compile(rf"(?:[【\[(][^【】\[\]()]{{1,8}}[】\])]|@?[{HAN}]{{1,6}}!{{1,3}}){{1,2}}")  # 速看!襄阳…
COUNTING = re.compile(  # 国家级名单公布,绥化新增8家
    rf"[,!:?。 ](?P<name>[{HAN}]{{2,5}}?)"
    r"(?=(?:再?新增|再添|喜添|新添|拟?入选|上榜|又?有)?[\d一二三四五六七八九十两]{1,3}[家户个项])"
)
DATELINE_ENDS = ":,|丨"
# What a place does of which a headline tells: 河北武安发布…, 浙江诸暨开展…
ACTS = (
    "发布",
    "公布",
    "印发",
    "出台",
    "启动",
    "开展",
    "召开",
    "举办",
    "组织",
    "部署",
    "推进",
    "推动",
    "推出",
    "征集",
    "积极",
    "深入",
    "扎实",
    "全力",
    "全面",
    "持续",
    "强化",
    "聚焦",
    "加快",
    "加强",
    "落实",
    "实施",
    "制定",
    "建成",
    "获批",
    "入选",
    "打造",
    "多措并举",
    "拟",
)


def local_story(title: Page, layout: Layout, url: str | None, above: int) -> Placed | None:
    """The place within `above` that a story is of; None where it is of `above` itself, or unknown."""
    whole = _dateline(title.clean) or leading_place(title.clean)
    head = (whole.region, title.evidence(0, whole.end), "") if whole else short_at_head(title)
    head = head or _short_in_clause(title, layout)
    signs = iter((head,)) if head else _story_signs(title, layout, url, above)
    return next((sign for sign in signs if sign and _lower(sign[0], above)), None)


def _story_signs(title: Page, layout: Layout, url: str | None, above: int) -> Iterator[Placed | None]:
    whole = told_of_whole(title, layout, url)
    yield whole
    ours = OUR_OWN.search(title.clean)  # 我市36家企业参与福州市…评价: it lies in the place named
    named = _lowest_in_title(title)
    own = spoken_of(layout, url, own=True) if ours and named else None
    if own and named and _lower(own[0], named[0]):
        yield own
    yield named
    heard = _heard_from(layout, url)
    local = heard and regions.region(heard[0]).kind != "province"
    if local and not OUR_OWN.search(layout.page.clean):  # 全省 is then what it is compared with
        yield heard
    yield from places_spoken_of(layout, url)
    yield heard
    if above == regions.NATIONAL and whole is None and not _of_the_nation(title, layout):
        yield _by_media(layout)


def told_of_only(layout: Layout) -> Placed | None:
    """The city or county, with those around it, that a whole story tells of and no other."""
    near = only_place(layout)
    if near is None or regions.region(near).kind not in ("city", "county"):
        return None
    told = (place for place in places_in(layout.page.clean) if regions.lies_in(place.region, near))
    proof = next((layout.page.evidence(place.start, place.end) for place in told), None)
    return (near, proof, "地区由报道所述之地推知") if proof else None


def _dateline(title: str) -> PlaceFound | None:
    """The short names down to a place that a title begins with, as papers do: 浙江诸暨:…"""
    end = next((n for n in range(2, LONGEST) if title[n : n + 1] in (*DATELINE_ENDS,)), 0)
    for n in range(2, end - 1):
        above = regions.find(title[:n])
        place = regions.find(title[n:end], above) if above else None
        if place and place != above:
            return PlaceFound(place, 0, end)
    return None


def short_at_head(title: Page) -> Placed | None:
    """The place whose short name the title begins with (沈阳锅炉…排污许可证…)."""
    chain = _chain_that_acts(title.clean)
    if chain:
        return chain.region, title.evidence(0, chain.end), ""
    cry = CRY.match(title.clean)
    first = cry.end() if cry else 0
    for end in range(min(first + LONGEST, len(title.clean)), first + 1, -1):
        name = title.clean[first:end]
        place = regions.find(name) if is_read_alone(name) else None
        whole = title.clean[first : end + 1] in regions.by_name()  # 西安区 is not 西安
        graded = place == regions.NATIONAL and title.clean.startswith("级", end)  # 国家级名单公布,…
        if place and not whole and not graded and not title.clean.startswith(facts().not_offices, end):
            return place, title.evidence(first, end), ""
    return None


def _short_in_clause(title: Page, layout: Layout) -> Placed | None:
    """The place whose short name begins a clause of the title that counts its own, and one of the text."""
    for clause in COUNTING.finditer(title.clean):
        name = clause["name"]
        place = regions.find(name) if is_read_alone(name) else None
        told = layout.page.clean.replace(title.clean, "", 1)
        if place and place != regions.NATIONAL and any(stop + name in told for stop in ",。;:\n"):
            return place, title.evidence(*clause.span("name")), ""
    return None


def _chain_that_acts(title: str) -> PlaceFound | None:
    """The short name of a place, behind that of its province or city, of which the title tells an act."""
    for n in (2, 3):
        above = regions.find(title[:n])
        names = (title[n:end] for end in range(min(n + LONGEST, len(title)), n + 1, -1)) if above else ()
        for name in names:
            acts = name not in ORDINARY_SHORT and title.startswith(ACTS, n + len(name))
            place = regions.find(name, above) if acts else None
            if place and above and _lower(place, above):
                return PlaceFound(place, 0, n + len(name))
    return None


def headed_and_told(title: Page, layout: Layout) -> Placed | None:
    """The place that begins the title, when a clause of the text begins with it too."""
    found = short_at_head(title)
    if found is None:
        return None
    told, name = layout.page.clean, found[1].quote
    return found if told.startswith(name) or any(stop + name in told for stop in ",。;:\n") else None


def _lowest_in_title(title: Page) -> Placed | None:
    """The narrowest of the places of a title that lie on one line: 绍兴市…名单出炉,越城区企业领先."""
    places = [*places_in(title.clean)]
    wider = frozenset[int]().union(*(regions.ancestors(place.region) for place in places))
    lowest = [place for place in places if place.region not in wider]
    if len({place.region for place in lowest}) != 1:
        return None
    return lowest[0].region, title.evidence(lowest[0].start, lowest[0].end), ""


def _heard_from(layout: Layout, url: str | None) -> Placed | None:
    """The place of the office, named by its level, from which a reporter heard what is told."""
    heard = HEARD_FROM.search(layout.page.clean)
    for near in near_places(layout, None, url) if heard else ():
        place = at_level(near, heard["level"]) if heard else None
        if place and heard:
            return place.id, layout.page.evidence(*heard.span()), "地区由记者所访机关推知"
    return None


def _by_media(layout: Layout) -> Placed | None:
    """The city or county whose paper, station or account tells the story: 来源:保康融媒网."""
    medium = medium_place(layout)
    if medium is None or TELLS_OF_ALL.search(medium[1].quote):
        return None
    return medium if regions.region(medium[0]).kind in ("city", "county") else None


def _of_the_nation(title: Page, layout: Layout) -> bool:
    """Whether a ministry begins the title, and no place calls what is told its own: 工信部:第五批…启动."""
    return national_body(title.clean) is not None and not OURS.search(layout.page.clean)


def _lower(place: int, above: int) -> bool:
    return place != above and regions.lies_in(place, above)
