"""For which region a notice is: its issuer's, whatever places the text names."""

import re

from notices.lexicon import regions
from notices.lexicon.issuers import facts, host_says, national_body
from notices.lexicon.kinds import Kind
from notices.lexicon.normal import HAN
from notices.lexicon.places import LONGEST, ORDINARY_SHORT, leading_place
from notices.reading.layout import Layout
from notices.reading.office_names import at_level
from notices.reading.page import Page
from notices.reading.unsigned import (
    BARELY_NAMED,
    FORWARDS,
    IssuerFound,
    host_place,
    only_place,
    text_places,
    title_places,
)
from notices.reading.values import Evidence

EXCEPT = re.compile(rf"不含(?P<names>[{HAN}、,和]{{2,40}})|[(,](?P<but>[{HAN}、,和]{{2,40}}?)除外")
ZONE = re.compile(
    rf"^(?:中国\([{HAN}]{{2,4}}\)自由贸易试验区[{HAN}]{{0,8}}片区|[{HAN}]{{2,16}}?(?:经济技术开发区|高新技术产业开发区|经济开发区|高新技术开发区|高新区|经开区|开发区|工业园区?|产业园区?|示范区|保税区|新区))"
)
ZONE_OF = re.compile(rf"(?P<city>[{HAN}]{{2,3}})[{HAN}]{{0,6}}(?:高新|经开|开发|试验|示范|新|经济)区")
MEDIUM = re.compile(
    rf"(?P<name>[{HAN}]{{2,5}}?)(?:融媒|新闻|日报|晚报|早报|电视台|广播|在线|新闻网|发布(?!时|日|单|机|者|于|部))"
)
EVERYWHERE = re.compile(r"各省、自治区|各省\(|各省、市|各省级")
PARTS = re.compile(
    r"各(?:(?P<cities>(?:设区)?的?(?:地级)?(?:以上)?(?:市|地市|盟市|州市)(?:\(州|\(地|[、,科工经生发人])|市州|盟市|设区市|地市|州市|省辖市)"
    r"|(?P<counties>辖?(?:县|区|旗)|市\(县|辖市)|(?P<towns>镇|乡|街道|园区))"
)
OUR_OWN = re.compile(
    r"(?:我|本)(?P<level>省|市|县|区|自治区|州)(?!级)"
)  # 全省 may be spoken of by its cities
OURS = re.compile(r"(?:我|本|全)(?P<level>省|市|县|区|自治区|州)(?!级)")


def find_region(
    issuer: IssuerFound | None,
    title: Page,
    layout: Layout,
    url: str | None,
    source_region: int | None,
    kind: Kind,
) -> tuple[int | None, Evidence | None, str]:
    """The region, what proves it, and a doubt for staff (empty when there is none)."""
    local = _local_story(title, layout, issuer) if kind is Kind.NEWS else None
    local = local or _handed_on_by(title, layout, issuer, url)
    if local:
        return local
    if issuer and issuer.region is not None:
        return issuer.region, issuer.evidence, _doubt(issuer.region, source_region)
    everywhere = _everywhere(layout)
    if everywhere:
        return everywhere
    place = next(iter(title_places(title, layout, url, source_region)), None)
    if place:
        return place.region, title.evidence(place.start, place.end), _doubt(place.region, source_region)
    spoken = _spoken_of(layout) or _named_in_title(title, layout) or _addressed(layout)
    return spoken or _by_source(source_region, url)


def _by_source(source_region: int | None, url: str | None) -> tuple[int | None, Evidence | None, str]:
    """The region of the source, or of the site; unknown where neither says any."""
    if source_region is not None:
        return source_region, Evidence("", "source"), "地区取自来源，正文未写明"
    host = host_says(url)
    region = regions.NATIONAL if host and national_body(host) else host_place(url)
    if region is not None:
        return region, Evidence(url or "", "meta"), "地区只由网址推知"
    return None, None, "地区未能确定"


def _handed_on_by(
    title: Page, layout: Layout, issuer: IssuerFound | None, url: str | None
) -> tuple[int, Evidence, str] | None:
    """The place below the one whose paper is handed on, by nobody that is named: its site, its addressees."""
    if not FORWARDS.match(title.clean) or (issuer and issuer.confidence > BARELY_NAMED):
        return None
    above = issuer.region if issuer and issuer.region else regions.NATIONAL
    site = host_place(url)
    if site and _lower(site, above):
        return site, Evidence(url or "", "meta"), "地区由网址推知：转发上级文件"
    below = _addressed(layout)
    return below if below and _lower(below[0], above) else None


def _everywhere(layout: Layout) -> tuple[int, Evidence, str] | None:
    """The whole country, where all its provinces are addressed."""
    line = layout.salutation
    if line is None or not EVERYWHERE.search(line.text):
        return None
    return regions.NATIONAL, layout.page.evidence(line.start, line.end), ""


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
    near, said = next(text_places(layout), None), layout.page.clean
    match = OUR_OWN.search(said) or OURS.search(said)
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


def _addressed(layout: Layout) -> tuple[int, Evidence, str] | None:
    """The place on the line that the text speaks of whose parts are addressed: 各市(州), 各县(市、区)."""
    line = layout.salutation
    match = PARTS.search(line.text) if line else None
    if line is None or match is None:
        return None
    kind = "city" if match["counties"] else "province" if match["cities"] else "county"
    nears = (_shared(line.text), *text_places(layout))
    steps = (step for near in nears if near for step in regions.path(near))
    step = next((step for step in steps if step.kind == kind), None)
    return (step.id, layout.page.evidence(line.start, line.end), "地区由收文单位推知") if step else None


def _shared(line: str) -> int | None:
    """The place in which all lie that a line addresses: 肇庆高新区管委会、肇庆新区管委会."""
    parts = re.split(r"[、,]", line)
    named = [place.region for part in parts if (place := leading_place(part))]
    zones = (ZONE_OF.match(part) for part in parts)
    named += [city for zone in zones if zone for n in (3, 2) if (city := _city(zone["city"][:n]))]
    shared = regions.shared_parent(named) if named else regions.NATIONAL
    return None if shared == regions.NATIONAL else shared


def _city(name: str) -> int | None:
    found = regions.find(name)
    return found if found and regions.region(found).kind == "city" else None


def _by_media(layout: Layout) -> tuple[int, Evidence, str] | None:
    """The place whose paper or station tells the story: 来源:保康融媒网."""
    for line in (*layout.furniture, *layout.body[:3]):
        for match in MEDIUM.finditer(line.text):
            ends = (match["name"][n:] for n in range(len(match["name"]) - 1))
            place = next(filter(None, map(regions.find, ends)), None)
            if place and regions.region(place).kind in ("city", "county"):
                return place, layout.page.evidence(line.start + match.start(), line.start + match.end()), ""
    return None


def _local_story(title: Page, layout: Layout, issuer: IssuerFound | None) -> tuple[int, Evidence, str] | None:
    """The place within the issuer's that a story is of: it begins its title, or the text calls it its own."""
    above = issuer.region if issuer and issuer.region is not None else regions.NATIONAL
    whole = leading_place(title.clean)
    if whole:
        return (whole.region, title.evidence(0, whole.end), "") if _lower(whole.region, above) else None
    for length in range(min(LONGEST, len(title.clean)), 1, -1):
        name = title.clean[:length]
        place = None if name in ORDINARY_SHORT else regions.find(name)
        if place and not title.clean.startswith(facts().not_offices, length):
            return (place, title.evidence(0, length), "") if _lower(place, above) else None
    spoken = _spoken_of(layout) or _by_media(layout)
    return spoken if spoken and _lower(spoken[0], above) else None


def _lower(place: int, above: int) -> bool:
    return place != above and regions.lies_in(place, above)


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
