"""The place that a notice's address speaks for: whose site it is, whose name it bears."""

import re
from functools import cache, lru_cache

from notices.lexicon import issuers, regions
from notices.lexicon.host_initials import abbreviated_by_letter, abbreviated_in, abbreviated_under
from notices.lexicon.host_regions import names, region_of_host
from notices.lexicon.issuers import national_body
from notices.lexicon.normal import HAN
from notices.lexicon.places import leading_place
from notices.reading.doc_number import numbers_in
from notices.reading.layout import Layout
from notices.reading.page import Line
from notices.reading.values import Placed

OF_A_PLACE = re.compile(  # 温政发; 建科 and 国发改 are ministries'
    rf"(?![国中])[{HAN}](?:政|府|委|经信|经贸|经发|工信|发改|人社|市监)"
)
SITE_NAMED = re.compile(  # 来源:余姚市人民政府网: from whose site a page was taken
    rf"(?:来源|来自|转自|转载自|稿源|出处)[:]?\s*\|?\s*(?P<name>[{HAN}]{{2,14}}?(?:人民)?政府)"
    r"(?:公众|公众信息|门户|官方|信息公开|信息)?(?:官?网|信息网|公众号|公开平台)"
)
CITY_PORTAL = re.compile(  # 来源:中国赣州网-赣南日报: of a text that says 我市
    rf"(?:来源|来自|转自|转载自|稿源|出处)[:]?\s*\|?\s*中国(?P<name>[{HAN}]{{2,6}})网(?![{HAN}])"
)
SPELT = 5  # letters of a host's label that can spell a place
HEAD, LONGEST_LINE = 3, 120  # lines, and characters of one, that can tell a page's source
SPOKEN_OF = 1500  # characters of the body in which a place can stand for the issuer's


@lru_cache(maxsize=4)  # issuer, region and deadlines each ask it of their notice
def host_place(url: str | None, layout: Layout) -> int | None:
    """The place whose government's site this is; None for national bodies and other people's sites."""
    known, host = _known_site(url), issuers.host_of(url)
    named = known or abbreviated_in(host, layout.page.clean[:SPOKEN_OF])
    named = named or abbreviated_by_letter(host, _letters_cited(layout))
    province = None if named else _province_cited(layout) or _province_named(layout)
    return named or (abbreviated_under(host, province) if province else None)


def _province_cited(layout: Layout) -> int | None:
    """The one province whose papers are cited: 黔财农〔2025〕43号."""
    prefixes = (number.prefix for number in numbers_in(layout.page) if number.end < SPOKEN_OF)
    cited = {name for prefix in prefixes if (name := issuers.province_of_number(prefix))}
    return regions.find(cited.pop()) if len(cited) == 1 else None


def _province_named(layout: Layout) -> int | None:
    """The one province that the text names in full."""
    named = {found.group() for found in _provinces().finditer(layout.page.clean, 0, SPOKEN_OF)}
    return regions.find(named.pop()) if len(named) == 1 else None


@cache
def _provinces() -> re.Pattern[str]:
    return re.compile("|".join(place.name for place in regions.all_regions() if place.kind == "province"))


def _letters_cited(layout: Layout) -> str:
    """The letters of places, but for provinces', with which papers that are cited begin: 温 of 温政发."""
    prefixes = (number.prefix for number in numbers_in(layout.page) if number.end < SPOKEN_OF)
    return "".join(
        {prefix[0] for prefix in prefixes if OF_A_PLACE.match(prefix) and not _is_provinces(prefix)}
    )


def _is_provinces(prefix: str) -> bool:
    place = regions.find(issuers.province_of_number(prefix) or "")
    return place is not None and regions.region(place).kind == "province"


def site_named(layout: Layout) -> Placed | None:
    """The place from whose government's site the page says that it was taken, or from whose city's portal."""
    line, named = _source(SITE_NAMED, layout)
    place = leading_place(named["name"]) if named else None
    region = place.region if place else None
    if named is None and "我市" in layout.page.clean[:SPOKEN_OF]:
        line, named = _source(CITY_PORTAL, layout)
        region = _city_called(named["name"]) if named else None
    if line is None or named is None or region is None:
        return None
    proof = layout.page.evidence(*(line.start + at for at in named.span("name")))
    return region, proof, "地区由页面所注来源网站推知"


def _source(said: re.Pattern[str], layout: Layout) -> tuple[Line | None, re.Match[str] | None]:
    """The first line at the head or foot of a page that says so from where it was taken."""
    lines = (*layout.furniture, *layout.body[:HEAD], *layout.body[-HEAD:])
    found = ((line, said.search(line.text, 0, LONGEST_LINE)) for line in lines)
    return next(((line, match) for line, match in found if match), (None, None))


def _city_called(name: str) -> int | None:
    """The city of this short name, of no other place's."""
    place = regions.find(name)
    return place if place and regions.region(place).kind == "city" else None


@lru_cache(maxsize=64)
def _known_site(url: str | None) -> int | None:
    name, place = issuers.host_says(url), region_of_host(issuers.host_of(url))
    said = regions.find(name) if name and not national_body(name) else None
    if name and (said is None or place is None or not regions.lies_in(place, said)):
        return said
    return None if place == regions.NATIONAL else place


def named_site(url: str | None) -> int | None:
    """The province or city by which another people's site calls itself in full: tongling.kjzxfw.com."""
    labels = [label for label in issuers.host_of(url).split(".")[:-1] if len(label) >= SPELT]
    found = (names().regions.get(label) for label in labels)
    cities = [place for place in found if place and regions.region(place).kind in ("province", "city")]
    return cities[0] if cities and not issuers.host_of(url).endswith(".gov.cn") else None


def named_folder(url: str | None) -> int | None:
    """The city by which such a site calls a folder, in the province that it calls itself by."""
    site = named_site(url)
    parts = (part for part in issuers.path_of(url).split("/")[:-1] if site and len(part) >= SPELT)
    found = (names().regions.get(part) for part in parts)
    return next((place for place in found if place and site and regions.lies_in(place, site)), None)


def city_site(url: str | None, layout: Layout) -> int | None:
    """The city whose government's site this is, or by which other people's site calls a folder or itself."""
    found = (host_place(url, layout), named_folder(url), named_site(url))
    return next((place for place in found if place and regions.region(place).kind == "city"), None)
