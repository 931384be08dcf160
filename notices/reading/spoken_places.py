"""The places for which the words of a notice speak: those it names, its telephones, numbers and letters."""

import re
from collections.abc import Iterator
from functools import lru_cache

from notices.lexicon import issuers, regions
from notices.lexicon.area_codes import place_of_phones
from notices.lexicon.host_regions import region_of_host
from notices.lexicon.places import PlaceFound, places_in
from notices.reading.doc_number import numbers_in
from notices.reading.handed_on import prefixes_handed_on
from notices.reading.layout import Layout
from notices.reading.media_places import dateline_city, medium_place
from notices.reading.own_number import own_number
from notices.reading.page import Page
from notices.reading.site_places import SPOKEN_OF, host_place, named_folder, named_site, site_named
from notices.reading.values import Evidence

SITE = re.compile(r"(?<![\w.-])[a-z\d][a-z\d.-]{0,60}\.gov\.cn", re.ASCII)
STATIONED = re.compile(  # 中央驻豫单位, 在常高校: a letter stands for the province or city
    r"[驻在](?P<letter>[\u4e00-\u9fff])(?=(?:各|的)?(?:中央|部属|省属|央属|有关)?(?:单位|高校|高等|企业|科研|院所|院校|机构|央企))"
)


OF_OUR_CITY = re.compile(r"我市|本市")
FORWARDS_BEHIND = re.compile(r"[)\n ]?(?:关于)?转发")


def near_places(layout: Layout, hint: int | None, url: str | None) -> Iterator[int]:
    """Places on whose line a bare office may lie, the surest first."""
    said, medium = site_named(layout), medium_place(layout)
    named = (said and said[0], medium and medium[0], dateline_city(layout))
    yield from filter(None, (hint, host_place(url, layout), *named, *text_places(layout)))
    province = _province_of_number(layout)
    stationed = STATIONED.search(layout.page.clean)
    if stationed:
        yield from filter(None, (_by_letter(stationed["letter"], province),))
    yield from filter(None, (province, named_site(url), named_folder(url)))


def text_places(layout: Layout) -> Iterator[int]:
    """The place that the text speaks of, that its telephones are of, that the papers it cites are of."""
    cited = {name for one in numbers_in(layout.page) if (name := issuers.province_of_number(one.prefix))}
    by_number = regions.find(cited.pop()) if len(cited) == 1 else None
    places = (only_place(layout), place_of_phones(layout.page.clean), by_number)
    yield from (place for place in places if place is not None)


def told_places(layout: Layout, url: str | None) -> Iterator[int]:
    """Those that agree with the place whose government's site this is, where it is one: no event's venue."""
    site = host_place(url, layout)
    for place in text_places(layout):
        if site is None or regions.lies_in(place, site) or regions.lies_in(site, place):
            yield place


@lru_cache(maxsize=4)
def only_place(layout: Layout) -> int | None:
    """The one place, or line of places, that the text speaks of, of several the one in which all lie."""
    found = {place.region for place in places_in(layout.page.clean[:SPOKEN_OF])}
    lowest = [one for one in found if not any(one in regions.ancestors(other) for other in found)]
    if len(lowest) < 2:
        return lowest[0] if lowest else None
    shared = regions.shared_parent(lowest)
    return None if shared == regions.NATIONAL else shared


def title_places(title: Page, layout: Layout, url: str | None, source_region: int | None) -> list[PlaceFound]:
    """The places of the title; a name that several places bear is the one where site or text speak of."""
    near = source_region or host_place(url, layout)
    found = [*places_in(title.clean, near)]
    if found or near is not None:
        return found
    only = only_place(layout)
    nears = (only, *with_city(only), _linked_place(layout))
    return next((places for one in nears if (places := [*places_in(title.clean, one)])), [])


def with_city(place: int | None) -> Iterator[int]:
    """The city around a county or zone that is spoken of, in which the others of its districts lie."""
    steps = regions.path(place) if place is not None else ()
    if len(steps) > 1 and steps[-1].kind in ("county", "zone") and steps[-2].name.endswith("市"):
        yield steps[-2].id


def _linked_place(layout: Layout) -> int | None:
    """The place, or line of places, whose governments' sites the text names."""
    hosts = {match.group().lower() for match in SITE.finditer(layout.page.clean)}
    found = {place for host in hosts if (place := region_of_host(host)) not in (None, regions.NATIONAL)}
    lowest = [one for one in found if not any(one in regions.ancestors(other) for other in found)]
    return lowest[0] if len(lowest) == 1 else None


def _province_of_number(layout: Layout) -> int | None:
    """The province whose letter the notice's own number begins with, or that of the paper it hands on."""
    number = own_number(layout)
    prefix = number.value if number else next(prefixes_handed_on(layout), "")
    name = issuers.province_of_number(prefix) if prefix else None
    return regions.find(name) if name else None


def city_of_number(layout: Layout, province: int) -> tuple[int, Evidence, str] | None:
    """The city of a province whose letter begins the number of the paper that hands another on.

    马住建函〔2019〕238号转发关于…: the number of the page's own paper, where its attachment bears its title.
    """
    if regions.region(province).kind != "province" or not OF_OUR_CITY.search(layout.page.clean):
        return None
    for number in numbers_in(layout.page):
        if number.prefix and FORWARDS_BEHIND.match(layout.page.clean, number.end):
            city = _by_letter(number.prefix[0], province)
            if city and regions.region(city).kind == "city":
                return city, layout.page.evidence(number.start, number.end), "地区由文号与“我市”推知"
    return None


def _by_letter(letter: str, province: int | None) -> int | None:
    """The one city of the province with a letter in its name (在常高校: 常州), else the letter's province."""
    cities = [
        place.id
        for place in regions.all_regions()
        if province is not None
        and place.kind == "city"
        and letter in place.short
        and not place.retired
        and regions.lies_in(place.id, province)
    ]
    name = issuers.province_of_number(letter)
    return cities[0] if len(cities) == 1 else regions.find(name) if name else None
