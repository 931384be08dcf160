"""The place of the paper, station or account that a page names as its source: 兰州晚报讯, 来源:绥化经信."""

import re
from collections.abc import Iterator
from functools import lru_cache

from notices.lexicon import regions
from notices.lexicon.normal import HAN
from notices.lexicon.places import is_read_alone
from notices.reading.layout import Layout
from notices.reading.page import Line
from notices.reading.values import Placed

PRESS = (  # a place's own press, wherever a line names it
    r"(?:日报|晚报|晨报|早报|都市报|融媒|新闻网|新闻|电视台|广播|在线|客户端"
    r"|发布(?!时|日|单|机|者|于|部|会))"
)
ACCOUNT = (  # what a place's offices call their accounts, and its sites
    r"(?:工业和信息化|工信|经信|科技|科创|生态环境|环境|环保|发改|商务|中小企业|政务|网信"
    r"|发布|融媒|日报|晚报|晨报|都市报|时报|商报|报|新闻|信息港|在线|网)"
)
NAMED = re.compile(rf"(?P<name>[{HAN}]{{2,8}}?){PRESS}")
SOURCE = re.compile(r"(?:来源|来自|稿源|转自|转载自|出处)[:]?\s{0,2}\|?\s?(?:微信)?(?:公众号)?[\"“《]?")
OWN_LINE = re.compile(  # 甘肃科技 2023-10-23 18:30 发表于甘肃
    rf"[{HAN}]{{4,12}}(?=\s{{0,4}}20\d\d[-年/.]\d{{1,2}}[-月/.]\d)"
)
ENDS = rf"(?=$|[^{HAN}]|作者|记者|发布|时间|编辑|日期|责任|点击|字[号体]|阅读|浏览|访问)"
CALLED = re.compile(
    rf"(?:今日|中国|看)?(?P<name>[{HAN}]{{2,8}}?){ACCOUNT}(?:社|微报|客户端|公众号|官微)?{ENDS}"
)
TODAY = re.compile(rf"今日(?P<name>[{HAN}]{{2,8}}?){ENDS}")
BYLINE = re.compile(r"来源|来自|稿源|转自|转载自|出处|记者|作者|编辑")
DATELINE = re.compile(rf"^[^。\n]{{0,8}}?(?P<name>[{HAN}]{{2,8}})\d{{1,2}}月\d{{1,2}}日(?:讯|电)")
JOINT = re.compile(r"[-·—/]")
HEAD, FOOT = 3, 2  # lines of the body that can name a source
LONGEST_LINE, LONGEST_SOURCE = 200, 40


@lru_cache(maxsize=4)
def medium_place(layout: Layout) -> Placed | None:
    """The place in the name of the medium that the page names first, or of one below it behind that one."""
    found = [one for line in _lines(layout) for one in _named(layout, line)]
    below = (one for one in found[1:] if one[0] != found[0][0] and regions.lies_in(one[0], found[0][0]))
    return next(below, found[0]) if found else None


def _lines(layout: Layout) -> Iterator[Line]:
    yield from (*layout.furniture, *layout.body[:HEAD])
    yield from (line for line in layout.body[-FOOT:] if BYLINE.search(line.text, 0, LONGEST_LINE))


def _named(layout: Layout, line: Line) -> Iterator[Placed]:
    """The places of a line's media, those behind 来源 first."""
    for match in (*_accounts(line), *NAMED.finditer(line.text, 0, LONGEST_LINE)):
        place = place_called(match["name"])
        if place:
            proof = layout.page.evidence(line.start + match.start(), line.start + match.end())
            yield place, proof, "地区由页面所注媒体推知"


def _accounts(line: Line) -> Iterator[re.Match[str]]:
    """Names behind 来源, of several run together (天山网-新疆日报) each, and one that a day stands behind."""
    source = SOURCE.search(line.text, 0, LONGEST_LINE)
    own = OWN_LINE.match(line.text)
    start = source.end() if source else 0
    end = start + LONGEST_SOURCE if source else own.end() if own else 0
    while start < end:
        match = CALLED.match(line.text, start, end) or TODAY.match(line.text, start, end)
        if match:
            yield match
        joint = JOINT.search(line.text, start, end)
        start = joint.end() if joint else end


def dateline_city(layout: Layout) -> int | None:
    """The city from which a paper of elsewhere tells a story: 红网时刻株洲3月8日讯."""
    lines = (DATELINE.match(line.text, 0, LONGEST_LINE) for line in layout.body[: HEAD + 1])
    place = next((place_called(match["name"]) for match in lines if match), None)
    return place if place and regions.region(place).kind == "city" else None


def place_called(name: str) -> int | None:
    """The place that these words end with, no nickname and no ordinary word: 据兰州."""
    ends = (name[n:] for n in range(len(name) - 1))
    found = next(filter(None, map(regions.find, filter(is_read_alone, ends))), None)
    return found if found and regions.region(found).kind in ("province", "city", "county") else None
