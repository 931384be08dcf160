"""Periods that run from publication: 公示5个工作日, 自本公告发布之日起30日内."""

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from notices.lexicon.gated import Gated
from notices.lexicon.numerals import NUMERAL, number
from notices.lexicon.workdays import add_workdays, days_before
from notices.reading.sentences import DateInSentence, Sentence, dates_in
from notices.reading.values import DeadlineFound

PERIOD = Gated(
    rf"(?<![\d月年.第至到~-])(?<!\d[、\s])(?P<n>\d{{1,3}}|{NUMERAL}{{1,4}})(?:\([^()]{{1,6}}\))?(?:个)?(?P<unit>工作日|自然日|日|天|个月|(?:周|星期)(?=之?内|以内|[,。;)]))(?P<inside>内|以内|之内)?(?!\s?[-~至到—]{{1,2}}\s?\d)",
    *("日", "天", "个月", "周", "星期"),
)
OPENS = re.compile(
    r"(?:公示|公告|征求意见|意见征集|公开征求|异议|反馈|受理|申报)[^,。;]{0,10}(?:期|时间|期限|时限)?[^,。;\d]{0,10}$"
    r"|(?:公示|发布|公布|印发|公告|刊登|通知|本通知|下发)[^,。;]{0,8}(?:之日|次日|当日)?起(?:算|的)?[^,。;\d]{0,4}(?:,(?:连续)?)?$|^[,(]?(?:共|为期|公示)$"
    r"|(?:公示|发布|公布|公告)之日(?=$)|(?:公示|公告|意见|建议),(?:公示)?(?:时间|期限|期|时长|为期)(?:为|:|共)?$"
    r"|(?:公示|征求意见)[^。;]{0,24}\d[日号](?:起|开始),(?:共|为期|时间为?|期限为?)$"
    r"|(?:通知|公告|通告)(?:发布|印发|公布|下发|发出|挂网)后的?[,]?(?:于|在)?$"
    r"|(?:异议|意见|建议)[^,。;]{0,6},(?:可|请|须|应)?(?:在|于)$"
    r"|(?:接到?|收到?|见)(?:本|此|该)?(?:通知|函|文件?|公告|通告)(?:之日起|后|起)的?[,]?(?:于|在)?$"
    r"|(?:公众|社会各界|单位和个人|个人|公民|群众|利害关系人)[^,。;]{0,8}(?:在|于)$"
    r"|(?:发文|来文|行文|挂网|上网|见报|成文|登报)之?日起的?[,]?$|(?:[即本今]日|今天?)起(?:算|计)?[,]?(?:[^,。;\d]{0,8}(?:在|于))?$|\d[日号](?:\([^()]{1,6}\))?\)?(?:起|开始)(?:算|计)?的?[,]?$|名单(?:公布|发布|公告|印发)后的?$"
    r"|(?:项目|计划|任务|立项|文件?|通知|资金|指标)[^,。;\d]{0,6}下达(?:之日|次日)?(?:起|后|起的|后的)[,]?(?:[^,。;\d]{0,4}(?:在|于))?$"
)
# 请于15个工作日内报送: from publication, unless the sentence tells of a case in which it is asked
SIMPLY_ASKED = re.compile(r"请[^,。;:]{0,16}(?:于|在)$")
IN_A_CASE = re.compile(r"如|若|凡|一旦|逾期|的,|后|[^同及届]时,|补正|变更|之日|之前|不(?:全|符|合)")
# Days from a list's publication begin with this notice only where it publishes the list itself.
FROM_LIST = re.compile(
    r"(?:名单|结果)[^,。;]{0,4}(?:公布|发布|公告|印发|下达)(?:之日|次日|当日|后)?[起的]?,?[^,。;]{0,4}$"
)
# So too days from a plan's being handed down: only with the notice that hands it down.
FROM_PLAN = re.compile(r"下达(?:之日|次日)?[起后]的?[,]?[^,。;]{0,5}$")
HANDS_DOWN = re.compile(r"(?:现(?:将|予以?)?|予以)[^。]{0,120}下达|下达(?:如下|给你)")
PUBLISHES_LIST = re.compile(
    r"(?:现将|现予|予以)[^。]{0,80}(?:名单|结果)?[^。]{0,40}(?:印发|公布|公告|下达|通报)|(?:列入|本)名单|名单[^。]{0,8}(?:见附件|如下)|(?:公布|印发)如下"
)
BEGINS_ON = re.compile(r"(?:\([^()]{1,6}\))?\)?(?:起|开始)(?!至|到|施行|实施|执行|生效)")
FROM_THE_DAY = re.compile(r"当日起|[即本今]日起|今天?起")
ACTS = re.compile(
    r"公示|异议|意见|反馈|反映|提出|函复|回复|复函|报送|上报|提交|申报|申请|受理|填报|填写|登录|注册|报名|备案|登记|缴[纳清费存]|[补上]缴"
    r"|(?<!上)公布(?!之日|后)|签订|公开(?!征求)|申领|办理|整改|(?:报|送|寄|交)(?:至|到|我|市|省|区|县|所在)|将[^。;]{2,40}(?:报|送|寄|交)"
)
LENGTHENED = re.compile(
    r"(?<!通知)(?<!公告)(?<!公示)(?<!发布)(?<!公布)(?<!文)(?<!文件)(?<!函)(?<!下达)(?<!印发)(?<!下发)(?<!发出)(?<!挂网)后的?$|(?:增加|再延|延长|延期|推迟|顺延|延后)[^,。;\d]{0,4}$"
)
HAS_LASTED = re.compile(r"(?:之?前|已经?|连续|满|超过)[^,。;\d]{0,12}$")  # 截止日前已正常运行3个月以上
AT_LEAST = re.compile(r"(?:\(含\)|及)?以上")
COUNTED_BACK = re.compile(r"(?:前|提早)(?:的|至少|不少于)?$")  # 申报截止日期前10日内: from a day to come
OTHER_START = re.compile(
    r"(?:受理|申请|提交|签订|立项|验收|投产|变更|认定|收到[^,。;]{0,8}(?:材料|申请|意见|报告))(?:书|后|的)?之?日?起[^,。;]{0,4}$"
)
# 公示结束之日起5个工作日内: from the end of what is heard, which `after_closing` counts
FROM_ITS_END = re.compile(
    r"(?:结束|届满|期满|截止)(?:之日|当日|次日|日期|时间|日)?(?:之后|以后|起|后)的?[^,。;\d]{0,4}$"
)
OFFICE_DOES = re.compile(r"[^,。;]{0,6}(?:作出|办结|答复|出具|拨付|组织|予以|完成(?:审核|审查|评审|核查))")
IN_FORCE_THEN = re.compile(  # 自发布之日起30日后施行, 30日内有效
    r"后[^,。;]{0,6}(?:施行|实施|生效|执行|启用|废止)|[^,。;]{0,2}有效"
)
# 收到通知后5个工作日内报名,4月20日前提交材料: the period is no other wording of the day
FROM_NOTICE = re.compile(
    r"(?:接到?|收到?|见)(?:本|此|该)?(?:通知|函|文件?|公告|通告)|(?:通知|公告|通告|文件|发文|印发|发布|下发)[^,。;]{0,6}之?日起"
)
HANDED_IN = re.compile(rf"{ACTS.pattern}|^[^,。;]{{0,6}}[报送交寄]")
AGAIN = re.compile(r"[,;](?:即|也即|也就是|截至|截止|至|最迟|最晚|到)")
LATER = re.compile(r"公示[^,。;]{0,10}(?:,[^,。;\d]{0,8})?$")
AFTER_A_STEP = re.compile(r"后[^,。;]{0,6}公示,公示")  # 评审结束10个工作日后公示,公示期5个工作日
NOW = re.compile(r"现(?:予|将|对|就|进行|面向|向)|予以公示|本(?:公告|公示|通告)")
_EVENT = r"(?:会议|听证会?|活动|培训班?|论坛|大赛|比赛|开标|会)"
BEFORE_EVENT = re.compile(
    rf"{_EVENT}(?:召开|举行|举办|开始|开幕)?(?:之?前|的)?(?P<n>\d{{1,2}}|{NUMERAL}{{1,3}})个?(?P<unit>工作日|日|天)(?:之?前)?"
)
ACTS_BEFORE = re.compile(r"报名|提交|报送|反馈|回执|报(?:我|至|到|市|省)|发送|申请|登记|寄|告知|联系")
HELD = re.compile(r"^[^,。;]{0,24}?(?:召开|举行|举办)")
HELD_AT = re.compile(rf"{_EVENT}[^,。;\n]{{0,6}}(?:时间|日期)?[:为]?\n?(?:时间|日期)?(?:为|:|是|于|从|自)*$")
OFFICE_ACTS = re.compile(
    r"(?:我[局厅部委]|本[局厅]|审核|受理机关|主管部门|答复|办结|审查|核实)[^,。;]{0,12}$"
)

# 申报截止后3个工作日内, 填报结束之日起10日内: counted from another day of the same notice.
AFTER_CLOSING = Gated(
    rf"(?:申报|填报|报名|征集|受理|提交|推荐|网上|线上|注册|申请|反馈|公示|征求|系统|通道|^|[,;。:(])[^,。;\d]{{0,6}}?(?:截止|结束|关闭|届满|期满)(?:时间|日期|之日|之|日)?(?:后|起|以后)的?(?P<n>\d{{1,2}}|{NUMERAL}{{1,3}})个?(?P<unit>工作日|自然日|日|天)(?:之内|以内|内)?",
    *("截止", "结束", "关闭", "届满", "期满"),
)
HEARING_ENDS = re.compile(r"公示|征求|届满|期满")
OBJECTS = re.compile(r"[^。;]{0,16}提[出交](?:书面|实名)?的?(?:异议|复核|复审|复查|申诉|申请|意见|质疑)")
HANDS_ON = re.compile(r"报(?:我|至|送|到|市|省|区|县)|上报|提交|送(?:我|至|到)|寄")
# A period that does not run from publication, or by whose end readers need not act.
OTHER_STARTS = (OFFICE_ACTS, LENGTHENED, AFTER_A_STEP, OTHER_START, COUNTED_BACK, FROM_ITS_END)
OTHER_ENDS = (OFFICE_DOES, IN_FORCE_THEN)
FAR = 600  # characters: no sentence that people write asks so long before it says within how many days
EACH_TIME = re.compile(r"每[^,。;]{0,8}(?:批|期|次|季|月|轮|年)|各批")


def event_days(dates: Iterable[DateInSentence], published: date | None) -> list[date]:
    """The days on which the notice calls people together: 定于5月24日召开, 会议时间:5月24日."""
    return sorted(
        {
            day
            for dated in dates
            if (HELD.match(dated.after) or HELD_AT.search(f"{dated.sentence.heading}\n{dated.before[-20:]}"))
            and (day := (dated.since or dated.mention).last_day(published))
            and (published is None or day >= published)
        }
    )


def before_event(sentence: Sentence, event: date | None = None) -> DeadlineFound | None:
    """The day that a sentence counts back from an event; without one, any day, to say that it does."""
    match = BEFORE_EVENT.search(sentence.text) if "前" in sentence.text else None
    n = number(match["n"]) if match else None
    if match is None or not n or "前" not in match.group() or not ACTS_BEFORE.search(sentence.text):
        return None
    on = days_before(event, n, working=match["unit"] == "工作日") if event else date.max
    evidence = sentence.page.evidence(sentence.start + match.start(), sentence.start + match.end())
    return DeadlineFound(on, evidence, confidence=0.8)


def after_closing(sentence: Sentence) -> re.Match[str] | None:
    """The words by which a sentence asks for something within days of another deadline."""
    match = AFTER_CLOSING.search(sentence.text)
    if match is None or EACH_TIME.search(sentence.text[: match.end()]):
        return None
    rest = sentence.text[match.end() :]
    if HEARING_ENDS.search(match.group()) and not OBJECTS.match(rest):
        return None  # what the office does then, it does itself
    theirs = HANDS_ON.search(rest) or not OFFICE_DOES.match(rest)
    return match if ACTS.search(rest) and theirs else None


def periods_in(
    sentence: Sentence, published: date | None, anchor: date, *, publishes: bool, beside: bool = False
) -> Iterator[DeadlineFound]:
    """The deadlines that a sentence sets by counting from publication, or from a day that it names.

    `publishes`: the notice is itself a publicity or a draft; in others 公示7个工作日 is a later step.
    `beside`: other clauses name deadlines by their days; a period that says one of them again sets none.
    `anchor` gives a named day its year where the day of publication is not known.
    """
    text = sentence.text
    for match in PERIOD.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if (
            not _says(ACTS, text)
            or not (OPENS.search(before) or (match["inside"] and _is_simply_asked(text, match.start())))
            or any(start.search(before) for start in OTHER_STARTS)
            or any(end.match(text, match.end()) for end in OTHER_ENDS)
            or (AT_LEAST.match(text, match.end()) and HAS_LASTED.search(before))
            or (FROM_LIST.search(before) and not _says(PUBLISHES_LIST, sentence.page.clean))
            or (FROM_PLAN.search(before) and not _says(HANDS_DOWN, sentence.page.clean))
            or not (publishes or _says(NOW, text) or not LATER.search(before))
            or (beside and not _is_of_its_own(sentence, match))
        ):
            continue
        n = number(match["n"])
        if n and n <= 120:
            first = _begins_on(sentence, published, anchor)
            first = first or (published if FROM_THE_DAY.search(before) else None)
            start = first - timedelta(days=1) if first else published
            if start is None:
                continue
            yield DeadlineFound(
                last_day(start, n, match["unit"]),
                sentence.page.evidence(
                    sentence.start + max(0, match.start() - 8), sentence.start + match.end()
                ),
                who="社会公众",
                what="",
                confidence=0.9,
            )


@lru_cache(maxsize=8)  # a page or sentence is asked for each of its periods
def _says(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.search(text))


def _is_simply_asked(text: str, at: int) -> bool:
    """Whether what is to be done within the period there is asked of everyone, at once."""
    before = text[max(0, at - FAR) : at]
    asked = SIMPLY_ASKED.search(before)
    return asked is not None and not IN_A_CASE.search(before)


def _is_of_its_own(sentence: Sentence, period: re.Match[str]) -> bool:
    """Whether a clause without a day asks for its own thing within days of the notice's coming."""
    text = sentence.text
    start = max(text.rfind(stop, 0, period.start()) for stop in ",;:") + 1
    ends = (n for n in (text.find(stop, period.end()) for stop in ",;。") if n >= 0)
    end = min(ends, default=len(text))
    clause = text[start:end]
    if not FROM_NOTICE.search(text[start : period.start()]) or not HANDED_IN.search(text[period.end() : end]):
        return False
    said_again = AGAIN.match(text, end) or any(
        start <= dated.start - sentence.start < end for dated in dates_in(sentence)
    )
    return not said_again and "(" not in clause


def _begins_on(sentence: Sentence, published: date | None, anchor: date) -> date | None:
    """The day that the sentence itself counts from: 自4月3日起5个工作日."""
    for dated in dates_in(sentence):
        if dated.since is None and BEGINS_ON.match(dated.after) and dated.mention.part == "day":
            return dated.mention.near(published) if published else dated.mention.last_day(anchor)
    return None


def last_day(start: date, n: int, unit: str) -> date:
    """The n-th day or working day after `start`, or the same day n months on."""
    if unit == "工作日":
        return add_workdays(start, n)
    if unit in ("周", "星期"):
        return start + timedelta(days=7 * n)
    if unit == "个月":
        months = start.month - 1 + n
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    return start + timedelta(days=n)
