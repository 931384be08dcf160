"""The new day of an extension that only says by how long: 申请工作顺延一个月."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from notices.lexicon.numerals import NUMERAL, number
from notices.reading.periods import last_day
from notices.reading.sentences import DateInSentence, Sentence
from notices.reading.values import DeadlineFound

BY_A_WHILE = re.compile(
    rf"(?:推迟|延长|延期|顺延|延后|推后|放宽|后延)了?(?:(?P<n>\d{{1,2}}|{NUMERAL}{{1,3}}|两)个?(?P<unit>天|日|周|星期|月|工作日)|(?P<half>半)个?月)(?![前后内\d])"
)
EACH = re.compile(r"均|都|相应|依次|统一|各(?:项|阶段|环节|批次?|类)|分别")
ASKED_FOR = re.compile(r"申请|申报|提交|报送|上报|填报|受理|报名|征集|推荐|截止|评价|注册|认定|缴纳|清缴")
# What is lengthened for projects and papers, and sets no day to hand anything in.
OF_PROJECTS = re.compile(
    r"(?:执行|实施|建设|研究|服务|合同|项目|培育|任务|保护|创建)(?:期|周期|时间)(?!间)|工期|周期|有效期|合同|任务书|许可证|证书"
)
TOLD_OF = re.compile(
    r"(?:印发|发布|下发|公布|召开|施行|实施)(?:于|时间)?$|成立|注册(?:时间|日期)|(?:验收|完工|竣工)(?!评价|申请|申报|材料)|有效期"
)
HALF_A_MONTH = 15


def postponed(
    sentence: Sentence, old: Iterable[tuple[DateInSentence, date]], since: date | None
) -> Iterator[DeadlineFound]:
    """The days of `old` put off by the while that the sentence names.

    Of several old days it must say that it puts off each; a day that was over before `since` stays over.
    """
    match = BY_A_WHILE.search(sentence.text)
    before = sentence.text[: match.start()] if match else ""
    if match is None or not ASKED_FOR.search(sentence.text) or OF_PROJECTS.search(before):
        return
    days = sorted({day for dated, day in old if not TOLD_OF.search(dated.before[-24:])})
    if len(days) > 1 and not EACH.search(sentence.text):
        return
    for day in days:
        new = _later(day, match)
        if since is None or new >= since:
            proof = sentence.page.evidence(sentence.start + match.start(), sentence.start + match.end())
            yield DeadlineFound(new, proof, confidence=0.8)


def _later(day: date, match: re.Match[str]) -> date:
    if match["half"]:
        return day + timedelta(days=HALF_A_MONTH)
    n = 2 if match["n"] == "两" else number(match["n"]) or 0
    return last_day(day, n, "个月" if match["unit"] == "月" else match["unit"])
