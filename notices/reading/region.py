"""For which region a notice is: its issuer's, whatever places the text names."""

import re
from functools import partial

from notices.lexicon import regions
from notices.lexicon.issuers import host_of, host_says, national_body
from notices.lexicon.kinds import Kind
from notices.lexicon.normal import HAN
from notices.lexicon.places import leading_place, shared_name
from notices.reading.agreed_place import agreed_place, counter_place
from notices.reading.counties_city import addresses_counties, asks_counties_of_city
from notices.reading.handed_on import FORWARDS
from notices.reading.layout import Layout
from notices.reading.local_story import headed_and_told, local_story, told_of_only
from notices.reading.office_names import at_level
from notices.reading.own_words import (
    OUR_OWN,
    addressed,
    cities_addressed,
    named_in_title,
    spoken_of,
    towns_addressed,
)
from notices.reading.page import Page
from notices.reading.site_places import host_place, site_named
from notices.reading.spoken_places import city_of_number, title_places
from notices.reading.story_signs import is_told
from notices.reading.values import BARELY_NAMED, Evidence, IssuerFound, Placed
from notices.reading.whole_place import is_wired

EXCEPT = re.compile(rf"不含(?P<names>[{HAN}、,和]{{2,40}})|[(,](?P<but>[{HAN}、,和]{{2,40}}?)除外")
ZONE = re.compile(
    rf"^(?:中国\([{HAN}]{{2,4}}\)自由贸易试验区[{HAN}]{{0,8}}片区|[{HAN}]{{2,16}}?(?:经济技术开发区|高新技术产业开发区|经济开发区|高新技术开发区|高新区|经开区|开发区|工业园区?|产业园区?|科技园区|示范区|保税区|新区|科技城|科学城|合作区|试验区|度假区|大走廊))"
)
# Who holds what is held for the whole country: 第五届中华宝钢环境奖组委会公告. A region's own bears its name.
OF_THE_NATION = re.compile(
    rf"^(?:第[{HAN}]{{1,4}}届)?(?P<name>(?:中华|中国|全国)(?!共产党|人民|共和国)[{HAN}]{{2,24}}?"
    r"(?:组委会|组织委员会|评选委员会|评审委员会|奖励委员会|评选办公室|奖励办公室|协会|学会|联合会|研究会|促进会|基金会))"
    r"(?=关于|公告|通知|公示|\d|第|$)"
)
# What an inspection of the whole province found is put right, and told of, by the place that it found it in.
PUT_RIGHT = re.compile(r"(?:督察|巡视|巡察|审计)[^《》]{0,40}(?:整改|销号)")
SHOWN = re.compile(r"^(?!.*(?:转发|推荐)).*(?:公示|公告)(?:\([^()]*\))?$")
MAIL = re.compile(
    r"@(?:[a-z0-9-]{1,30}\.){0,2}(?P<host>[a-z0-9-]{1,30}\.gov\.cn)(?![a-z0-9.])", re.IGNORECASE
)
# What an office rules on is a project's; the place in its title is where that is, not whose office it is.
OF_A_PROJECT = re.compile(
    r"(?:环境影响(?:报告[书表]?|评价)?|环评|水土保持方案|节能报告|排污许可证?|入河排污口)[^《》]{0,24}"
    r"(?:公示|公告|批复|受理|审批)"
)
AN_OFFICES = re.compile(
    r"(?!www\.)[a-z\d-]+\.[a-z\d-]+\.gov\.cn"
)  # a host that is not its whole government's
BY_META = 0.8  # how sure an issuer is that a page's line 来源 names
OUR_BUREAU = re.compile(r"(?:上报|报|送|交|至|到|由|经)我(?:局|委)")
EVERYWHERE = re.compile(r"各省、自治区|各省\(|各省、市|各省级")


def find_region(
    issuer: IssuerFound | None,
    title: Page,
    layout: Layout,
    url: str | None,
    source_region: int | None,
    kind: Kind,
) -> tuple[int | None, Evidence | None, str]:
    """The region, what proves it, and a doubt for staff (empty when there is none)."""
    story = is_told(kind, layout.page)
    wired = story and is_wired(layout)
    url = None if wired else url  # it is no site's own
    above = issuer.region if issuer and issuer.region is not None else regions.NATIONAL
    local = local_story(title, layout, url, above) if story else None
    local = local or _handed_on_by(title, layout, issuer, url) or _own_below(layout, issuer, url)
    local = local or _towns_of(layout, issuer, url) or _counties_of(layout, issuer, url)
    local = local or _counties_of_titled(title, layout, issuer)
    if local:
        return local
    if issuer and issuer.region is not None:
        return issuer.region, issuer.evidence, _doubt(issuer.region, source_region)
    nation = _everywhere(layout)
    if nation is None and issuer is None:
        nation = _of_the_nation(title) or _heard_by_ministry(title, layout)
    if nation:
        return nation
    place = next(iter(title_places(title, layout, url, source_region)), None)
    headed = headed_and_told(title, layout) if place is None else None
    named = place.region if place else headed[0] if headed else None
    decided = _site_of_project(title, layout, url, named) if named else None
    if decided:
        return decided
    if place:
        titled = place.region, title.evidence(place.start, place.end), _doubt(place.region, source_region)
        return _own_within(place.region, layout, url) or titled
    sourced = _by_source(source_region, url, layout)
    if not story and _signed_by_one_of_many(title, layout):
        return sourced
    spoken = _spoken(title, layout, url) or headed
    if spoken is None and sourced[0] is None:
        told = told_of_only(layout) if story and not wired else None
        spoken = told if story else agreed_place(layout) or counter_place(layout)
    return spoken or sourced


def _own_within(titled: int, layout: Layout, url: str | None) -> Placed | None:
    """Who calls for a programme whose place the title names: 江苏省高新技术企业, and the text says 我市."""
    signs = (spoken_of(layout, url, own=True), towns_addressed(layout, url))
    return next((sign for sign in signs if sign and _lower(sign[0], titled)), None)


def _signed_by_one_of_many(title: Page, layout: Layout) -> bool:
    """Whether an office signed, or heads the title, of whose place's name there are several.

    It was not found out which; a venue or a firm that the text names does not say it.
    """
    names = [line.text for line in layout.signature[:1]] or [title.clean]
    return any(shared_name(name) for name in names)


def _spoken(title: Page, layout: Layout, url: str | None) -> Placed | None:
    """The place for which the words of a text speak whose issuer was not found."""
    spoken = site_named(layout) if host_place(url, layout) is None else None
    spoken = spoken or spoken_of(layout, url) or named_in_title(title, layout) or addressed(layout, url)
    return spoken or cities_addressed(layout, url)


def _site_of_project(title: Page, layout: Layout, url: str | None, named: int) -> Placed | None:
    """The place whose site this is, where the title's place is of what was inspected, or ruled on."""
    site = host_place(url, layout)
    if site and PUT_RIGHT.search(title.clean) and _lower(site, named):
        return site, Evidence(url or "", "meta"), "地区由网址推知：督察整改由当地公开"
    ruled = AN_OFFICES.fullmatch(host_of(url)) and not OUR_OWN.search(layout.page.clean)
    if site and ruled and OF_A_PROJECT.search(title.clean) and _lower(named, site):
        return site, Evidence(url or "", "meta"), "地区由网址推知：标题所称为项目所在地"
    return None


def _by_source(
    source_region: int | None, url: str | None, layout: Layout
) -> tuple[int | None, Evidence | None, str]:
    """The region of the source, or of the site; unknown where neither says any."""
    if source_region is not None:
        return source_region, Evidence("", "source"), "地区取自来源，正文未写明"
    host = host_says(url)
    region = regions.NATIONAL if host and national_body(host) else host_place(url, layout)
    if region is not None:
        return region, Evidence(url or "", "meta"), "地区只由网址推知"
    return None, None, "地区未能确定"


def _handed_on_by(
    title: Page, layout: Layout, issuer: IssuerFound | None, url: str | None
) -> tuple[int, Evidence, str] | None:
    """The place below the one whose paper is handed on, by nobody that is named: its site, its addressees."""
    if not FORWARDS.match(title.clean) or (issuer and not _is_loosely_named(issuer, layout)):
        return None
    above = issuer.region if issuer and issuer.region else regions.NATIONAL
    site = host_place(url, layout)
    if site and _lower(site, above):
        return site, Evidence(url or "", "meta"), "地区由网址推知：转发上级文件"
    numbered = partial(city_of_number, province=above)
    signs = (sign(layout) for sign in (partial(addressed, url=url), partial(spoken_of, url=url), numbered))
    return next((below for below in signs if below and _lower(below[0], above)), None)


def _is_loosely_named(issuer: IssuerFound, layout: Layout) -> bool:
    """Whether whoever hands a paper on is not the one found: named by its level, or 厅 where 我局 speaks."""
    source = issuer.confidence <= BY_META and issuer.name.endswith("厅")
    return issuer.confidence <= BARELY_NAMED or bool(source and OUR_BUREAU.search(layout.page.clean))


def _own_below(
    layout: Layout, issuer: IssuerFound | None, url: str | None
) -> tuple[int, Evidence, str] | None:
    """The place whose site this is, where its text says 我区, below that of an office named by its level."""
    site = host_place(url, layout)
    if issuer is None or issuer.region is None or issuer.confidence > BARELY_NAMED or site is None:
        return None
    own = OUR_OWN.search(layout.page.clean)
    place = at_level(site, own["level"]) if own else None
    if own is None or place is None or not _lower(place.id, issuer.region):
        return None
    return place.id, layout.page.evidence(*own.span()), "地区由正文所称“我市”“我区”与网址推知"


def _towns_of(layout: Layout, issuer: IssuerFound | None, url: str | None) -> Placed | None:
    """The county whose towns are addressed, below an office that is barely named."""
    if issuer is None or issuer.region is None or issuer.confidence > BARELY_NAMED:
        return None
    county = towns_addressed(layout, url)
    return county if county and _lower(county[0], issuer.region) else None


def _counties_of(
    layout: Layout, issuer: IssuerFound | None, url: str | None
) -> tuple[int, Evidence, str] | None:
    """The city whose site this is, where counties are addressed, below an office that is barely named."""
    city = asks_counties_of_city(layout, url)
    above = issuer.region if issuer else regions.NATIONAL
    if city is None or above is None or (issuer and issuer.confidence > BARELY_NAMED):
        return None
    line = layout.salutation
    proof = layout.page.evidence(line.start, line.end) if line else Evidence(url or "", "meta")
    return (city, proof, "地区由收文单位与网址推知") if _lower(city, above) else None


def _counties_of_titled(
    title: Page, layout: Layout, issuer: IssuerFound | None
) -> tuple[int, Evidence, str] | None:
    """The one city of the title, where counties are addressed, below an office that is barely named."""
    if issuer is None or issuer.region is None or issuer.confidence > BARELY_NAMED:
        return None
    named = title_places(title, layout, None, None) if addresses_counties(layout) else []
    cities = [one for one in named if regions.region(one.region).kind == "city"]
    city = cities[0] if len(named) == 1 and cities else None
    if city is None or not _lower(city.region, issuer.region):
        return None
    return city.region, title.evidence(city.start, city.end), "地区由标题与收文单位推知"


def _everywhere(layout: Layout) -> tuple[int, Evidence, str] | None:
    """The whole country, where all its provinces are addressed."""
    line = layout.salutation
    if line is None or not EVERYWHERE.search(line.text):
        return None
    return regions.NATIONAL, layout.page.evidence(line.start, line.end), ""


def _of_the_nation(title: Page) -> tuple[int, Evidence, str] | None:
    """The whole country, where a body that is called after it heads the title and names no place."""
    held = OF_THE_NATION.match(title.clean)
    name = held["name"][2:] if held else ""
    parts = (name[start:end] for start in range(len(name)) for end in range(start + 2, start + 5))
    if held is None or any(regions.find(part) for part in parts):
        return None
    return regions.NATIONAL, title.evidence(*held.span("name")), ""


def _heard_by_ministry(title: Page, layout: Layout) -> tuple[int, Evidence, str] | None:
    """The whole country, where a publicity that nobody signed takes letters at a ministry's own address.

    The places in its title are what it is about: 某市开发区等4家园区拟批复为国家…示范园区的公示.
    """
    mails = MAIL.finditer(layout.page.clean) if SHOWN.search(title.clean) else ()
    for mail in mails:
        name = host_says(f"https://{mail['host']}/")
        if name and national_body(name) and not OUR_OWN.search(layout.page.clean):
            return regions.NATIONAL, layout.page.evidence(*mail.span()), ""
    return None


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
