"""Which earlier notice this one extends, corrects, withdraws or gives the results of."""

import re
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
CITED = re.compile(r"《(?P<title>[^《》]{4,80}(?:《[^《》]{1,60}》[^《》]{0,40})?)》")


def find_follow_up(title: Page, body: Page, kind: Kind) -> FollowUp | None:
    """The link by the notice that the text cites; None when none is cited for sure."""
    how = _how(title.clean, kind)
    if how is None:
        return None
    for match in CITED.finditer(body.clean):
        if _is_notice(match["title"]) and (how != "results" or CALL.search(match["title"])):
            number = _number_after(match.end(), numbers_in(body))
            end = number.end if number else match.end()
            return FollowUp(
                how, match["title"], number.text if number else "", body.evidence(match.start(), end)
            )
    return None


def _how(title: str, kind: Kind) -> How | None:
    if kind is Kind.EXTENSION:
        return "corrects" if CORRECTS.search(title) and not EXTENDS.search(title) else "extends"
    if WITHDRAWS.search(title):
        return "withdraws"
    return "results" if kind is Kind.RESULT else None


def _is_notice(title: str) -> bool:
    return title.endswith(("通知", "公告", "通告", "公示", "函", "指南"))


def _number_after(position: int, numbers: list[NumberFound]) -> NumberFound | None:
    """The document number that stands in brackets right after a cited title."""
    return next((n for n in numbers if 0 <= n.start - position <= 3), None)
