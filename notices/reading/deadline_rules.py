"""By which rule a date in its sentence is a deadline, if by any.

The words that decide are data (`lexicon/data/deadline_cues.toml`); here is the order in which they are heard.
"""

import re

from notices.lexicon.kinds import Kind
from notices.reading.application_windows import is_window
from notices.reading.date_places import (
    REQUEST,
    heads_page,
    is_condition,
    is_stage_with_day,
    is_years_of_account,
)
from notices.reading.deadline_cues import cues, first
from notices.reading.handed_in import hands_in, is_open, is_review
from notices.reading.quiet_kinds import AT_LATEST, OPEN_TO, QUIET_KINDS, asks_all_the_same
from notices.reading.sentences import DateInSentence

UNDER_CONDITIONS = re.compile(r"条件|对象|范围|方向|标准")
OPINION = re.compile(r"意见|反馈|上报|报送|提出|反映|建议|来信|来电|寄|函|发送|回复|传真|告诉|联系|提交|异议")
CLOSING_LIST = re.compile(r"截止|时限|期限|(?:请|须)[^。;]{0,60}以下[^。;]{0,12}:$")
CLOSED_AT = re.compile(  # 截止时间分别为:A类3月1日,B类4月1日
    r"(?:截止|关闭)的?(?:时间|时点|日期|节点)[^。;]{0,100}?[:为,]"
    r"(?![^,。;:\d]{0,14}(?:评审|公示|答辩|公布|立项|下达|开工|竣工|实施|执行|生效|施行))[^,。;:\d]{0,14}$"
)
COLUMN_OF_READERS = re.compile(r" [^ :]{0,12}(?:递交|报送|提交|上报|填报|寄送)[^ :]{0,14}:$")  # a table's
ROUNDS = re.compile(r"每(?:年|月|季)")
ITEM_END = re.compile(r"[;,。)、]|$")
TIMETABLE = re.compile(r"时间(?:进度|安排|节点|表|要求)|进度安排|日程")
STEP_OF_READERS = re.compile(r"申报|填报|报名|提交|报送|上报|推荐|申请|受理|初审")
STEP_OF_OFFICE = re.compile(r"评审|公示|公布|立项|下达|核查|答辩|拨付|培训|终审|复核|认定|审定")
NOT_THEIRS = re.compile(rf"{STEP_OF_OFFICE.pattern}|会议|活动|大赛|比赛|论坛|条件|项目|设备")  # (一)活动报名
SHOWN = re.compile(r"公示(?:阶段|时间|期限?|环节)?(?:为|:|\()*$")  # a later stage of an application
BARE_LABEL = re.compile(r"^(?:[(]?[一二三四五六七八九\d][)、.]*)?(?:起止)?(?:时间|期限|日期)[为:]?$")
VIEWS_TAKEN = re.compile(  # of people who give their views: its time is theirs
    r"^(?:[(]?[一二三四五六七八九\d][)、.]*)?(?:意见|建议)?(?:征集|建言|建言献策|献策|问计)?活动(?:起止)?(?:时间|期限|日期)[为:]*$"
)
OF_PUBLICITY = re.compile(  # 至3月5日(公示期5个工作日), 至3月7日为公示期: its own, of no later step
    r"^(?:期间|止)?(?:\([^()]{0,6}公示[^()]{0,24}\)|为(?:本次)?公示(?:期|时间|期限)(?:[,。;(]|$)"
    r"|公示期(?:[间内满]|届满|结束)?[,后]?[^。;]{0,24}(?:异议|意见|反映|反馈|监督|举报))"  # its stop was lost
)
OPEN_TO_MONTH = re.compile(  # 受理期限至2021年3月: to its last day
    r"(?:申报|受理|填报|报名|征集|申请|申领|提交|报送)(?:的|工作|材料|资料|截止|起止|补贴|补助|资金){0,3}(?:期限|时限|时间|日期|期)(?:延长|延续|顺延|持续)?(?:截)?[至到止]{1,2}$"
)
WEB_ADDRESS = re.compile(
    r"\((?:(?:网站|登录|系统|平台)?(?:网址|地址|链接)[^()]*|[^()]*(?:https?:|www\.)[^()]*)\)"
)
BESIDES = re.compile(r"[,;](?:同时|另外?|此外|并且),?")
ITS_PERIOD = re.compile(r"[,;]公示(?:期|时间)")
OVER_THEN = re.compile(
    r"(?:\([^()]{1,8}\))?(?:正式|全部)?(?:结束|期满|届满|到期)(?!后|之)"
)  # 公示期10天,3月10日结束
OBJECTED_IN = re.compile(  # 9月15日至9月23日),任何单位对…主要完成单位等持有异议: however far behind
    r"^(?:期间|之间|内|止)?(?:,[^()]{0,12})?\)?[^。;]{0,160}(?:持有?|存有|有|提出)[^,。;已]{0,4}异议(?!已)"
)
ASKS_WHEN = re.compile(
    r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]*)?(?:网上|线上|项目|材料|补贴|集中|企业)?"
    r"(?:申报|申请|填报|报名|征集|申领|受理|提交|报送)(?:材料)?的?(?:起止)?(?:时间|期限|时限|日期)(?:安排|要求)?:?$"
)
OF_THE_ELIGIBLE = re.compile(  # ,期间购置设备的企业: what must have been done in that time
    r",(?:在此)?(?:期间|内)?,?[^。;]{0,24}?(?:购置|购买|采购|竣工|投产|开工|完工|建成|建设|成立|取得|获得|获批|认定|注册|签订"
    r"|发生|入统|入库|上市|销售|投入|缴纳)(?:了|并)?[^。;]{0,16}的"
)
SAYS_AGAINST = re.compile(r"异议|意见|反映|反馈|举报|投诉|监督|来信|来电|来访")
HEARD = {Kind.RESULT: re.compile(r"公示"), Kind.CONSULTATION: re.compile(r"征求|公示|公告|征集")}
# What has to stand with a bare 某日前: a duty before it, or behind it whoever is outside the office.
BOUND = re.compile(r"(?:[须应需]当?|必须|务必)(?:统一)?[于在]?$")
READERS_THEN = re.compile(
    r",?(?:请|由)?(?:各|县|区|旗|镇|街道|企业|申报|申请|有关|相关|参评|参赛|项目单位|推荐单位)(?!项目|产品|工作)"
    r"|,?(?:统一|集中)?(?:发(?!放|布|文|证)|寄|送|交(?!流|付)|传|报|缴|填|签|领取)"
)
BY_DEFAULT = (Kind.APPLICATION, Kind.EXTENSION, Kind.OTHER)  # notices whose every 某日前 asks for something


def deadline_rule(dated: DateInSentence, kind: Kind) -> str | None:
    """The name of the rule that makes this date a deadline; None when it is none."""
    if dated.mention.repeats:
        return None
    if is_window(dated):
        return None if first(cues().always, dated) or "预计" in dated.before else "window"
    if _names_no_day(dated) or is_stage_with_day(dated):
        return None
    if kind in QUIET_KINDS and is_review(dated):
        return None
    return "span" if _takes_views(dated, kind) else _by_cues(dated, kind)


def _takes_views(dated: DateInSentence, kind: Kind) -> bool:
    """Whether a span is that of an activity in which people give their views."""
    label = dated.before or dated.sentence.heading
    return kind is Kind.CONSULTATION and dated.since is not None and bool(VIEWS_TAKEN.match(label))


def _by_cues(dated: DateInSentence, kind: Kind) -> str | None:
    sure = first(cues().sure, dated)
    against = first(cues().always if sure else cues().not_deadline, dated)
    if against and not against.always and (_is_publicity(dated, kind) or _answers_heading(dated)):
        against = None
    if against or (kind in QUIET_KINDS and not (sure or asks_all_the_same(dated, kind))):
        return None
    if sure and not (kind in QUIET_KINDS and _only_works(sure.name, dated)):
        return sure.name
    if (kind in QUIET_KINDS and not asks_all_the_same(dated, kind)) or is_condition(dated):
        return None
    if kind in BY_DEFAULT and is_years_of_account(dated):
        return None
    return _span_rule(dated, kind) if dated.since else _day_rule(dated, kind)


def _only_works(sure: str, dated: DateInSentence) -> bool:
    """Whether a quiet notice tells only of work until a day: 不晚于6月底完工, 即日起至6月20日开展整治."""
    return (sure == AT_LATEST and not hands_in(dated)) or (sure in OPEN_TO and not is_open(dated))


def _is_publicity(dated: DateInSentence, kind: Kind) -> bool:
    """Whether a span is that of a publicity, whose words behind it tell of nothing later."""
    return kind in HEARD and dated.since is not None and bool(OF_PUBLICITY.match(dated.after))


def _answers_heading(dated: DateInSentence) -> bool:
    """Whether a span is all that its heading (申报时间) asks for, and another clause follows."""
    alone = dated.since is not None and not dated.before and dated.after.startswith((",", ";", "。"))
    return alone and bool(ASKS_WHEN.match(dated.sentence.heading)) and not OF_THE_ELIGIBLE.match(dated.after)


def asks_else(dated: DateInSentence) -> bool:
    """Whether a day in a publicity is for something that is not to be said against it: …前完成国家备案."""
    after = ITS_PERIOD.split(dated.after[:40], maxsplit=1)[0]
    before = BESIDES.split(dated.before[-40:])[-1][-24:]
    said = SAYS_AGAINST.search(before + after) or HEARD[Kind.RESULT].search(after)
    return dated.since is None and not said


def _span_rule(dated: DateInSentence, kind: Kind) -> str | None:
    """A span counts where a label names it or something is to be done within it."""
    if kind is Kind.APPLICATION and SHOWN.search(dated.before) and "异议" not in dated.after[:40]:
        return None
    near = f"{dated.sentence.heading}\n{dated.before[-60:]}\n{dated.after[:20]}"
    if kind is Kind.APPLICATION and heads_page(dated):
        return "span"
    bare = BARE_LABEL.search(dated.before or dated.sentence.heading)
    heard = kind in HEARD and (HEARD[kind].search(dated.sentence.text) or bare)
    asked = heard or (kind is Kind.RESULT and OBJECTED_IN.match(dated.after))
    if asked or cues().label.search(near) or cues().span_do.search(WEB_ADDRESS.sub("", dated.after)):
        return "span"
    headed = dated.sentence.heading
    row = f"{headed} {dated.before[-30:]} {dated.after[:30]}"
    if bare and STEP_OF_READERS.search(headed) and not NOT_THEIRS.search(headed):
        return "span"
    if TIMETABLE.search(row) and STEP_OF_READERS.search(row) and not STEP_OF_OFFICE.search(row):
        return "timetable"
    cue = first(cues().deadline, dated)
    return cue.name if cue and not cue.needs_closing else None


def _day_rule(dated: DateInSentence, kind: Kind) -> str | None:
    closed = bool(cues().closing.match(dated.after)) and not UNDER_CONDITIONS.search(dated.sentence.heading)
    headed = bool(cues().label.search(dated.sentence.heading))
    if kind is Kind.CONSULTATION and not OPINION.search(dated.before[-60:] + dated.after[:60]):
        return None
    if kind in HEARD and HEARD[kind].search(dated.before[-24:]) and OVER_THEN.match(dated.after):
        return "closes then"
    cue = first(cues().deadline, dated)
    if cue and (closed or headed or not cue.needs_closing):
        return cue.name
    if TIMETABLE.search(dated.sentence.heading) and cues().submit.search(dated.after[:60]):
        return "timetable"
    if not dated.before and COLUMN_OF_READERS.search(dated.sentence.heading) and ITEM_END.match(dated.after):
        return "timetable"
    listed = CLOSING_LIST.search(dated.sentence.heading) or CLOSED_AT.search(dated.before)
    if listed and not ROUNDS.search(dated.before) and ITEM_END.match(dated.after):
        return "listed"
    asked = REQUEST.search(dated.before) or (kind in BY_DEFAULT and _binds(dated, kind))
    if closed and (headed or (asked and dated.mention.part in ("day", "early", "middle", "late"))):
        return "by then"
    return None


def _binds(dated: DateInSentence, kind: Kind) -> bool:
    """Whether somebody has to do something by a bare 某日前; what an extension says, it asks for."""
    closing = cues().closing.match(dated.after)
    then = closing and READERS_THEN.match(dated.after, closing.end())
    return kind is Kind.EXTENSION or bool(BOUND.search(dated.before) or then)


def _names_no_day(dated: DateInSentence) -> bool:
    """Whether only a year or a month is named, without its end and without 前."""
    mention = dated.mention
    if mention.part == "day":
        return False
    written = dated.sentence.page.clean[mention.start : mention.end]
    if dated.since and mention.part == "month" and cues().label.search(dated.before[-24:]):
        return False
    if mention.part == "month" and OPEN_TO_MONTH.search(dated.before) and ITEM_END.match(dated.after):
        return False
    if mention.part == "year":
        return not written.endswith(("底", "末"))
    return not written.endswith(("底", "末", "旬", "天", "日")) and not cues().closing.match(dated.after)
