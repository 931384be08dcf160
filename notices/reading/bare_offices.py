"""Offices named by their level alone (市工信局), with the place that source, title or text give."""

import re
from collections.abc import Iterator

from notices.lexicon import regions
from notices.lexicon.issuers import in_full
from notices.lexicon.normal import HAN
from notices.reading.counties_city import asked_by_city, asks_counties_of_city
from notices.reading.handed_on import FORWARDS
from notices.reading.layout import Layout
from notices.reading.office_names import BRANCH_NEXT, at_level, region_of
from notices.reading.page import Page
from notices.reading.site_places import host_place
from notices.reading.spoken_places import near_places
from notices.reading.values import BARELY_NAMED, IssuerFound
from notices.reading.zone_offices import zone_office

LEVEL = r"(?P<level>自治区|省|市(?!场|[中南北]区)|地区|区(?!域)|县|州|盟|旗)(?![直属内级外际])"
OFFICE = (
    rf"(?P<office>(?:人民)?政府(?=[主承协]办)|(?![局厅委级])[{HAN}]{{2,12}}?(?:局|厅|委员会|委(?![托员会])|办公室|(?:促进|服务|推进|管理|发展)中心"
    r"|督察组|巡视组|巡察组|(?<![主承协举经代])办(?=[。,;:、()]|\n|$)))"
)
BARE = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[寄送报馈向至由经交到据与和及])){LEVEL}"
    rf"(?:[{HAN}]{{2,6}}(?:中心|大厅)(?=[{HAN}]{{2,8}}局))?"  # whose counter it is that takes the papers
    rf"{OFFICE}"
)
HEAD_ENDS = re.compile(
    r" ?(?:关于|印发|转发|公布|发布|公示|下达|联合|20\d\d)"
)  # what follows a title's offices
NEXT_BARE = re.compile(rf"[、, ]?{LEVEL}{OFFICE}")  # behind another on a line of names
RESOLVED = re.compile(r"党组|党委|局务会")  # 经市农牧局党组会议研究: whoever so resolves is the issuer
ABOVE_US = re.compile(r"(?:根据|按照?|依照|依据|落实)$")  # 根据市工信局要求, on the site of a county
THEIR_WILL = re.compile(r"(?:的|统一|有关|相关|工作)*(?:部署|要求|通知|安排|文件)")
BESIDE_US = re.compile(
    r"(?:会同|经与|经商|商请|[我本][局厅委办](?:与|和|、|联合))$"
)  # with whom the issuer acts
HANDED_UP = re.compile(r"(?:并报|报请|上报|报)$")  # 市局复审并报省生态环境厅评审认定
THEY_DECIDE = re.compile(r"(?:评审|审定|审批|备案|审核|批准|核准|认定|同意)")
QUOTED = 40  # characters of a quoted title in which an office may stand that issued that paper
ADDRESSED_BEFORE = re.compile(r"各[^。;:\n]{1,12}、$")  # 各县、区创新办: whom it is for
QUOTED_BEFORE = re.compile(r"《[^《》\n]*$")
GOVERNMENT = re.compile(
    r"(?P<whole>(?P<level>自治区|[省市县区州盟旗])(?:人民)?政府(?P<office>办公[厅室])?)(?=关于|印发|批转|转发|公布|发布|通告|公告)"
)


def bare_name(layout: Layout, title: Page, hint: int | None, url: str | None) -> IssuerFound | None:
    """An office named by its level alone (市工信局), with the place that source, title or text give."""
    signed = next(_signed_bare(layout, hint, url), None) or zone_office(layout, title, hint, url)
    if signed:
        return signed
    government = next(_bare_government(title, layout, hint, url), None)
    if government:
        return government
    site = host_place(url, layout)
    found = _bare_names(layout, title, hint, url)
    if FORWARDS.search(title.clean):  # the lowest hands on what those above it sent
        return max(found, key=lambda one: len(regions.path(one.region or 0)), default=None)
    asked = asked_by_city(layout, hint, url)
    if asked:
        return asked
    if hint is None or site is None or not regions.lies_in(site, hint):
        return next(found, None)
    every = [*found]  # 省科技厅 asks, 市科技局, whose site this is, calls
    return next((one for one in every if one.region == site), next(iter(every), None))


def _signed_bare(layout: Layout, hint: int | None, url: str | None) -> Iterator[IssuerFound]:
    """The offices that signed by their level alone (省经信委科技处, 自治区发展改革委 自治区财政厅)."""
    for line in layout.signature:
        match = BARE.match(line.text)
        for near in near_places(layout, hint, url) if match else ():
            place = at_level(near, match["level"]) if match else None
            if place:
                names = "、".join(_in_full_by_level(line.text, near))
                yield IssuerFound(names, place.id, layout.page.evidence(line.start, line.end), 0.8)


def _in_full_by_level(line: str, near: int) -> Iterator[str]:
    """The names of a line of offices, each with the place on the line of `near` for its level."""
    match = BARE.match(line)
    while match:
        following = NEXT_BARE.match(line, match.end())
        place = at_level(near, match["level"])
        called = place.name if place else match["level"]
        yield called + in_full(match["office"]) + ("" if following else line[match.end() :])
        match = following


def _bare_government(title: Page, layout: Layout, hint: int | None, url: str | None) -> Iterator[IssuerFound]:
    """The government that begins the title by its level alone: 自治区人民政府关于…的批复."""
    match = GOVERNMENT.match(title.clean)
    for near in near_places(layout, hint, url) if match else ():
        place = at_level(near, match["level"]) if match else None
        if place and match:
            name = f"{place.name}人民政府{match['office'] or ''}"
            yield IssuerFound(name, place.id, title.evidence(*match.span("whole")), BARELY_NAMED)


def _bare_names(layout: Layout, title: Page, hint: int | None, url: str | None) -> Iterator[IssuerFound]:
    """Those of the title first: it says who calls, the text also who is above."""
    nears = [*near_places(layout, hint, url)]
    told = layout.salutation  # whom it is for did not issue it
    city, site = asks_counties_of_city(layout, url), host_place(url, layout)
    for page in (title, layout.page):
        for near in nears:
            for match in BARE.finditer(page.clean):
                before = page.clean[: match.start()][-QUOTED:]
                if ADDRESSED_BEFORE.search(before) or (page is not title and _is_beside(before)):
                    continue
                if page is not title and told and told.start <= match.start() < told.end:
                    continue
                place = at_level(near, match["level"])
                cited = _is_above(before, page.clean, match.end())
                if cited and place and site and site != place.id and regions.lies_in(site, place.id):
                    continue
                if place and city and place.id in regions.ancestors(city):
                    continue  # 省工信厅 will come and look: the city calls
                said = near != hint or RESOLVED.match(page.clean, match.end())
                if place and (said or place.id == hint):
                    yield _with_branch(page, match, place)


def _is_beside(before: str) -> bool:
    """Whether these words lead to an office of a quoted paper, or to one with which the issuer acts."""
    return bool(QUOTED_BEFORE.search(before) or BESIDE_US.search(before))


def _is_above(before: str, text: str, end: int) -> bool:
    """Whether the text carries out what the office up to `end` wills, or hands it what it decides."""
    wills = ABOVE_US.search(before) and THEIR_WILL.match(text, end)
    return bool(wills or (HANDED_UP.search(before) and THEY_DECIDE.match(text, end)))


def _joint_heads(title: Page, bare: re.Match[str], place: regions.Region) -> IssuerFound | None:
    """The offices that begin a title one beside the other: 省工业和信息化厅 省财政厅关于印发…."""
    end, following = bare.end(), NEXT_BARE.match(title.clean, bare.end())
    while following:
        end, following = following.end(), NEXT_BARE.match(title.clean, following.end())
    if end == bare.end() or bare.start() or not HEAD_ENDS.match(title.clean, end):
        return None
    names = "、".join(_in_full_by_level(title.clean[:end], place.id))
    return IssuerFound(names, place.id, title.evidence(0, end), BARELY_NAMED)


def _with_branch(page: Page, bare: re.Match[str], place: regions.Region) -> IssuerFound:
    """The office that was named by its level, or its branch in a place below (市生态环境局德清分局)."""
    branch = BRANCH_NEXT.match(page.clean, bare.end())
    end = branch.end() if branch else bare.end()
    name = place.name + in_full(page.clean[bare.start("office") : end])
    below = region_of(name, place.id)
    joint = _joint_heads(page, bare, place) if page.place == "title" and branch is None else None
    if joint:
        return joint
    return IssuerFound(name, below or place.id, page.evidence(bare.start(), end), BARELY_NAMED)
