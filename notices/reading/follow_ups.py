"""Which earlier notice this one extends, corrects, withdraws or gives the results of."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from notices.lexicon.kinds import Kind
from notices.reading.doc_number import NumberFound, numbers_in
from notices.reading.page import Page
from notices.reading.values import FollowUp

How = Literal["extends", "corrects", "withdraws", "results"]
EXTENDS = re.compile(r"延长|延期|推迟|顺延|延迟|调整.{0,30}(?:时间|时限|期限|截止)|变更.{0,20}(?:时间|日期)")
CORRECTS = re.compile(r"更正|勘误|补充通知")
WITHDRAWS = re.compile(r"撤销|撤回|取消|终止|废止|暂缓")
CALL = re.compile(r"申报|推荐|征集|遴选|评选|评审|认定")  # a notice that can have results
GROUND = re.compile(r"(?:根据|按照|依据|依照|落实|贯彻|转发|收到)[^。;《》]{0,20}$")
FORM_WORDS = re.compile(r"关于|组织|开展|做好|进行|工作|有关|事项|通知|公告|公示|通告|的|《|》")
OURS = re.compile(r"(?:我[局厅委部办会市区县]|原(?=申报|通知|文件|公告|发|《))[^。;《》〔根依按]{0,40}$")
OURS_WITHIN = 60
LIKE, MARGIN = 0.3, 0.15
CITED = re.compile(r"《(?P<title>[^《》]{4,80}(?:《[^《》]{1,60}》[^《》]{0,40})?)》")


def find_follow_up(title: Page, body: Page, kind: Kind) -> FollowUp | None:
    """The link by the notice that the text cites; None when none is cited for sure.

    Of several cited notices the one that this title names or is clearly most like; a notice cited as the
    ground (根据省厅《…》) is not what is extended, corrected or withdrawn.
    """
    how = _how(title.clean, kind)
    if how is None:
        return None
    cited = [match for match in CITED.finditer(body.clean) if _can_be_meant(match, body.clean, how)]
    match = _surest(cited, title.clean, how)
    if match is None:
        return None if cited or how == "results" else _by_number(body, how)
    number = _number_after(match.end(), numbers_in(body))
    evidence = body.evidence(match.start(), number.end if number else match.end())
    return FollowUp(how, match["title"], number.text if number else "", evidence)


def _can_be_meant(match: re.Match[str], text: str, how: How) -> bool:
    cited = match["title"]
    if not _is_notice(cited):
        return False
    if how == "results":
        return bool(CALL.search(cited))
    ground = GROUND.search(text, max(0, match.start() - 24), match.start())
    return not ground and not (how == "extends" and EXTENDS.search(cited))


def _surest(cited: list[re.Match[str]], title: str, how: How) -> re.Match[str] | None:
    """The one that is meant: the only one, or the one most like this title by a clear margin."""
    each = {match["title"]: match for match in reversed(cited)}
    named = [match for words, match in each.items() if words in title]
    if named:
        return named[0]
    ranked = sorted(((likeness(words, title), words) for words in each), reverse=True)
    least = LIKE if how == "results" or len(ranked) > 1 else 0
    if not ranked or ranked[0][0] < least or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN):
        return None
    return each[ranked[0][1]]


def likeness(one: str, other: str) -> float:
    """How much of the shorter title's pairs of characters the other has, 0 to 1; forms of words left out."""
    pairs = [{*map("".join, pairwise(FORM_WORDS.sub("", title)))} for title in (one, other)]
    return len(pairs[0] & pairs[1]) / max(1, min(map(len, pairs)))


def _how(title: str, kind: Kind) -> How | None:
    if kind is Kind.EXTENSION:
        return "corrects" if CORRECTS.search(title) and not EXTENDS.search(title) else "extends"
    if WITHDRAWS.search(title):
        return "withdraws"
    return "results" if kind is Kind.RESULT else None


def _by_number(body: Page, how: How) -> FollowUp | None:
    """The link by the one number that the text calls ours: 我厅发布桂科基字〔2023〕3号通知."""
    ours = [
        number
        for number in numbers_in(body)
        if number.prefix and OURS.search(body.clean, max(0, number.start - OURS_WITHIN), number.start)
    ]
    if len({number.text for number in ours}) != 1:
        return None
    return FollowUp(how, "", ours[0].text, body.evidence(ours[0].start, ours[0].end))


def _is_notice(title: str) -> bool:
    return title.endswith(("通知", "公告", "通告", "公示", "函", "指南"))


def _number_after(position: int, numbers: Sequence[NumberFound]) -> NumberFound | None:
    """The document number that stands in brackets right after a cited title."""
    return next((n for n in numbers if 0 <= n.start - position <= 3), None)
