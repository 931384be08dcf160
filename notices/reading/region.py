"""For which region a notice is: its issuer's, whatever places the text names."""

import re

from notices.lexicon import regions
from notices.lexicon.issuers import host_says, national_body
from notices.lexicon.normal import HAN
from notices.lexicon.places import leading_place, places_in
from notices.reading.layout import Layout
from notices.reading.office_names import at_level
from notices.reading.page import Page
from notices.reading.unsigned import IssuerFound, only_place
from notices.reading.values import Evidence

EXCEPT = re.compile(rf"不含(?P<names>[{HAN}、,和]{{2,40}})|[(,](?P<but>[{HAN}、,和]{{2,40}}?)除外")
ZONE = re.compile(
    rf"^(?:中国\([{HAN}]{{2,4}}\)自由贸易试验区[{HAN}]{{0,8}}片区|[{HAN}]{{2,16}}?(?:经济技术开发区|高新技术产业开发区|经济开发区|高新技术开发区|高新区|经开区|开发区|工业园区?|产业园区?|示范区|保税区|新区))"
)
OURS = re.compile(r"(?:我|本|全)(?P<level>省|市|县|区|自治区|州)(?!级)")


def find_region(
    issuer: IssuerFound | None, title: Page, layout: Layout, url: str | None, source_region: int | None
) -> tuple[int | None, Evidence | None, str]:
    """The region, what proves it, and a doubt for staff (empty when there is none)."""
    if issuer and issuer.region is not None:
        return issuer.region, issuer.evidence, _doubt(issuer.region, source_region)
    place = next(places_in(title.clean, source_region), None)
    if place:
        return place.region, title.evidence(place.start, place.end), _doubt(place.region, source_region)
    spoken = _spoken_of(layout) or _named_in_title(title, layout)
    if spoken:
        return spoken
    if source_region is not None:
        return source_region, Evidence("", "source"), "地区取自来源，正文未写明"
    host = host_says(url)
    if host:
        region = regions.NATIONAL if national_body(host) else regions.find(host)
        return region, Evidence(url or "", "meta"), "地区只由网址推知"
    return None, None, "地区未能确定"


def find_excluded(title: Page, layout: Layout, region: int | None) -> tuple[int, ...]:
    """The places that a notice says it is not for (不含宁波): found inside its own region only."""
    if region is None:
        return ()
    head = layout.salutation.text if layout.salutation else ""
    found: list[int] = []
    for match in EXCEPT.finditer(f"{title.clean}\n{head}"):
        for name in re.split(r"[、,和]", match["names"] or match["but"]):
            place = regions.find(name, region)
            found += [place] if place and place != region else []
    return tuple(dict.fromkeys(found))


def level_of(region: int | None) -> tuple[int, str]:
    """0 for the nation and what is unknown, 1 province, 2 city, 3 below; and what it calls itself (市)."""
    if region is None:
        return 0, ""
    place = regions.region(region)
    level = {"province": 1, "corps": 1, "city": 2, "county": 3, "zone": 3}.get(place.kind, 0)
    return level, place.name[-1]


def zone_of(issuer: IssuerFound | None) -> str:
    """The development zone whose office the issuer is, when the region table does not hold it."""
    if issuer is None or issuer.region is None or regions.region(issuer.region).kind == "zone":
        return ""
    match = ZONE.match(issuer.name)
    place = leading_place(issuer.name)
    known = match is not None and place is not None and place.end >= match.end()
    return match.group() if match and not known and not regions.find(match.group()) else ""


def _spoken_of(layout: Layout) -> tuple[int, Evidence, str] | None:
    """The place that the text calls its own (我省, 本市), when it speaks of one line of places only."""
    near = only_place(layout)
    match = OURS.search(layout.page.clean)
    step = at_level(near, match["level"]) if near is not None and match else None
    if step is None or match is None:
        return None
    return step.id, layout.page.evidence(*match.span()), "地区由正文所称“我省”“我市”推知"


def _named_in_title(title: Page, layout: Layout) -> tuple[int, Evidence, str] | None:
    """The one place that the text speaks of, when the title begins with its name (朝阳区部署…)."""
    near = only_place(layout)
    name = regions.region(near).name if near is not None else ""
    if near is None or not title.clean.startswith(name):
        return None
    return near, title.evidence(0, len(name)), ""


def _doubt(region: int, source_region: int | None) -> str:
    """A notice of a place that has nothing to do with its source's is worth a look."""
    if (
        source_region is None
        or regions.lies_in(region, source_region)
        or regions.lies_in(source_region, region)
    ):
        return ""
    return f"发文机关在{regions.full_name(region)}，来源在{regions.full_name(source_region)}"


def names_upward(region: int | None) -> tuple[tuple[str, ...], ...]:
    """All names of a place and of those above it, the finest first; none for the whole country."""
    steps = regions.path(region) if region is not None else ()
    return tuple(step.names for step in reversed(steps))
