"""Who issued the notice: signature, title, letterhead, meta line, in this order, else by lesser signs."""

import re
from collections.abc import Iterator
from functools import cache, partial

from notices.lexicon import regions
from notices.lexicon.issuers import is_office, is_zone, national_body, without_section
from notices.lexicon.kinds import Kind
from notices.lexicon.normal import HAN, normalise
from notices.lexicon.places import leading_place
from notices.reading.annexed_paper import signed_in_annex
from notices.reading.bare_offices import bare_name
from notices.reading.counties_city import OF_A_PROVINCE
from notices.reading.handed_on import FORWARDS
from notices.reading.layout import Layout
from notices.reading.office_names import full_name, region_of, split_names, told_in_full, with_its_place
from notices.reading.page import Line, Page
from notices.reading.site_places import host_place, site_named
from notices.reading.spoken_places import text_places, title_places, with_city
from notices.reading.superior import superior
from notices.reading.unsigned import ACTING, MAKER, by_host, by_number, by_own_paper, drafter
from notices.reading.values import IssuerFound

TITLE_HEAD = re.compile(
    rf"^(?:【[^】]*】|(?:公示|通知|公告|通告)[|丨:])?(?P<forwards>(?:关于)?转发)?"
    rf"(?P<names>[{HAN}()、 ]{{3,60}}?)"
    r"(?:关于|:(?=关于)|公开征|征求|征集|[就对](?=.{2,80}意见)|20\d\d年|拟|印发|转发|公布|发布|公示|(?:公告|通告)(?=第|20\d\d|\(|$)|积极|举办|召开|开展|组织|部署|启动|征集|推进|推动|持续|深入|扎实|全力|强化|聚焦|多措并举)"
)
TOLD_OF_ABOVE = (
    re.compile(  # 工信部办公厅部署了2025年度推荐(〔2025〕390号),现通知如下: a paper that is carried out
        r"了?[^。\n]{0,160}[,。](?:现(?:就|将|予|转)|为(?:做好|贯彻|落实)|请(?:各|你))"
    )
)
HEARD_BELOW = re.compile(  # whoever objects to a ministry's projects is heard by the province that shows them
    rf"(?:异议|意见|问题|材料)[^。;\n]{{0,40}}(?:向|报|送|交|寄)(?:至|到|给)?(?:省|自治区)[{HAN}]{{2,12}}?(?:厅|局|委员会|委)"
    rf"|(?:联系|监督|咨询|举报)(?:电话|方式|单位|部门)[^。;\n]{{0,4}}(?:省|自治区)[{HAN}]{{2,12}}?厅"
)
META = re.compile(
    r"(?:信息来源|文章来源|来源|来自|责任部门|公开部门|发布单位|发布机构|颁布机构|颁布单位|颁布部门|制定机关|发文部门|发文机关|发布部门|主办单位|制发机关|供稿(?:单位|部门|人)?|信息提供(?:单位|部门|者)?|发布[者人]|作者)[:]\s*\|?\s*(?:转自|转载自?|摘自)?[:]?"
    rf"(?P<name>[{HAN}()、]{{2,120}}?)"
    rf"(?=$|[^{HAN}()、]|来源|浏览|公开|生成|成文|更新|有效|文号|索引|发布|发文|时间|作者|编辑|阅读|点击|日期|字号|字体|责任|访问|网站|(?<!政府)(?:门户|官方)网站|(?<!政府)(?:官网|官微|微信|公众号)|承办|技术支持)"
)
ORGANISER = re.compile(
    rf"(?:主办|主管|发布|责任|实施)(?:单位|部门)[: \n]{{1,2}}"
    rf"(?P<name>[{HAN}]{{4,24}}?(?:局|厅|委员会|委(?!员)))"
)
COMMISSIONED = re.compile(  # 受宜阳县锦屏镇人民政府委托, …: for whom a paper about a plan is given out
    rf"(?:(?:^|[。;\n])[^。;\n]{{0,6}}受(?=[^,。;]{{4,30}}(?:的)?委托)|委托(?:单位|方)(?:名称)?[: \n]{{1,2}})"
    rf"(?P<name>[{HAN}]{{4,24}}?(?:局|厅|委员会|委(?![员托])|人民政府|管委会|办事处))"
)
RECIPIENT = re.compile(
    rf"(?:上?报送?|寄送?|送|交|提交|反馈)(?:至|到|给)?(?P<name>(?:(?![报送交寄])[{HAN}]){{2,12}}?[省市县区旗州盟](?:(?![报送交寄])[{HAN}]){{2,14}}?(?:局|厅|委员会|委(?!员|托)))"
)
HANDS_ON_ITSELF = re.compile(  # 经审核后由我局统一报送临沂市工信局: not who calls, but who is above
    r"(?:我|本)(?:局|委|办|中心|区管委会|管委会)[^,。;\n]{0,24}(?:[,][^,。;\n]{0,12})?$"
)
OF_PAPERS = re.compile(r"(?:文件|(?:官方|门户)?网站|官网)$")  # what a letterhead or a site's name ends with
BRACKETED = re.compile(r"\(([^()]*)\)\Z")
DEPUTY = re.compile(r"\(代章?\)$")  # one office's seal stands for another's
LONGEST_NAMES = 120
HANDED_ON_BY = 0.6  # how sure an office is the issuer whose paper is handed on by nobody that is named
TELLING = re.compile(r"\d{4}年|拟被?|命名|入选|获评|荣获|成功")  # a headline that ends with a zone
OF_MEDIA = r"(?<![公通申情汇海填上])报|(?<!政府|门户|信息|服务|政务)(?<![局厅委部会])网|电视台|融媒体中心"
MEDIUM = re.compile(  # 来源:《江门日报》, 每日甘肃网讯; an office's site or gazette is none
    rf"(?:(?:来源|稿源|转自)[:]\s?《?(?P<source>[{HAN}]{{2,9}}?(?:{OF_MEDIA})))(?=$|[^{HAN}]|作者|记者|发布|时间|编辑|日期|责任|点击|字[号体])"
    rf"|^[(【]?(?P<dateline>[{HAN}]{{2,9}}?(?:{OF_MEDIA}))(?:\d{{1,2}}月\d{{1,2}}日)?讯"
)
TOLD_BY_MEDIUM = 0.5
COMMITTEE = ("管委会", "管理委员会")
MEDIA = re.compile(r"电视台|融媒体|日报|晚报|广播|新闻")
PATH = re.compile(r"\s{0,4}(?:首页 ?[>»·]|(?:您|你)?(?:当前|现在|所在)?的?位置(?:是)?[:])")
Sign = tuple[Page, int, int]


def find_issuer(
    layout: Layout, title: Page, kind: Kind, url: str | None, source_region: int | None
) -> IssuerFound | None:
    """The issuer by the surest sign that names one; None when none does."""
    named = title_places(title, layout, url, source_region)
    hint = named[0].region if named else source_region
    told_by_media = [(sign, 0.6) for sign in _meta(layout)]
    nearby = cache(lambda: tuple(_around(layout, url)))  # a look at the whole page, whatever the signs
    for (page, start, end), confidence in (
        *_signs(layout, title),
        *(told_by_media if kind is Kind.NEWS else ()),
    ):
        read = partial(read_names, page, start, end, confidence=confidence)
        found = read(hint=hint) or next(filter(None, (read(hint=near) for near in nearby())), None)
        if found:
            return found
    media = (read_names(*sign, hint, confidence) for sign, confidence in told_by_media)
    sent = (read_names(*sign, hint, HANDED_ON_BY) for sign in _senders(layout, title))
    return (
        by_number(layout)
        or by_own_paper(layout)
        or organiser(layout)
        or recipient(layout, title)
        or superior(layout, hint, url)
        or _maker(layout, title, kind, hint)
        or bare_name(layout, title, hint, url)
        or drafter(layout, hint)
        or (drafter(layout, hint, ACTING) if kind is Kind.NEWS else None)
        or next(filter(None, media), None)
        or next(filter(None, sent), None)
        or by_host(url)
        or (_medium(layout) if kind is Kind.NEWS else None)
    )


def _around(layout: Layout, url: str | None) -> Iterator[int]:
    """Where a name lies that several places bear: 鼓楼区工信局 on the site of its city."""
    said = site_named(layout)
    for place in filter(None, (host_place(url, layout), said and said[0], *text_places(layout))):
        yield from (place, *with_city(place))


def _signs(layout: Layout, title: Page) -> Iterator[tuple[Sign, float]]:
    """Places in the text that may name the issuer, the surest first."""
    if layout.signature and not signed_in_annex(layout):
        yield _signature(layout), 0.98
    for sign in _title_heads(layout, title, forwarded=False):
        yield sign, 0.95
    heads = [
        line
        for line in layout.head
        if len(line.text) <= LONGEST_NAMES and not line.text.endswith("。") and line.text[0] not in "各有"
    ]
    yield from (_letterhead(layout.page, line) for line in heads if not _is_banner(layout.page, line))
    yield from (
        (sign, 0.8) for sign in _meta(layout) if not MEDIA.search(layout.page.clean[sign[1] : sign[2]])
    )
    yield from (_letterhead(layout.page, line) for line in heads if _is_banner(layout.page, line))


def _signature(layout: Layout) -> Sign:
    return layout.page, layout.signature[0].start, layout.signature[-1].end


def _senders(layout: Layout, title: Page) -> Iterator[Sign]:
    """Who sent the paper that is handed on: named behind 转发 in the title, or signed below that paper."""
    yield from _title_heads(layout, title, forwarded=True)
    if layout.signature:
        yield _signature(layout)


def _letterhead(page: Page, line: Line) -> tuple[Sign, float]:
    return (page, line.start + line.text.startswith(("•", "·")), line.end), 0.9


def _is_banner(page: Page, line: Line) -> bool:
    """Whether a line names whose site the page is on: its path stands right below."""
    return bool(PATH.match(page.clean, line.end))


def _medium(layout: Layout) -> IssuerFound | None:
    """The paper or station that a story names as its source; of no region, for it tells of many."""
    for line in (*layout.furniture, *layout.body[:3], *layout.body[-2:]):
        told = MEDIUM.search(line.text, 0, LONGEST_NAMES)
        name = "source" if told and told["source"] else "dateline"
        if told:
            proof = layout.page.evidence(*(line.start + at for at in told.span(name)))
            return IssuerFound(told[name], None, proof, TOLD_BY_MEDIUM)
    return None


def _maker(layout: Layout, title: Page, kind: Kind, hint: int | None) -> IssuerFound | None:
    """The office that a paper of its own names as the one that did what it tells."""
    own = OF_A_PROVINCE.search(layout.page.clean) or FORWARDS.search(title.clean) or kind is Kind.NEWS
    return None if own else drafter(layout, hint, MAKER)


def organiser(layout: Layout) -> IssuerFound | None:
    """The office, named with its place, that the notice calls its own: 主办单位:广州市黄埔区科学技术局."""
    match = ORGANISER.search(layout.page.clean) or COMMISSIONED.search(layout.page.clean)
    place = leading_place(match["name"]) if match else None
    if match is None or place is None:
        return None
    proof = layout.page.evidence(*match.span("name"))
    return IssuerFound(full_name(match["name"]), place.region, proof, 0.7)


def recipient(layout: Layout, title: Page) -> IssuerFound | None:
    """The office, named with its place, to which the papers are sent: 上报慈溪市经信局."""
    found = []
    for match in RECIPIENT.finditer(layout.page.clean):
        place = leading_place(match["name"])
        ours = HANDS_ON_ITSELF.search(layout.page.clean, max(0, match.start() - 40), match.start())
        if place and is_office(match["name"]) and not ours:
            span = match.span("name")
            found.append(
                IssuerFound(full_name(match["name"]), place.region, layout.page.evidence(*span), 0.7)
            )
    if FORWARDS.search(title.clean):
        return max(found, key=lambda one: len(regions.path(one.region or regions.NATIONAL)), default=None)
    return next(iter(found), None)


def _title_heads(layout: Layout, title: Page, *, forwarded: bool) -> Iterator[Sign]:
    """The office that begins a title; behind 转发 it is the one whose paper is handed on."""
    for page in (title, layout.page):
        match = TITLE_HEAD.match(page.clean)
        told = match and page is not title and TOLD_OF_ABOVE.match(page.clean, match.end())
        below = match and _is_programme(page, match) and HEARD_BELOW.search(layout.page.clean)
        if match and not (told or below) and bool(match["forwards"]) == forwarded:
            yield page, *match.span("names")


def _is_programme(page: Page, head: re.Match[str]) -> bool:
    """Whether a ministry begins the title as that whose programme it is: 科技部2022年度…项目公示."""
    return page.clean.startswith("20", head.end("names")) and national_body(head["names"]) is not None


def _meta(layout: Layout) -> Iterator[Sign]:
    for line in layout.furniture:
        for match in META.finditer(line.text):
            yield layout.page, line.start + match.start("name"), line.start + match.end("name")


def _parted(page: Page, start: int, end: int) -> str:
    """The names, parted where a blank stands between two whole ones (市委网信办 市发展改革委)."""
    written = [normalise(part).lstrip("?") for part in page.written(start, end).split()]
    written = [name for name in written if name]  # a lost blank is a ?
    parted = len(written) > 1 and all(map(is_office, written))
    return "、".join(written) if parted else page.clean[start:end]


def read_names(page: Page, start: int, end: int, hint: int | None, confidence: float) -> IssuerFound | None:
    """The offices that are named there, in full; None where none is, or none whose place is known."""
    written = OF_PAPERS.sub("", _parted(page, start, end))
    bracketed = BRACKETED.match(written)
    text = OF_PAPERS.sub("", bracketed[1] if bracketed else written).replace("\n", "、")
    parts = split_names(text)
    # 安徽濉溪经济开发区:第一档 is no issuer's, nor is a zone that stands in a row with it
    zones = "关于" not in text and all(
        is_office(part) or (is_zone(part) and not TELLING.search(part)) for part in parts
    )
    names = [
        told_in_full(page, without_section(DEPUTY.sub("", name)))
        for name in parts
        if is_office(name) or (zones and is_zone(name))
    ]
    region = next((r for r in (region_of(name, hint) for name in names) if r is not None), None)
    if region is None:
        return None
    return IssuerFound(
        "、".join(full_name(name) for name in _placed(page, _with_committees(names), region)),
        region,
        page.evidence(start, end),
        confidence,
    )


def _placed(page: Page, names: list[str], region: int) -> list[str]:
    """The names; those of a title that their level alone names with the place of the one beside them."""
    return [with_its_place(name, region) for name in names] if page.place == "title" else names


def _with_committees(names: list[str]) -> list[str]:
    """The names, one of no place behind a zone's committee taken for its bureau: 管委会 / 发展改革局."""
    joined: list[str] = []
    for name in names:
        if joined and joined[-1].endswith(COMMITTEE) and region_of(name, None) is None:
            joined[-1] += name
        else:
            joined.append(name)
    return joined
