"""The steps by which a title grows shorter: each takes away what carries least of what is left."""

import re
from collections.abc import Callable

from notices.reading.title_cuts import LIMIT

# 市场 is no city and 区域 no district; 广州市 is one name, 恩施州 another.
_RANK = "(?:自治区|自治州|自治县|省(?![级直])|市(?![场级直政])|区(?![域级])|县(?!级)|州(?!市)|盟|旗)"
# A place is taken as it first ends: to part 自治区…自治区… in every way that there is takes for ever.
_PLACE = re.compile(rf"^(?:(?>(?![全各])[^省市区县关于]{{1,8}}?{_RANK}))+")
PLACE_PART = re.compile(rf".+?{_RANK}")
_OFFICE = r"(?:部|委|办|局|厅|院|署|会|府|中心|委员会|办公室|部门|单位)"
_ISSUER = re.compile(  # one office, or several: …部办公厅 …委办公厅 …等五部门
    rf"^(?:转发)?(?P<issuer>[^《》：]{{2,30}}?|[^《》：]{{2,110}}?{_OFFICE})[：]?关于(?P<rest>.{{6,}})$"
)
_ISSUES = re.compile(
    rf"^(?P<issuer>[^《》：“”关于]{{3,60}}{_OFFICE})(?:联合)?(?:印发|发布|转发)(?:关于)?(?P<rest>.{{6,}})$"
)
_SAYS = re.compile(rf"^(?P<issuer>[^《》：“”关于 ]{{2,12}}?{_OFFICE})：(?P<rest>.{{6,}})$")
_FORWARDED = re.compile(
    r"^(?P<by>[^《》]{0,40}?)(?:关于)?(?:印发)?转发(?:关于)?《(?P<paper>.{6,})》(?:的?(?:通知|函|公告))?$"
)
_LABEL = re.compile(  # a column of the site, a call for attention
    r"^(?:【[^】]{0,60}】|「[^」]{0,60}」|(?:[^|｜ ]{2,6} ?[|｜] ?)"
    r"|(?:温馨提示|友情提示|提醒|重磅|喜报|快讯|注意|正在公示|速看|收藏|转需|公示|通知)[！：]+)"
)
_CONSULTATION = re.compile(
    r"^[^《]{0,40}?《(?P<draft>.+)》(?:（[^（）]*征求意见稿[^（）]*）)?"
    r"(?:的?公开)?(?:征求|征集|听取|公开征求)?(?:社会|公众|修改|各界|群众){0,3}(?:意见|建议)(?!.{0,2}(?:采纳|反馈|征集|情况)).{0,8}$"
)
_DRAFT_OF = re.compile(  # …办法（征求意见稿）, with nothing but asking behind it
    r"^(?:.{2,16}(?<![及其])：)?(?:关于)?《?(?P<draft>[^《》：]{4,}(?:（[^（）]*征求意见稿[^（）]*）)+)》?"
    r"(?:公开)?(?:征求)?(?:社会|公众|修改){0,3}(?:意见)?(?:的?(?:公告|通知|公示|函|启事))?$"
)
_EXPLAINED = re.compile(r"^[^《]{0,12}《(?P<paper>.{6,})》(?:的)?(?:政策)?解读$")
_DRAFT_MARK = re.compile(r"（(草案|修订草案)?[^（）]*征求意见稿[^（）]*）")
CONSULTS, EXPLAINS = "征求意见：", "解读："
_HOLLOW = "认真|切实|组织|开展|做好"
_VERBS = "实施|印发|下达|发布|公布|申报|推荐"
_ENUMERATION = re.compile(r"(?P<first>[^、“”（）]{4,40})、[^、的“”（）]+(?:、[^、的“”（）]+)*(?=的)")
_OWN = re.compile(r"[全我本][省市区县州]|(?:^|(?<=年))自治区")
_DRIVE = re.compile(
    r"^.{0,8}?(?:加快推进|大力推进|进一步加强|进一步|加快|推动|推进(?!会)|促进|加强|深化)(?=.{6,})"
)


def _without_banner(title: str) -> str:
    """【截止日：6月4日】 in front says what the card says elsewhere; the name of a place there stays."""
    title = re.sub(r"(?<=.{8})【[^【】]{0,30}】$", "", title)
    label = _LABEL.match(title)
    while label and len(title) - label.end() > len("关于某事的通知"):
        inner = label[0][1:-1]
        place = inner if label[0][0] == "【" and _PLACE.fullmatch(inner) else ""
        rest = title[label.end() :].strip()
        title = rest if place in rest else f"{place}{rest}"
        label = None if place else _LABEL.match(title)
    return title


def _handed_on(title: str) -> str:
    """某区关于转发《某厅关于申报…的通知》 → 某区关于申报…: its matter is the paper's."""
    found = _FORWARDED.match(title)
    if found is None:
        return title
    inner = _ISSUER.match(found["paper"])
    own = _PLACE.match(found["by"]) or re.match(".{2,8}?区", found["by"])
    return f"{own[0]}关于{inner['rest'] if inner else found['paper']}" if own else found["paper"]


def _consultation_first(title: str) -> str:
    """关于公开征求《X（征求意见稿）》意见的通知 → 征求意见：X; 《X》政策解读 → 解读：X."""
    found = _CONSULTATION.match(title) or _DRAFT_OF.match(title)
    if found is None:
        return _EXPLAINED.sub(r"解读：\g<paper>", title)
    draft = _DRAFT_MARK.sub(lambda mark: f"（{mark[1]}）" if mark[1] else "", found["draft"])
    return CONSULTS + re.sub("^关于", "", draft)


def _without_issuer(title: str) -> str:
    """四川省生态环境厅关于开展全省… → 开展四川省…: the issuer has a field of its own, its place stays."""
    found = _ISSUER.match(title) or _ISSUES.match(title) or _SAYS.match(title)
    if found is None or title.startswith((CONSULTS, EXPLAINS)):
        return title
    place = _PLACE.match(found["issuer"].removeprefix("中共").split("转发")[0])
    rest = re.sub(rf"^(?:{_HOLLOW})+", "", found["rest"])
    bare = place is not None and place[0] == "自治区" and len(rest) > LIMIT - len(place[0])
    if place is None or bare or _says(rest, PLACE_PART.findall(place[0])[-1]):
        return rest
    placed, times = _OWN.subn(place[0], rest, count=1)
    return placed if times else place[0] + rest


def _says(text: str, place: str) -> bool:
    """Whether a text says a place, in its own name or in the two characters by which it is known."""
    return place in text or (len(place) > len("某某") and place[:2] in text)


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
    rest = re.sub("(?<=[^的])(?:通知|公告)$", "", rest) if matter else rest
    return rest + matter[0] if matter and matter[0] not in rest else rest


def _first_of_many(title: str) -> str:
    """监管能力、处置能力和防范能力的指导意见 → 监管能力等的指导意见."""
    return _ENUMERATION.sub(lambda many: many["first"] + "等", title)


def _plain_year(title: str) -> str:
    """2019年度 → 2019."""
    return re.sub(r"(20\d\d)年度?(?!\d)", r"\1", title)


def _without_drive(title: str) -> str:
    """建立激励机制加快推进矿山生态修复 → 矿山生态修复."""
    head, colon, body = title.rpartition("：")
    place = _PLACE.match(body)
    start = place.end() if place else 0
    return head + colon + body[:start] + _DRIVE.sub("", body[start:])


def _without_year(title: str) -> str:
    """The year of a notice that arrives today is the least of its words; a name in quotes keeps its own."""
    span = re.sub(r"20\d\d年?[-—~至]20\d\d年?度?", "", title, count=1)
    if span != title:
        return span
    return re.sub(r"(?<![制造纲要])20\d\d(?:年度?)?(?!\d)(?![^“”]{0,30}”)", "", title, count=1)


def _without_form(title: str) -> str:
    """…拟认定名单公示 → …拟认定名单: what sort of paper it is, the card says elsewhere."""
    return re.sub(r"(?<=.{8})的?(?:(?:紧急|补充|预)?通知|公告|通告|公示|启事|信息|提示)$", "", title)


def _in_short_names(title: str) -> str:
    """广西壮族自治区… → 广西…."""
    return re.sub(r"^([^省市区县]{2,3}?)(?:[^省市区县]{1,3}族|维吾尔)?自治区", r"\1", title)


def _without_filling(title: str) -> str:
    """专项资金项目申报工作 → 专项资金申报."""
    title = re.sub(r"(?:工作|有关事项|相关工作|事项)(?=$|的)", "", title)
    return re.sub(r"(?<=.{6})项目(?=(?:拟|申报|认定|推荐|名单|评价|评审|公示))", "", title, count=1)


STEPS: tuple[Callable[[str], str], ...] = (
    _without_banner,
    _handed_on,
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
    _in_short_names,
    _without_form,
    _without_filling,
)
TRIMS = (_first_of_many, _without_year, _without_form, _without_filling)  # which may cut into a name
