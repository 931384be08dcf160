"""The place that a text calls its own (我省, 我厅), and the place whose parts it addresses (各市、州)."""

import re
from collections.abc import Iterator

from notices.lexicon import regions
from notices.lexicon.host_regions import names
from notices.lexicon.issuers import path_of
from notices.lexicon.normal import HAN
from notices.lexicon.places import ORDINARY_SHORT, leading_place
from notices.reading.layout import Layout
from notices.reading.media_places import medium_place
from notices.reading.office_names import at_level
from notices.reading.page import Line, Page
from notices.reading.site_places import SPELT, SPOKEN_OF, host_place, named_site
from notices.reading.spoken_places import only_place, told_places
from notices.reading.values import Placed

ZONE_OF = re.compile(rf"(?P<city>[{HAN}]{{2,3}})[{HAN}]{{0,6}}(?:高新|经开|开发|试验|示范|新|经济)区")
PARTS = re.compile(
    r"各(?:(?P<cities>(?:位?设区)?的?(?:地级)?(?:以上)?(?:市|地市|盟市|州市)(?:\(州|\(地|\(不?含|[、县科工经生发人环住商农财应自交水统文卫国教林民])|市州|盟(?:市|[、和]市|\(市\)|行政?公?署)|(?:位)?设区市|地市|州市|省辖市"
    r"|地、?州(?=[、市(经科工生发环住商财农])|州(?:、市|\(市))"
    r"|(?P<counties>辖?(?:县|区|旗)|市\(县|辖市)|(?P<towns>镇|乡|街道|园区))"
)
CITIES_OFFICES = re.compile(
    r"各[^、,:]{0,8}[市州盟][^,:]{0,20}(?:局|厅|委员会|委|办公室|办|政府|主管部门|(?<!居)委会)"
)
SERVED = re.compile(  # whose firms a story says are served: 为攀枝花中小企业发展争取资金
    rf"(?:为|推动|促进|助推|助力|加快|服务|赋能|支持)了?(?:推动|促进|加快)?(?P<city>[{HAN}]{{2,4}}?)(?:全市)?"
    r"(?=(?:(?:民营|实体|区域|地方|县域)?经济|中小企业|企业|工业|制造业|产业|科技创新)(?:社会|转型|实现|高质量)?(?:发展|振兴|升级|壮大))"
)
LEVELS = "省|市|县|区|自治区|州|盟|旗"
OUR_OWN = re.compile(rf"(?:我|本)(?P<level>{LEVELS})(?!级)")  # 全省 may be spoken of by its cities
COMPARED = (
    r"第|前[列茅\d]|首[个批家位例]|最|唯一|领先|率先|排名|之首|各[市州]"  # 数量居全省第三: not of it whole
)
OURS = re.compile(rf"(?:我|本|(?<![居列占])全(?=(?:{LEVELS})(?!{COMPARED})))(?P<level>{LEVELS})(?!级)")
OUR_OFFICE = re.compile(r"(?:我|省|自治区)厅")  # only a province's offices are called 厅
RUNS_ON = re.compile(  # a page that lost its line breaks begins so
    r"[^。:;\n]{0,20}关于[^。:;\n]{4,80}(?:通知|函|公告|通告) ?(?P<whom>各[^。:;\n]{2,80}):"
)
LEAGUES = re.compile(r"(?:各|有关|相关)盟(?:市|[、和]市|\(市\)|行政?公?署)")  # only one region is parted so
TOWNS = re.compile(r"各(?:[镇乡]|街道)")  # not 各园区, which a city has too
FIRST_LINES, LONGEST_RUN = 4, 240
AGAIN = 3  # times that a text says the short name of the county which it calls its own
PROVINCES = ("省", "自治区")


def spoken_of(layout: Layout, url: str | None, *, own: bool = False) -> Placed | None:
    """The place that a text on one line of places calls its own; `own`: 我市, not 全市."""
    return next(places_spoken_of(layout, url, own=own), None)


def places_spoken_of(layout: Layout, url: str | None, *, own: bool = False) -> Iterator[Placed]:
    """Such places level by level as the text speaks of them: 全区 of 广西, then 全市 of 南宁."""
    said = layout.page.clean
    pattern = OUR_OWN if own or OUR_OWN.search(said) else OURS
    levels: dict[str, re.Match[str]] = {}
    for match in pattern.finditer(said):
        levels.setdefault(match["level"], match)
    office = None if levels else OUR_OFFICE.search(said)
    near = next(_nears(layout, url), None) if levels or office else None
    found = [(_of_level(layout, near, url, level), match) for level, match in levels.items()]
    found += [(at_level(near, level), office) for level in PROVINCES if near and office]
    for step, words in found:
        if step:
            yield step.id, layout.page.evidence(*words.span()), "地区由正文所称“我省”“我市”推知"


def _of_level(layout: Layout, near: int | None, url: str | None, level: str) -> regions.Region | None:
    """The place that calls itself so, on the line of `near`, by the address, or below a city."""
    step = (at_level(near, level) if near else None) or _by_path(url, level)
    step = step or (_autonomous(layout, near) if near and level == "区" else None)
    return step or (_county_by_short(layout, near, level) if near else None)


def _autonomous(layout: Layout, near: int) -> regions.Region | None:
    """The autonomous region that its own paper calls 我区, where the text names nothing in it but cities."""
    medium = medium_place(layout)
    return at_level(near, "自治区") if medium and regions.region(medium[0]).kind == "province" else None


def _nears(layout: Layout, url: str | None) -> Iterator[int]:
    medium = medium_place(layout)
    for told in told_places(layout, url):  # what a paper of elsewhere names is not what it calls its own
        if medium is None or regions.lies_in(told, medium[0]):
            yield told
    if medium:
        yield medium[0]
    yield from told_places(layout, url)
    yield from filter(None, (named_site(url), _served_city(layout)))


def _served_city(layout: Layout) -> int | None:
    """The one city of whose firms a text says that they are served."""
    found = {_city(served["city"]) for served in SERVED.finditer(layout.page.clean)} - {None}
    return found.pop() if len(found) == 1 else None


def _county_by_short(layout: Layout, near: int, level: str) -> regions.Region | None:
    """The one county of this level in the city spoken of whose short name the text says again and again."""
    said, city = layout.page.clean[:SPOKEN_OF], regions.region(near)
    below = (
        one
        for one in (regions.all_regions() if city.kind == "city" else ())
        if one.kind == "county" and near in one.parents and not one.retired and one.name.endswith(level)
    )
    named = [one for one in below if len(one.short) > 1 and said.count(one.short) >= AGAIN]
    return named[0] if len(named) == 1 and named[0].short not in ORDINARY_SHORT else None


def _by_path(url: str | None, level: str) -> regions.Region | None:
    """The place of this level by whose name the address calls one of its folders: /news/linzhang/."""
    folders = (part for part in path_of(url).split("/")[:-1] if len(part) >= SPELT)
    places = (regions.region(place) for part in folders if (place := names().regions.get(part)))
    return next((place for place in places if place.name.endswith(level)), None)


def named_in_title(title: Page, layout: Layout) -> Placed | None:
    """The one place that the text speaks of, when the title begins with its name (朝阳区部署…)."""
    near = only_place(layout)
    name = regions.region(near).name if near is not None else ""
    if near is None or not title.clean.startswith(name):
        return None
    return near, title.evidence(0, len(name)), ""


def addressed(layout: Layout, url: str | None, hint: int | None = None) -> Placed | None:
    """The place on the line of `hint`, or of what the text speaks of, whose parts are addressed: 各市(州)."""
    line = layout.salutation or _addressed_in_run(layout)
    match = PARTS.search(line.text) if line else None
    if line is None or match is None:
        return None
    kind = "city" if match["counties"] else "province" if match["cities"] else "county"
    parted = regions.only_above("盟") if LEAGUES.search(line.text) else None
    site = host_place(url, layout)
    own = site if site and regions.region(site).kind == kind else None
    nears = (_shared(line.text), parted, hint, *told_places(layout, url), own)
    steps = [step for near in nears if near for step in regions.path(near)]
    step = next((step for step in steps if step.kind == kind), None)
    if step is None and match["towns"]:
        step = next(
            (step for step in steps if step.kind == "city" and not regions.has_counties(step.id)), None
        )
    return (step.id, layout.page.evidence(line.start, line.end), "地区由收文单位推知") if step else None


def cities_addressed(layout: Layout, url: str | None) -> Placed | None:
    """The province of the place whose site shows a paper to all its cities: 各市(州)生态环境局."""
    site = host_place(url, layout)
    line = layout.salutation if site else None
    match = PARTS.search(line.text) if line else None
    offices = line and CITIES_OFFICES.search(line.text)  # not 各市民
    return addressed(layout, url, site) if match and match["cities"] and offices else None


def towns_addressed(layout: Layout, url: str | None) -> Placed | None:
    """The county whose towns alone are addressed (各镇、街道), whatever city's programme it is."""
    line = layout.salutation
    parts = [*PARTS.finditer(line.text)] if line else []
    if line is None or not parts or not all(part["towns"] for part in parts) or not TOWNS.match(line.text):
        return None
    found = addressed(layout, url)
    return found if found and regions.region(found[0]).kind == "county" else None


def _addressed_in_run(layout: Layout) -> Line | None:
    """Whom a notice is for, on the line of its title: 关于…的通知 各盟市科技局:根据…"""
    for line in layout.body[:FIRST_LINES]:
        match = RUNS_ON.match(line.text, 0, LONGEST_RUN)
        if match:
            return Line(line.start + match.start("whom"), line.start + match.end("whom"), match["whom"])
    return None


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
