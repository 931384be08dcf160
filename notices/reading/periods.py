"""Periods that run from publication: 公示5个工作日, 自本公告发布之日起30日内."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from notices.lexicon.numerals import NUMERAL, number
from notices.lexicon.workdays import add_workdays
from notices.reading.sentences import Sentence
from notices.reading.values import DeadlineFound

PERIOD = re.compile(
    rf"(?<![\d月年.第])(?P<n>\d{{1,3}}|{NUMERAL}{{1,4}})(?:\([^()]{{1,6}}\))?(?:个)?(?P<unit>工作日|自然日|日|天|个月)(?P<inside>内|以内|之内)?"
)
OPENS = re.compile(
    r"(?:公示|公告|征求意见|意见征集|公开征求|异议|反馈|受理|申报)[^,。;]{0,10}(?:期|时间|期限|时限)?[^,。;\d]{0,10}$"
    r"|(?:公示|发布|公布|印发|公告|刊登|通知|本通知|下发)[^,。;]{0,8}(?:之日|次日|当日)?起(?:算|的)?[^,。;\d]{0,4}(?:,连续)?$|^[,(]?(?:共|为期|公示)$"
    r"|(?:接到|收到)(?:本)?(?:通知|函|文)(?:之日起|后)的?$"
)
FROM_THE_DAY = re.compile(r"当日起|即日起")
ACTS = re.compile(r"公示|异议|意见|反馈|反映|提出|意见|函复|回复|复函|报送|提交|申报|申请|受理")
LENGTHENED = re.compile(
    r"(?<!通知)(?<!公告)(?<!公示)(?<!发布)(?<!公布)后的?$|(?:增加|再延|延长|延期|推迟|顺延|延后)[^,。;\d]{0,4}$"
)
OFFICE_ACTS = re.compile(
    r"(?:我[局厅部委]|本[局厅]|审核|受理机关|主管部门|答复|办结|审查|核实)[^,。;]{0,12}$"
)


def periods_in(sentence: Sentence, published: date) -> Iterator[DeadlineFound]:
    """The deadlines that a sentence sets by counting from publication."""
    text = sentence.text
    for match in PERIOD.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        if (
            not OPENS.search(before)
            or not ACTS.search(text)
            or OFFICE_ACTS.search(before)
            or LENGTHENED.search(before)
        ):
            continue
        n = number(match["n"])
        if n and n <= 120:
            start = published - timedelta(days=1) if FROM_THE_DAY.search(before) else published
            yield DeadlineFound(
                last_day(start, n, match["unit"]),
                sentence.page.evidence(
                    sentence.start + max(0, match.start() - 8), sentence.start + match.end()
                ),
                who="社会公众",
                what="",
                confidence=0.9,
            )


def last_day(start: date, n: int, unit: str) -> date:
    """The n-th day or working day after `start`, or the same day n months on."""
    if unit == "工作日":
        return add_workdays(start, n)
    if unit == "个月":
        months = start.month - 1 + n
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    return start + timedelta(days=n)
