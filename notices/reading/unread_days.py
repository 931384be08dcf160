"""Days before the main deadline that may bind and that nothing explains: with one, no day is the main one.

A later stage in place of the first is the worst that a reader can be told. So what was not understood in a
sentence that could bind somebody (填报, 平台开放, 截止) leaves the main deadline to staff.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from notices.lexicon.kinds import Kind
from notices.reading.candidate_dates import cites, clause_of
from notices.reading.candidates import Known
from notices.reading.date_places import is_condition, is_stage_with_day, is_years_of_account
from notices.reading.deadline_cues import cues, first
from notices.reading.deadline_rules import deadline_rule
from notices.reading.last_days import last_day_to_act
from notices.reading.layout import Layout
from notices.reading.month_lists import of_each_month
from notices.reading.sentences import DateInSentence, sentences
from notices.reading.settled_dates import possible_days, settled_dates
from notices.reading.values import DEADLINE_OPEN, DeadlineFound

STEP = re.compile(
    r"填报|填写|申报|申请|申领|报名|提交|递交|报送|上报|上传|登[录陆]|注册|受理|征集|推荐|反馈"
    r"|交材料|[交收]齐|[交收]表|到位|系统|平台|端口|通道|入口|窗口|网上|在线|线上"
)
ELSE = re.compile(r"培训|会议|论坛|宣讲|开幕|活动|比赛|竞赛|评审|公示|答辩|升级|维护|暂停|停机|测试|参观")
ENDS_BEHIND = re.compile(  # 截至, 有效期至, 最后
    r"(?:截止|截至|止|结束|关闭|最后|最迟|最晚|期限|时限|逾期|至|到)[^,。;\d]{0,8}$|[-~—]$"
)
ENDS_AHEAD = re.compile(  # 后无效, 就关门
    r"(?:之?后|以后)?,?[^,。;的]{0,8}(?:关闭|截止|结束|锁定|无效|不予|不再|作废|关门|封闭|为止|止(?=[,。;)]|$))"
)
STEP_ITSELF = re.compile(  # 企业填报3月25日,县区审核4月8日
    r"(?:企业|单位|网上|线上|在线)[^,。;:\d]{0,6}(?:填报|申报|提交|报名|注册)[:(]?$"
)
ITEM_ENDS = re.compile(r"[,。;)、]|$")
FIRMS_THEN = re.compile(  # 3月中旬,企业登录平台填报; 3月企业网上填报
    r"份?(?:[至到-](?:中旬|下旬|月?底))?(?:内|期间)?[,:]?(?:由|请)?(?:各|申报|申请|有关|相关|符合条件的)*(?:企业|单位|申请人|申报人)"
    r"[^,。;已的]{0,12}(?:填报|填写|申报|提交|登[录陆]|报名|注册)"
)
NO_LONGER = re.compile(  # 零点起企业端不可填写; 以后提交的材料一律退回
    r"(?:[零0] ?[点时]整?)?(?:起|之?后|以后)[^。;]{0,14}"
    r"(?:不可|不能|不得再|无法|不再|停止|不收|拒收|退回|不予(?:受理|接收))"
    r"|(?:起|之?后|以后)[^,。;]{0,4}[进转]入[^,。;]{0,8}(?:审核|评审|初审)|起[^,。;\d]{0,4}\d{1,3}个?(?:天|日|工作日)"
)
BEGINS_OR_TELLS = re.compile(  # 开放, 的数据, 为基准日
    r"(?:[上下]午|\d{1,2}[时点:]\d{0,2})?(?:起|开始|开放|开通|打开|上线|启用|启动|正式|试运行|以来|之?后|以后"
    r"|[的以)》\]/]|[至到~-]|在(?!平台|系统|网|线上?[填申提])|为?(?:基准|时点)|发布|印发|刊登|公布|公告|公示|更新|修订"
    r"|,?[^,。;]{0,9}(?:培训|会议?|举[办行]|召开)|[我省市本各]?[省市县区]?[局厅委部]|专家)|来[源自]"
)
TOLD = re.compile(
    r"(?:发布|更新|时间|日期|来源|编辑|印发|批准|[审批核查][^,。;]{0,6}不[晚迟]|文件|自|[《\[〔/])[于:]?[(]?$"
)
STRETCHES = ("month", "early", "middle", "late")


def held_back(
    deadlines: tuple[DeadlineFound, ...], layouts: Iterable[Layout], known: Known
) -> tuple[tuple[DeadlineFound, ...], str]:
    """The deadlines, none of them main where an earlier day may come first; and what staff are told of it.

    A paper that puts off a day tells of earlier ones, all of them over.
    """
    main = next((one for one in deadlines if one.main), None)
    if main is None:
        return deadlines, ""
    read = {one.on for one in deadlines}
    earlier = next(
        (d for d, day in _between(layouts, known, main.on) if day not in read and _may_bind(d, known)), None
    )
    if earlier is None:
        return deadlines, ""
    doubt = f"{DEADLINE_OPEN}：“{clause_of(earlier)}”可能先于“{main.evidence.quote}”"
    return tuple(replace(one, main=False) for one in deadlines), doubt


def _between(layouts: Iterable[Layout], known: Known, main: date) -> Iterator[tuple[DateInSentence, date]]:
    """The dates of the notice itself from its publication to its main deadline."""
    for layout in layouts:
        for sentence in sentences(layout) if layout.page.place == "body" else ():
            dates = settled_dates(sentence, known)
            for dated in of_each_month(dates, known.anchor) if dates else ():
                day = last_day_to_act(dated, known) or min(possible_days(dated, known), default=None)
                if known.kind is Kind.EXTENSION and not dated.mention.readings:
                    continue  # it tells of earlier days, all of them over
                if day and day < main and (known.since is None or day >= known.since):
                    yield dated, day


def _may_bind(dated: DateInSentence, known: Known) -> bool:
    """Whether something is asked for by a date that no rule has read, for all that we know."""
    if dated.mention.readings:  # a rule would make a deadline of it if its day were known
        binds = _sounds_binding(dated) or deadline_rule(dated, known.kind) is not None
        return binds and not _is_explained(dated) and not cites(dated.sentence.text)
    if NO_LONGER.match(dated.after) and STEP.search(dated.before[-24:] + dated.after[:24]):
        return True
    return (
        _sounds_binding(dated)
        and not _is_explained(dated)
        and deadline_rule(dated, known.kind) is None
        and not cites(dated.sentence.text)
    )


def _sounds_binding(dated: DateInSentence) -> bool:
    """Whether a step of readers and an end stand around a date, and nothing of a gathering or a repair."""
    near, after = dated.before[-24:], dated.after
    if ELSE.search(near + after[:12]):
        return False
    if dated.mention.part in STRETCHES and not dated.since and FIRMS_THEN.match(after):
        return True
    closed = cues().closing.match(after) or ENDS_BEHIND.search(dated.before[-12:]) or ENDS_AHEAD.match(after)
    if closed or dated.since:
        return bool(STEP.search(near + after[: 24 if dated.since else 40]))
    if STEP_ITSELF.search(dated.before) and ITEM_ENDS.match(after):
        return True
    return _is_a_step_on_a_day(dated)


def _is_a_step_on_a_day(dated: DateInSentence) -> bool:
    """Whether a step of readers is told with a day that is not plainly its first: 12月10日系统停止填报."""
    if dated.mention.day is None or TOLD.search(dated.before[-12:]) or BEGINS_OR_TELLS.match(dated.after):
        return False
    return STEP.search(dated.before[-12:] + dated.after[:16]) is not None


def _is_explained(dated: DateInSentence) -> bool:
    """Whether we know what else a date is: a start, an event, what applicants must be, what is over."""
    if dated.mention.repeats or is_condition(dated) or is_stage_with_day(dated) or is_years_of_account(dated):
        return True
    return first(cues().explaining, dated) is not None
