"""Days that were over when a page showed its notice: stated only where it is plain that they were asked for.

Other people's sites, and offices that tidy their own, show notices weeks and years after their last day.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from notices.lexicon.kinds import Kind
from notices.reading.actors import AUTHORITY, LEADING, OUTSIDER
from notices.reading.candidates import Known
from notices.reading.deadline_cues import cues
from notices.reading.handed_in import HANDS_IN, ORDERED, URGED, hands_in
from notices.reading.quiet_kinds import OPEN_TO
from notices.reading.sentences import DateInSentence
from notices.reading.year_slips import FIRST_YEAR, TOLD_AS_PAST, likely_day, year_written

HALF_A_YEAR = timedelta(days=183)
EXTENDED = ("extended to", "put off by a while, until", "as changed")
TURN_OF_YEAR = timedelta(days=30)  # a page of January shows what was due in December
JUST_OVER = timedelta(days=5)  # what an office is late with its page
STILL_RUNS = timedelta(days=90)  # a call of the year before may still run so long
FIRST_MONTHS = 3  # in which a call of a year may be due only in the next
LONGEST_LABEL = 24
LABEL_BEFORE = re.compile(  # 1、申报截止时间。国家级…于3月20日前报送
    r"(?:^|[\n;。])(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.]*)?(?:申报|报送|材料|受理|报名|申请|提交|推荐)[^,。;:\n]{0,8}(?:时间|期限|时限|日期)(?:要求|安排)?[。:]\n?$"
)
LABELLED = (*OPEN_TO, "span", "closing label", "label", "label, until")
APPLYING = re.compile(  # the label of a call's own days
    r"(?:^|[,。;、.)\s])[^,。;:]{0,8}(?:申报|受理|报名|申请|填报|提交|征集)(?:材料|资料)?的?(?:起止|截止)?(?:时间|期限|时限|日期)"
    r"(?:要求|安排)?[:为是自从在由]*(?:即日起)?[至到]?:?\n?$"
)
FROM_NOW = re.compile(r"^[自从]?(?:即日|[本此]?通知(?:发布|印发)之日|发布之日)起,?[至到]?$")
WHO_ACTS = re.compile(  # and not what was done by then: 企业已于
    rf"(?:^|[,。;、.)①-⑩])(?:请|由)?(?:{OUTSIDER}|{AUTHORITY})(?:[须应需要]当?)?[于在]?$"
)
HANDS_OVER = re.compile(
    r"(?:之?前|以前),?(?:[将把][^。;已]{2,40}|[^,。;已的]{0,6})(?:报|提交|递交|送|交)(?![^,。;]{0,8}的)"
)
BY_THEN = re.compile(
    r"(?:之?前|以前),(?P<who>[^,。;已]{2,24}?)(?:[须应需要]当?)?[将把][^,。;已]{2,30}(?:报|提交|递交|送|交)"
)
DUE = ("by then, do", "on that day, hand in", "report to us")
CONDITIONS = re.compile(r"条件|对象|范围|资格|要求的企业")  # headings under which what must be so is said
HEARD_OUT = re.compile(  # a paper after its publicity: 公示时间为…,公示期间未收到异议,现予公布
    r"(?:公示|公告|征求意见|意见征集)(?:时间|期|期间|期限)?(?:之?内|间|满|届满|结束|截止)?(?:后|已)?[^。;\n]{0,24}?"
    r"(?:[无未](?=[^。;\n]{0,8}(?:异议|意见|反映|反馈))|没有|期满|届满|已结束|收到了?\d)"
    r"|经(?:过)?(?:公开)?(?:公示|征求意见)|公示无|无异议[,。](?:现|同意|决定)|(?:前|上)(?:期|次|一?轮)(?:公示|征求)"
)


def was_asked(dated: DateInSentence, day: date, rule: str, known: Known) -> bool:
    """Whether this day before the page was once due, its year not to be taken for a slip.

    A publicity or draft says its span under a label; an extension or call says within the half year before
    its page, in the page's own year, what it asked for. Of a call that somebody else shows the title's year
    is proof of the year as well.
    """
    kind, since = known.kind, known.since
    if since is None or TOLD_AS_PAST.search(dated.before[-40:] + dated.after[:16]):
        return False
    if year_written(dated) < FIRST_YEAR and not known.over:
        return since - day <= JUST_OVER and kind is Kind.APPLICATION and _is_plainly_due(dated, rule)
    titled = known.called_by is not None and known.called_by <= day.year <= known.called_by + 1
    if likely_day(dated, day, since) and not (titled and day.year == since.year == known.called_by):
        return False
    if kind in (Kind.RESULT, Kind.CONSULTATION):
        labelled = rule == "span" and bool(cues().label.search(dated.before[-24:]))
        return labelled and not heard_out(dated.sentence.page.clean)
    near = since - day <= (HALF_A_YEAR if day.year == since.year else TURN_OF_YEAR)
    near = (near or known.addressed) and (day.year == since.year or not _ends_year(day))
    asked = HANDS_IN.match(dated.after) or _is_labelled(dated, rule)
    if not (near or (titled and asked)) or CONDITIONS.search(dated.sentence.heading):
        return False
    if kind is Kind.EXTENSION:
        return near and rule in EXTENDED
    return kind is Kind.APPLICATION and _is_plainly_due(dated, rule)


def _ends_year(day: date) -> bool:
    """Whether a year ends with this day, by which most conditions must be met."""
    return (day.month, day.day) == (12, 31)


def _is_plainly_due(dated: DateInSentence, rule: str) -> bool:
    """Whether papers are asked for by the day: 请于…前报送, or under 二、申请时限 and 1、申报截止时间。"""
    sentence = dated.sentence
    line = sentence.page.clean[max(0, sentence.start - LONGEST_LABEL) : sentence.start]
    labelled = cues().label.search(sentence.heading) or LABEL_BEFORE.search(line)
    asked = URGED.search(dated.before) or ORDERED.search(dated.before) or labelled or _binds(dated)
    if rule in DUE and asked and hands_in(dated):
        return True
    return _is_labelled(dated, rule)


def _is_labelled(dated: DateInSentence, rule: str) -> bool:
    """Whether a label or heading calls the day that of applying: 申报时间:2020年4月6日至4月24日."""
    label = FROM_NOW.sub("", dated.before) or dated.sentence.heading
    return rule in LABELLED and bool(APPLYING.search(label))


def _binds(dated: DateInSentence) -> bool:
    """Whether it is said of whom papers are due: 企业将材料交所属镇街, 各镇街于…前将汇总表报."""
    first = BY_THEN.match(dated.after)
    return bool(WHO_ACTS.search(dated.before) and HANDS_OVER.match(dated.after)) or bool(
        first and LEADING.match(first["who"])
    )


def is_old_calls(day: date, known: Known) -> bool:
    """Whether a day without a year, as counted from its page, is unsure: the title is of a year before.

    What somebody else shows months before a day may as well have been due a year ago.
    """
    if known.called_by is None or known.published is None or known.kind is not Kind.APPLICATION:
        return False
    return known.called_by < known.published.year and day - known.published > STILL_RUNS


def hands_on_old_call(known: Known) -> bool:
    """Whether title and paper handed on are both of a year before the page's."""
    published, year = known.published, known.called_by
    return bool(known.cites_call and published and year and year < published.year)


@lru_cache(maxsize=4)  # a page is asked for each of its days
def heard_out(text: str) -> bool:
    """Whether a text says that its publicity or draft is over: nobody objected, so much came in."""
    return bool(HEARD_OUT.search(text))
