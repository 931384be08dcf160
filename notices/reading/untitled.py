"""What kind of notice a text without a title is: by the sentence of its opening that says what it does."""

import re
from collections.abc import Iterator

from notices.lexicon.kinds import Kind
from notices.reading.asked_by_body import ASKED, BY_BODY, asked_by_body, found_in, given_by_body
from notices.reading.page import Page
from notices.reading.paper_below import paper_below
from notices.reading.story_signs import told_as_story
from notices.reading.title_rules import Titled, first_rule
from notices.reading.values import Found

BY_LESSER_WORDS = 0.5  # how sure a kind is that only single words of the text show
OPENING = 700  # characters in which a notice says what it does
SENTENCE = re.compile(r"[^。;:\n]{4,300}")
NO_SENTENCE = re.compile(  # an item of what is asked, a path, a line of a list of titles
    r"[(]?[一二三四五六七八九十\d]{1,2}[)、.]|第[一二三四五六七八九十\d]{1,3}[章节条]|20\d\d[-/.]|[^\n]*[>»]|附件?"
)
ITS_ACT = re.compile(r"现(?![场有代行金状象任存阶])|决定|如下|特此")  # what the notice does itself
BEGINS = re.compile(  # what is begun, or about to be, and not what was
    r"(?<![已再])(?<!不予)(?:启动|组织|开展|受理|征集)(?![了过]|单位|机构)|拟(?=[对将确推认立支授批])(?!推荐(?:对象|名单))"
)
OPENS_WITH_WHY = re.compile(  # 依照…文, 为落实…, 经专家评审和公示: no part of a title
    r"(?!现)(?:(?:依照|依据|根据|按照?|遵照|为(?!期)|经(?!济|营|信|开)|结合|鉴于|因|近日|日前)|[^,]{0,30}(?:同意|批准|通过|评审|公示|审定|审核|精神|要求)$)"
)
ADDRESSES = re.compile(r"(?:各|有关|相关)[^,]*$|请")
AGREED = re.compile(r"已?经[^,]{2,40}(?:同意|批准|审议通过)")
ACTS = re.compile(
    r"(?:现(?:予以?|将|就|特|一并)?|予以?|特)?(?P<act>印发|公布|发布|下达|公示|公告|通报|转发)(?![^《》]*》)"
)
HANDS_ON = re.compile(r"关于转发")
DONE_NOW = re.compile(r"现|予|特此|决定")
SHORTEST_MATTER = 4
MOVED = re.compile(  # 现将截止时间延长至本年底, 新申请工作顺延一个月, 现决定延长:
    r"(?:现|决定|经研究|同意)(?:(?!有效期)[^。;\n]){0,50}(?:延长|推迟|顺延|延后|延期|放宽)"
    r"(?:(?!有效期)[^。;\n]{0,30}(?:时间|时限|期限|截止|申报|提交|受理|报送)|[:。])"
    r"|(?:时间|时限|期限|截止|日期|工作)(?:(?!有效期|较)[^。;,\n]){0,24}(?<!有效期)(?:延长|推迟|顺延|延后|延期|延|调整)"
    r"(?:至|到|为(?=[^。;,\n]{0,12}\d)|(?:\d{1,2}|[一二两三四五六七八九十]{1,2})(?:天|日|周|个月|个工作日))"
    r"|(?:安排|工作|时间|期限|时限|事项)(?:进行|[作做])?(?:如下调整|(?:调整|变更|顺延)如下)"
    r"|(?:新增|增加)[^。;,\n]{0,16}(?:截点|时间节点|截止时间)"
)
DRAFT = re.compile(  # 我局草拟了《…(征求意见稿)》,…对方案有意见与建议的
    r"(?:征求意见稿|草案|修订稿)\)?》?[^\n]{0,200}?(?:意见|建议|想法)"
    r"|现(?!行|有)[^。;\n]{0,60}(?:征求|征询|听取)[^。;\n]{0,24}(?:意见|建议)|请[^。;\n]{0,30}提出(?:宝贵|书面|修改){0,2}(?:意见|建议)"
)
SALUTED = re.compile(r"(?:^|\n)(?:各|有关|相关)[^。\n]{2,160}:\n")  # no story begins so
EXPLAINS = re.compile(  # 一、制定背景: the first part of what explains a paper
    r"(?:^|\n)一、[^\n,。]{0,12}背景"
)
OBJECTED = re.compile(
    r"有?异议[^。;\n]{0,60}(?:反映|提出|反馈|来电)|公示(?:起止)?(?:时间|期)(?::|自|从|为?20)|名单(?:\(?见附件|公之于众)"
)
CHOSEN = re.compile(
    r"以下\d{1,5}[家个项]|\d[家个项][^。;\n]{0,30}(?:列入|纳入|被(?:确定|认定)|达到|符合|通过|入选)|(?:确定|认定|纳入)[^。;\n]{2,60}(?:名单|计划|创建)[^。;\n]{0,8}见附件"
)
SENT_BY = re.compile(  # 填写附件,并于1月21日前发送至邮箱
    r"(?:\d[日号]|月底)(?:[上下]午)?(?:之?前|以前|送|报|交)[^。;\n]{0,60}(?:发送|发至|报送?|提交|送|寄|交)(?:至|到|给|达|我)"
)
LESSER = (
    (Kind.RESULT, CHOSEN),
    (Kind.APPLICATION, SENT_BY),
    (
        Kind.APPLICATION,
        re.compile(
            r"(?:申报|申请|推荐|征集|受理|入库|遴选|申领|填报)(?:的)?(?:条件|材料|程序|流程|主体|对象|截止|时间|方式|书|表|要求|范围|单位|企业|函)"
            r"|(?:组织|积极|逐级)(?:申报|推荐|上报)|(?:登录|登陆)[^。;\n]{2,30}(?:填报|申报|申请)"
        ),
    ),
    (
        Kind.POLICY,
        re.compile(
            r"(?:^|\n)第一[章条]|(?:贯彻|遵照|认真)[^。;\n]{0,6}(?:执行|落实)|划定[^。;\n]{0,24}(?:禁|限)[燃烧养采放]"
            r"|本(?:办法|规定|细则|意见|方案|通告|通知|公告|条例)自[^。;\n]{0,24}起|(?:制定|编制)本(?:办法|规定|细则|方案|规划|意见|条例)"
        ),
    ),
    (Kind.NEWS, re.compile(r"(?:^|[\n。])(?:截至(?:目前|\d{1,2}月底|20\d\d年)|下一步|今年以来|近期,)")),
)


def kind_untitled(title: Titled, body: Page) -> Found[Kind] | None:
    """The kind by what the opening says that it does, by what the text asks for or gives, by its words."""
    return (
        paper_below(body)
        or (None if SALUTED.search(body.clean, 0, OPENING) else told_as_story(title, body))
        or _stated_or_asked(body)
        or _by_lesser_words(body)
    )


def _stated_or_asked(body: Page) -> Found[Kind] | None:
    return (
        _in_opening(body, Kind.NEWS, EXPLAINS)
        or _moved(body)
        or _in_opening(body, Kind.CONSULTATION, DRAFT)
        or _in_opening(body, Kind.RESULT, OBJECTED)
        or _stated(body, ITS_ACT)
        or _stated(body, BEGINS)
        or asked_by_body(body)
        or given_by_body(body)
    )


def _in_opening(body: Page, kind: Kind, words: re.Pattern[str]) -> Found[Kind] | None:
    match = words.search(body.clean, 0, OPENING)
    return Found(kind, body.evidence(*match.span()), BY_BODY) if match else None


def _moved(body: Page) -> Found[Kind] | None:
    """An extension, where a sentence of the opening moves a time; an item of a list moves that of others."""
    for sentence in _sentences(body):
        if moved := MOVED.search(body.clean, sentence.start(), min(sentence.end() + 1, len(body.clean))):
            return Found(Kind.EXTENSION, body.evidence(*moved.span()), BY_BODY)
    return None


def _stated(body: Page, told_by: re.Pattern[str]) -> Found[Kind] | None:
    """The kind of the title that a sentence of the opening would be."""
    for sentence in _sentences(body):
        said = _as_title(sentence.group()) if told_by.search(sentence.group()) else ""
        fits = first_rule(said, "document", len(body.clean)) if said else None
        kind = fits[0].kind if fits and not fits[0].soft else None
        if asked := _asked_beside(body, said, kind):
            return asked
        if kind:
            return Found(kind, body.evidence(*sentence.span()), BY_BODY)
    return None


def _asked_beside(body: Page, said: str, kind: Kind | None) -> Found[Kind] | None:
    """What is asked beside a paper that is handed on, whatever it is, or beside rules that are given out."""
    if HANDS_ON.match(said):
        return asked_by_body(body)
    sentences = (sentence.group() for sentence in _sentences(body)) if kind is Kind.POLICY else ()
    asks = any(ASKED[Kind.APPLICATION].search(told) or SENT_BY.search(told) for told in sentences)
    return (asked_by_body(body) or found_in(body, Kind.APPLICATION, SENT_BY)) if asks else None


def _by_lesser_words(body: Page) -> Found[Kind] | None:
    found = (found_in(body, kind, words) for kind, words in LESSER)
    weak = next(filter(None, found), None)
    return Found(weak.value, weak.evidence, BY_LESSER_WORDS) if weak else None


def _sentences(body: Page) -> Iterator[re.Match[str]]:
    """The sentences of the opening, in order; the items of what is asked left out."""
    for line in body.lines:
        if line.start < OPENING and not NO_SENTENCE.match(line.text):
            yield from SENTENCE.finditer(body.clean, line.start, min(line.end, OPENING))


def _as_title(sentence: str) -> str:
    """关于印发…的通知: the sentence without its reasons and without whom it asks, its act first."""
    parts = [part for part in sentence.split(",") if part]
    kept = [part for part in parts if not (OPENS_WITH_WHY.match(part) or ADDRESSES.match(part))]
    return (
        _act_first("".join(kept))
        or _act_first(AGREED.sub("", "".join(parts)))
        or f"关于{''.join(kept or parts)}的通知"
    )


def _act_first(told: str) -> str:
    now = max(told.rfind("现"), 0)  # 省厅已印发《…》,现转发给你们
    act = (ACTS.search(told, now) or ACTS.search(told)) if DONE_NOW.search(told) else None
    matter = f"{told[: act.start()].removeprefix('现将')}{told[act.end() :]}" if act else ""
    return f"关于{act['act']}{matter}的通知" if act and len(matter) >= SHORTEST_MATTER else ""
