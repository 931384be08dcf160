"""Titles short enough for a `thing` field, with the place and the project's noun left whole.

A card has room for 20 characters and Tencent refuses the 21st, while official titles run to 50. The steps
below take away what carries least, one after the other, and stop as soon as the title fits.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

LIMIT = 20
ELLIPSIS = "…"

# 市场 is no city and 区域 no district; 广州市 is one name, 恩施州 another.
_RANK = "(?:自治区|自治州|自治县|省(?![级直])|市(?![场级直政])|区(?![域级])|县(?!级)|州(?!市)|盟|旗)"
# A place is taken as it first ends: to part 自治区…自治区… in every way that there is takes for ever.
_PLACE = re.compile(rf"^(?:(?>(?![全各])[^省市区县关于]{{1,8}}?{_RANK}))+")
_PLACE_PART = re.compile(rf".+?{_RANK}")
_ISSUER = re.compile(r"^(?:转发)?(?P<issuer>[^《》：]{2,30}?)关于(?P<rest>.{6,})$")
_CONSULTATION = re.compile(r"^.{0,30}?(?:征求|征集)?《(?P<draft>.+)》(?:公开)?(?:征求)?意见.{0,6}$")
_DRAFT_MARK = re.compile(r"（(草案)?[^（）]*征求意见稿[^（）]*）")
_HOLLOW = "认真|切实|组织|开展|做好"
_VERBS = "实施|印发|下达|发布|公布|申报|推荐"
_ENUMERATION = re.compile(r"(?P<first>[^、]{4,})、[^、的]+(?:、[^、的]+)*(?=的|$)")
_DRIVE = re.compile(
    r"^.{0,8}?(?:加快推进|大力推进|进一步加强|进一步|加快|推动|推进(?!会)|促进|加强|深化)(?=.{6,})"
)
_OPENERS = {"《": "》", "（": "）", "“": "”", "【": "】", "(": ")", "〈": "〉", "「": "」"}
_DANGLING = "、，：；的和及与（《“【 "


def _without_banner(title: str) -> str:
    """【截止日：6月4日】 in front says what the card says elsewhere."""
    return re.sub(r"^【[^】]*】", "", title)


def _consultation_first(title: str) -> str:
    """关于公开征求《X（征求意见稿）》意见的通知 → 征求意见：X."""
    found = _CONSULTATION.match(title)
    if found is None:
        return title
    draft = _DRAFT_MARK.sub(lambda mark: "（草案）" if mark[1] else "", found["draft"])
    return "征求意见：" + re.sub("^关于", "", draft)


def _without_issuer(title: str) -> str:
    """四川省生态环境厅关于开展全省… → 开展四川省…: the issuer has a field of its own, its place stays."""
    found = _ISSUER.match(title)
    if found is None:
        return title
    place = _PLACE.match(found["issuer"])
    rest = re.sub(rf"^(?:{_HOLLOW})+", "", found["rest"])
    if place is None or _PLACE_PART.findall(place[0])[-1] in rest:
        return rest
    placed, times = re.subn(r"全[省市区县]|(?:^|(?<=年))自治区", place[0], rest, count=1)
    return placed if times else place[0] + rest


def _without_wrapping(title: str) -> str:
    """关于做好…工作的通知 → …: the wrapping says only that it is a notice."""
    inner = re.sub(rf"^(?:(?:转发)?关于)?(?:转发)?(?:{_HOLLOW})*(?=.{{6,}})", "", title)
    return re.sub(r"(?:(?:有关|相关)?(?:工作|事项))?的(?:通知|公告|通告|公示|函)$", "", inner)


def _without_brackets(title: str) -> str:
    """印发《X》等文件 → 印发X等文件."""
    return re.sub(r"《([^《》]+)》", r"\1", title)


def _without_asides(title: str) -> str:
    """专项资金（工业稳增长工程）项目 → 专项资金项目; 草案 and 节选 stay, they say what the thing is."""
    return re.sub(r"（[^（）]{3,}）", "", title)


def _without_leading_verbs(title: str) -> str:
    """发布2019年… → 2019年…; a verb that is the whole matter (申报, 推荐) moves to the end."""
    found = re.match(rf"^(?P<place>{_PLACE.pattern[1:]})?(?P<verbs>(?:{_VERBS})+)(?=.{{6,}})", title)
    if found is None:
        return title
    rest = (found["place"] or "") + title[found.end() :]
    matter = re.search(r"申报|推荐", found["verbs"])
    return rest + matter[0] if matter and matter[0] not in rest else rest


def _first_of_many(title: str) -> str:
    """监管能力、处置能力和防范能力的指导意见 → 监管能力等的指导意见."""
    return _ENUMERATION.sub(lambda many: many["first"] + "等", title)


def _plain_year(title: str) -> str:
    """2019年度 → 2019."""
    return re.sub(r"(20\d\d)年度?", r"\1", title)


def _without_drive(title: str) -> str:
    """建立激励机制加快推进矿山生态修复 → 矿山生态修复."""
    head, colon, body = title.rpartition("：")
    place = _PLACE.match(body)
    start = place.end() if place else 0
    return head + colon + body[:start] + _DRIVE.sub("", body[start:])


WHOLE = tuple(map(re.compile, (r"“[^”]+”", r"20\d\d年度?", r"[A-Za-z0-9]+")))  # what is not cut in two


def _without_year(title: str) -> str:
    """The year of a notice that arrives today is the least of its words."""
    return re.sub(r"20\d\d(?:年度?)?", "", title, count=1)


STEPS: tuple[Callable[[str], str], ...] = (
    _without_banner,
    _consultation_first,
    _without_issuer,
    _without_wrapping,
    _without_brackets,
    _without_asides,
    _without_leading_verbs,
    _first_of_many,
    _plain_year,
    _without_drive,
    _without_year,
)


def shorten(title: str, limit: int = LIMIT, names: Iterable[str] = ()) -> str:
    """The title in at most `limit` characters; unchanged when it fits.

    `names` are the notice's places and topics, in the order of their weight: none of them is cut in two,
    and one that the title says is still said when the end has to go.
    """
    text = " ".join(title.split())
    for step in STEPS:
        if len(text) <= limit:
            return text
        text = step(text).strip()
    return text if len(text) <= limit else _keep(text, limit, _said(text, names))


def cut(text: str, limit: int = LIMIT, names: Iterable[str] = ()) -> str:
    """The text's beginning with `…`, at most `limit` characters, ending before a name rather than in it."""
    if len(text) <= limit:
        return text
    end = limit - len(ELLIPSIS)
    for start, stop in sorted(_spans(text, names), reverse=True):
        if 0 < start < end < stop:
            end = start
    return _balanced(text[:end].rstrip(_DANGLING)) + ELLIPSIS


def place_names(places: Iterable[str]) -> tuple[str, ...]:
    """安徽省淮北市 → 淮北市, 淮北, 安徽省, 安徽: the names under which a title may mention the place."""
    parts = [part for place in places for part in reversed(_PLACE_PART.findall(place) or [place])]
    shorts = [(part, re.sub(r"(?:省|市|区|县)$", "", part)) for part in parts]
    return tuple(name for pair in shorts for name in dict.fromkeys(pair) if len(name) > 1)


def _said(text: str, names: Iterable[str]) -> list[str]:
    """Those names that the text says, without the ones that are a part of another."""
    said = [name for name in dict.fromkeys(names) if name and name in text]
    return [name for name in said if not any(name != other and name in other for other in said)]


def _keep(text: str, limit: int, names: list[str]) -> str:
    """Cut the end off; a name that would go with it is moved to the front while there is room."""
    short = cut(text, limit, names)
    for name in reversed([name for name in names if name not in short]):
        moved = cut(name + text.replace(name, "", 1), limit, names)
        if all(kept in moved for kept in names if kept in short):
            short, text = moved, name + text.replace(name, "", 1)
    return short


def _spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where in the text the names, quoted names, numbers and Latin words stand."""
    spans = [found.span() for pattern in WHOLE for found in pattern.finditer(text)]
    return spans + [span for name in names if name for span in _each(name, text)]


def _each(name: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + len(name))


def _balanced(text: str) -> str:
    """Without an opening bracket whose partner was cut off."""
    for opener, closer in _OPENERS.items():
        if text.count(opener) > text.count(closer):
            at = text.rindex(opener)
            text = text[:at] + text[at + 1 :]
    return text


def short_title(title: str, places: Sequence[Sequence[str]], nouns: Sequence[str], limit: int = LIMIT) -> str:
    """The title in at most `limit` characters that still says its place and its matter.

    `places` are the names of the notice's place and of those above it, the finest first, each in all its
    forms; `nouns` are the words for its matter. Of the finest place and of the nouns that the title says, one
    form each is kept whole, in its own name or its short one.
    """
    whole = " ".join(title.split())
    finest = next((said for forms in places if (said := [form for form in forms if form in whole])), [])
    said = [noun for noun in nouns if noun in whole]
    short = shorten(title, limit, [*(form for forms in places for form in forms), *nouns])
    groups = [group for group in (finest, said) if group]
    names = [_fitting(group, short, limit // len(groups)) for group in groups]
    if sum(map(len, names)) > limit:
        return _shortest_of(groups, short, limit)
    moved = _led_by([name for name in names if name not in short], names, short, limit)
    return moved if all(name in moved for name in names) else _led_by(names, names, short, limit)


def _fitting(names: Sequence[str], short: str, room: int) -> str:
    """The name that the short title says already, else the first that fits, else the shortest."""
    there = [name for name in names if name in short]
    fit = [name for name in names if len(name) <= room]
    return next(iter([*there, *fit]), min(names, key=len))


def _shortest_of(groups: Sequence[Sequence[str]], short: str, limit: int) -> str:
    """Where the names as they stand have no room side by side, the shortest of each comes in their place."""
    for form in sorted((form for group in groups for form in group), key=len, reverse=True):
        short = short.replace(form, "")
    names = [min(group, key=len) for group in groups]
    return _led_by(names, names, short, limit)


def _led_by(leading: list[str], names: list[str], short: str, limit: int) -> str:
    """The leading names first, then as much of the rest as there is room for; none of the names is cut."""
    if not leading:
        return short
    lead, rest = "".join(dict.fromkeys(leading)), short
    for name in leading:
        rest = rest.replace(name, "", 1)
    return cut(lead + rest, limit, [lead, *names]) if len(lead) < limit else lead[:limit]
