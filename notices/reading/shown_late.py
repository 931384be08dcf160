"""Days that were over when a page showed its notice: stated only where it is plain that they were asked for.

Other people's sites, and offices that tidy their own, show notices weeks and years after their last day.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from notices.lexicon.kinds import Kind
from notices.reading.deadline_cues import cues
from notices.reading.quiet_kinds import FIRST_YEAR, URGED, hands_in
from notices.reading.sentences import DateInSentence
from notices.reading.year_slips import TOLD_AS_PAST, likely_day, year_written

HALF_A_YEAR = timedelta(days=183)
EXTENDED = ("extended to", "put off by a while, until", "as changed")
DUE = ("by then, do", "on that day, hand in", "report to us")
CONDITIONS = re.compile(r"条件|对象|范围|资格|要求的企业")  # headings under which what must be so is said
HEARD_OUT = re.compile(  # a paper after its publicity: 公示时间为…,公示期间未收到异议,现予公布
    r"(?:公示|公告|征求意见|意见征集)(?:时间|期|期间|期限)?(?:之?内|间|满|届满|结束|截止)?(?:后|已)?[^。;\n]{0,24}?"
    r"(?:[无未](?=[^。;\n]{0,8}(?:异议|意见|反映|反馈))|没有|期满|届满|已结束|收到了?\d)"
    r"|经(?:过)?(?:公开)?(?:公示|征求意见)|公示无|无异议[,。](?:现|同意|决定)|(?:前|上)(?:期|次|一?轮)(?:公示|征求)"
)


def was_asked(dated: DateInSentence, day: date, rule: str, kind: Kind, since: date) -> bool:
    """Whether this day before `since` was once due, its year written and not to be taken for a slip.

    A publicity or draft says its span under a label; an extension or call says within the half year before
    its page, in the page's own year, what it asked for.
    """
    if year_written(dated) < FIRST_YEAR or likely_day(dated, day, since):
        return False
    if TOLD_AS_PAST.search(dated.before[-40:] + dated.after[:16]):
        return False
    if kind in (Kind.RESULT, Kind.CONSULTATION):
        labelled = rule == "span" and bool(cues().label.search(dated.before[-24:]))
        return labelled and not heard_out(dated.sentence.page.clean)
    if day.year != since.year or since - day > HALF_A_YEAR or CONDITIONS.search(dated.sentence.heading):
        return False
    if kind is Kind.EXTENSION:
        return rule in EXTENDED
    asked = URGED.search(dated.before) or cues().label.search(dated.sentence.heading)  # 二、申请时限
    return kind is Kind.APPLICATION and rule in DUE and bool(asked) and hands_in(dated)


@lru_cache(maxsize=4)  # a page is asked for each of its days
def heard_out(text: str) -> bool:
    """Whether a text says that its publicity or draft is over: nobody objected, so much came in."""
    return bool(HEARD_OUT.search(text))
