"""Who issued a notice that nobody signed: its number, a bare office in its text, who drafted it, its host."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from notices.lexicon import issuers, regions
from notices.lexicon.area_codes import place_of_phones
from notices.lexicon.host_initials import abbreviated_in
from notices.lexicon.host_regions import names, region_of_host, zone_in
from notices.lexicon.issuers import in_full, is_office, national_body
from notices.lexicon.normal import HAN
from notices.lexicon.places import PlaceFound, places_in
from notices.reading.doc_number import numbers_in, own_number
from notices.reading.layout import Layout
from notices.reading.office_names import BRANCH_NEXT, at_level, full_name, region_of
from notices.reading.page import Page
from notices.reading.values import Evidence

HANDED_ON_BY = 0.6  # how sure an office is the issuer whose paper is handed on by nobody that is named
BARELY_NAMED = 0.7  # how sure one is that the text names by its level alone
SPELT = 5  # letters of a host's label that can spell a place
SPOKEN_OF = 1500  # characters of the body in which a place can stand for the issuer's
BARE = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[寄送报馈向至由经交到据与和及]))(?P<level>自治区|省|市(?!场)|地区|区(?!域)|县|州|盟|旗)(?![直属内级外际])"
    rf"(?:[{HAN}]{{2,6}}(?:中心|大厅)(?=[{HAN}]{{2,8}}局))?"  # whose counter it is that takes the papers
    rf"(?P<office>[{HAN}]{{2,12}}?(?:局|厅|委员会|委(?![托员会])|办公室|促进中心|服务中心|推进中心|管理中心|发展中心|督察组|巡视组|巡察组|办(?=[。,;:、()]|\n|$)))"
)
RESOLVED = re.compile(r"党组|党委|局务会")  # 经市农牧局党组会议研究: whoever so resolves is the issuer
QUOTED = 40  # characters of a quoted title in which an office may stand that issued that paper
ADDRESSED_BEFORE = re.compile(r"各[^。;:\n]{1,12}、$")  # 各县、区创新办: whom it is for
QUOTED_BEFORE = re.compile(r"《[^《》\n]*$")
# The city's office that its counties report to: 各辖市区科技局: …报市科技局
COUNTIES = re.compile(r"各辖?[县区旗]|各辖市")
REPORT_TO_CITY = re.compile(  # 各辖市区科技局: …报市科技局
    rf"(?:报送?|交|送|寄)(?:至|到|给)?(?P<whole>市(?!场)(?P<office>[{HAN}]{{2,12}}?(?:局|委员会|委(?!托|员))))"
)
GOVERNMENT = re.compile(
    r"(?P<whole>(?P<level>自治区|[省市县区州盟旗])(?:人民)?政府(?P<office>办公[厅室])?)(?=关于|印发|批转|转发|公布|发布|通告|公告)"
)
OF_A_PROVINCE = re.compile(r"我(?:省|厅|自治区)")
FORWARDS = re.compile(r"^(?:关于)?转发|转发(?:《|关于)")
HANDED_ON = re.compile(r"[)〉》]?文?(?:件)?[^。;]{0,8}转发")
HEADED = re.compile(rf"(?P<name>[{HAN}]{{3,24}}?)(?=关于|转发|印发|公布|发布|公示)")
TO_OFFICE = re.compile(  # 报送高新区创新发展局
    rf"(?:报送?|交|送|寄)(?:至|到|给)?(?P<name>[{HAN}]{{2,4}}(?:区|基地)(?:(?![报送交寄])[{HAN}]){{2,12}}?(?:局|委员会|委(?!托|员)|管委会))"
)
SITE = re.compile(r"(?<![\w.-])[a-z\d][a-z\d.-]{0,60}\.gov\.cn", re.ASCII)
STATIONED = re.compile(  # 中央驻豫单位, 在常高校: a letter stands for the province or city
    r"[驻在](?P<letter>[\u4e00-\u9fff])(?=(?:各|的)?(?:中央|部属|省属|央属|有关)?(?:单位|高校|高等|企业|科研|院所|院校|机构|央企))"
)
DRAFTER = re.compile(
    rf"(?P<name>[{HAN}]{{4,30}}?(?:局|厅|委员会|委|部|中心|办公室))(?:代为|代拟|组织)?"
    r"(?:起草|编制|主办|举办|会同|公布《|印发《|(?:发布|印发|下发|公布|出台|发出)了?(?:一[则份项个条])?(?:关于|《|20\d\d年))"
)
MAKER = re.compile(  # who says of itself, in a paper, what it did and will do
    rf"(?P<name>[{HAN}]{{4,30}}?(?:局|厅|委员会|委|中心|办公室|管委会))"
    r"(?:组织(?:了|专家|开展了)|开展了|制定了|编制了|将(?:(?:予以|依法|及时|认真)?(?:调查|核实|核查|处理)))"
)
ACTING = re.compile(  # of whom a story tells that they did something
    rf"(?P<name>[{HAN}]{{2,30}}?(?:局|厅|委员会|委|部|中心|办公室|管委会|政府))"
    r"(?:联合|会同|组织|开展|召开|举办|积极|深入|扎实|全面|持续|坚持|聚焦|强化|多措并举|创新|主动|认真|赴|以|通过|对|向|在|率|按|围绕|紧扣|获悉)"
)


@dataclass(frozen=True, slots=True)
class IssuerFound:
    """An office as it is called in full, the region it is an office of, and the words that say so."""

    name: str
    region: int | None
    evidence: Evidence
    confidence: float


def by_number(layout: Layout) -> IssuerFound | None:
    """The national body that the notice's own number belongs to."""
    number = own_number(layout)
    body = issuers.body_of_number(number.value) if number else None
    return IssuerFound(body, regions.NATIONAL, number.evidence, 0.9) if number and body else None


def bare_name(layout: Layout, title: Page, hint: int | None, url: str | None) -> IssuerFound | None:
    """An office named by its level alone (市工信局), with the place that source, title or text give."""
    signed = next(_signed_bare(layout, hint, url), None) or _zone_office(layout, title, hint, url)
    if signed:
        return signed
    government = next(_bare_government(title, layout, hint, url), None)
    if government:
        return government
    site = host_place(url, layout)
    found = _bare_names(layout, title, hint, url)
    if FORWARDS.search(title.clean):  # the lowest hands on what those above it sent
        return max(found, key=lambda one: len(regions.path(one.region or 0)), default=None)
    asked = _asked_by_city(layout, hint, url)
    if asked:
        return asked
    if hint is None or site is None or not regions.lies_in(site, hint):
        return next(found, None)
    every = [*found]  # 省科技厅 asks, 市科技局, whose site this is, calls
    return next((one for one in every if one.region == site), next(iter(every), None))


def _asked_by_city(layout: Layout, hint: int | None, url: str | None) -> IssuerFound | None:
    """The city's office that counties are asked to report to, whatever province's programme it is."""
    said = layout.page.clean
    if not layout.salutation or not COUNTIES.match(layout.salutation.text) or OF_A_PROVINCE.search(said):
        return None
    asks = REPORT_TO_CITY.search(said)
    steps = (at_level(near, "市") for near in _near(layout, hint, url)) if asks else ()
    city = next((step for step in steps if step and step.kind == "city"), None)
    if asks is None or city is None:
        return None
    name = city.name + in_full(asks["office"])
    return IssuerFound(name, city.id, layout.page.evidence(*asks.span("whole")), BARELY_NAMED)


def _signed_bare(layout: Layout, hint: int | None, url: str | None) -> Iterator[IssuerFound]:
    """The office that signed by its level alone (省经信委科技处)."""
    for line in layout.signature:
        match = BARE.match(line.text)
        for near in _near(layout, hint, url) if match else ():
            place = at_level(near, match["level"]) if match else None
            if place and match:
                name = place.name + in_full(match["office"]) + line.text[match.end() :]
                yield IssuerFound(name, place.id, layout.page.evidence(line.start, line.end), 0.8)


def _bare_government(title: Page, layout: Layout, hint: int | None, url: str | None) -> Iterator[IssuerFound]:
    """The government that begins the title by its level alone: 自治区人民政府关于…的批复."""
    match = GOVERNMENT.match(title.clean)
    for near in _near(layout, hint, url) if match else ():
        place = at_level(near, match["level"]) if match else None
        if place and match:
            name = f"{place.name}人民政府{match['office'] or ''}"
            yield IssuerFound(name, place.id, title.evidence(*match.span("whole")), BARELY_NAMED)


def _zone_office(layout: Layout, title: Page, hint: int | None, url: str | None) -> IssuerFound | None:
    """The office that its zone's kind alone names (高新区经济发展局), of the place that is near."""
    head = HEADED.match(title.clean)
    named = [(layout.page, line.start, line.text) for line in layout.signature]
    named += [(title, 0, head["name"])] if head else []
    named += [(layout.page, to.start("name"), to["name"]) for to in TO_OFFICE.finditer(layout.page.clean)]
    for page, start, name in named:
        kind = next((kind for kind in names().zones if name.startswith(kind)), "")
        nears = _near(layout, hint, url) if kind and (name == kind or is_office(name)) else ()
        place = next(filter(None, (_zone_near(near, names().zones[kind]) for near in nears)), None)
        if place:
            around = next(step for step in reversed(regions.path(place)) if step.kind != "zone")
            proof = page.evidence(start, start + len(name))
            return IssuerFound(around.short + in_full(name), place, proof, BARELY_NAMED)
    return None


def _zone_near(near: int, endings: tuple[str, ...]) -> int | None:
    """The zone of this kind on the line of a place, or in that city; else the county or city around it."""
    steps = [step for step in reversed(regions.path(near)) if step.kind not in ("province", "corps")]
    own = next((step.id for step in steps if step.kind == "zone" and step.name.endswith(endings)), None)
    around = [step for step in steps if step.kind != "zone"]
    if own or not around:
        return own
    if around[0].kind == "county" and len(around) > 1 and around[0].name.endswith("区"):
        return around[1].id  # a zone beside one of the city's districts, or inside it
    city = around[0].kind == "city"
    return (zone_in(around[0].id, endings) if city else None) or around[0].id


def _bare_names(layout: Layout, title: Page, hint: int | None, url: str | None) -> Iterator[IssuerFound]:
    """Those of the title first: it says who calls, the text also who is above."""
    nears = [*_near(layout, hint, url)]
    told = layout.salutation  # whom it is for did not issue it
    city = asks_counties_of_city(layout, url)
    for page in (title, layout.page):
        for near in nears:
            for match in BARE.finditer(page.clean):
                before = page.clean[: match.start()][-QUOTED:]
                if ADDRESSED_BEFORE.search(before) or (page is not title and QUOTED_BEFORE.search(before)):
                    continue
                if page is not title and told and told.start <= match.start() < told.end:
                    continue
                place = at_level(near, match["level"])
                if place and city and place.id in regions.ancestors(city):
                    continue  # 省工信厅 will come and look: the city calls
                said = near != hint or RESOLVED.match(page.clean, match.end())
                if place and (said or place.id == hint):
                    yield _with_branch(page, match, place)


def _with_branch(page: Page, bare: re.Match[str], place: regions.Region) -> IssuerFound:
    """The office that was named by its level, or its branch in a place below (市生态环境局德清分局)."""
    branch = BRANCH_NEXT.match(page.clean, bare.end())
    end = branch.end() if branch else bare.end()
    name = place.name + in_full(page.clean[bare.start("office") : end])
    below = region_of(name, place.id)
    return IssuerFound(name, below or place.id, page.evidence(bare.start(), end), BARELY_NAMED)


def _near(layout: Layout, hint: int | None, url: str | None) -> Iterator[int]:
    """Places on whose line a bare office may lie, the surest first."""
    yield from (place for place in (hint, host_place(url, layout), *text_places(layout)) if place is not None)
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


def asks_counties_of_city(layout: Layout, url: str | None) -> int | None:
    """The city whose site this is, when counties are addressed and nobody says 我省: 各县(市、区)科技局."""
    line = layout.salutation
    if line is None or not COUNTIES.match(line.text) or OF_A_PROVINCE.search(layout.page.clean):
        return None
    return city_site(url, layout)


def host_place(url: str | None, layout: Layout) -> int | None:
    """The place whose government's site this is; None for national bodies and other people's sites."""
    known = _known_site(url)
    return known or abbreviated_in(issuers.host_of(url), layout.page.clean[:SPOKEN_OF])


@lru_cache(maxsize=64)
def _known_site(url: str | None) -> int | None:
    name, place = issuers.host_says(url), region_of_host(issuers.host_of(url))
    said = regions.find(name) if name and not national_body(name) else None
    if name and (said is None or place is None or not regions.lies_in(place, said)):
        return said
    return None if place == regions.NATIONAL else place


def title_places(title: Page, layout: Layout, url: str | None, source_region: int | None) -> list[PlaceFound]:
    """The places of the title; a name that several places bear is the one where site or text speak of."""
    near = source_region or host_place(url, layout)
    found = [*places_in(title.clean, near)]
    if found or near is not None:
        return found
    nears = (only_place(layout), _linked_place(layout))
    return next((places for one in nears if (places := [*places_in(title.clean, one)])), [])


def _linked_place(layout: Layout) -> int | None:
    """The place, or line of places, whose governments' sites the text names."""
    hosts = {match.group().lower() for match in SITE.finditer(layout.page.clean)}
    found = {place for host in hosts if (place := region_of_host(host)) not in (None, regions.NATIONAL)}
    lowest = [one for one in found if not any(one in regions.ancestors(other) for other in found)]
    return lowest[0] if len(lowest) == 1 else None


def _province_of_number(layout: Layout) -> int | None:
    """The province whose letter the notice's own number begins with, or that of the paper it hands on."""
    number = own_number(layout)
    handed_on = (one.prefix for one in numbers_in(layout.page) if HANDED_ON.match(layout.page.clean, one.end))
    prefix = number.value if number else next(handed_on, "")
    name = issuers.province_of_number(prefix) if prefix else None
    return regions.find(name) if name else None


@lru_cache(maxsize=4)
def only_place(layout: Layout) -> int | None:
    """The one place, or line of places, that the text speaks of, of several the one in which all lie."""
    found = {place.region for place in places_in(layout.page.clean[:SPOKEN_OF])}
    lowest = [one for one in found if not any(one in regions.ancestors(other) for other in found)]
    if len(lowest) < 2:
        return lowest[0] if lowest else None
    shared = regions.shared_parent(lowest)
    return None if shared == regions.NATIONAL else shared


def drafter(layout: Layout, hint: int | None, pattern: re.Pattern[str] = DRAFTER) -> IssuerFound | None:
    """The office that the text says drafted the paper or held the event, or, by another pattern, acted."""
    for match in pattern.finditer(layout.page.clean[:SPOKEN_OF]):
        for start in range(match.start(), match.end("name") - 4):
            name = layout.page.clean[start : match.end("name")]
            region = region_of(name, hint)
            if region is not None and (hint is None or regions.lies_in(region, hint)):
                return IssuerFound(
                    full_name(name), region, layout.page.evidence(start, match.end("name")), 0.7
                )
    return None


def by_host(url: str | None) -> IssuerFound | None:
    """The national body whose site this is."""
    name = issuers.host_says(url)
    body = national_body(name) if name else None
    return IssuerFound(body[0], regions.NATIONAL, Evidence(url or "", "meta"), 0.6) if body else None
