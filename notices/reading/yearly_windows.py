"""A call that opens the days in which applications are taken every year.

每年4月1日至6月30日申报上年度补贴 is a rule that says nothing of this year; with 自2018年4月1日起开始受理
beside it the rule's last day is this call's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from notices.reading.candidate_dates import candidate_of
from notices.reading.candidates import Candidate, Known
from notices.reading.deadline_rules import BY_DEFAULT
from notices.reading.sentences import DateInSentence, Sentence, dates_in

TAKEN = re.compile(r"申报|申请|受理|报名|申领|填报|办理")
OPENS = re.compile(  # 自2018年4月1日起开始受理2017年度补贴申请
    r"(?:零时|0时)?(?:起|开始)[,]?[^。;]{0,24}?(?:受理|申报|申请|报名|申领|接收|办理|开放)"
)


def opened_windows(told: Sequence[Sentence], known: Known) -> Iterator[Candidate]:
    """The last days of such windows that the notice says to be open from their first day on."""
    dates = [dated for sentence in told for dated in dates_in(sentence)] if known.kind in BY_DEFAULT else []
    windows = [dated for dated in dates if dated.since and dated.mention.repeats and _is_for_papers(dated)]
    for window in windows:
        days = (_last_day(window, opening, known.anchor) for opening in dates if opening is not window)
        day = next(filter(None, days), None)
        if day and (known.since is None or day >= known.since):
            yield candidate_of(
                replace(window, mention=window.mention._replace(repeats=False)), day, "span", known
            )


def _is_for_papers(dated: DateInSentence) -> bool:
    return bool(TAKEN.search(dated.before[-24:] + dated.after[:40]))


def _last_day(window: DateInSentence, opening: DateInSentence, anchor: date | None) -> date | None:
    """The last day of a window that opens on this day; None where it is another day, or opens nothing."""
    first, since, last = opening.mention, window.since, window.mention
    if since is None or opening.since or first.repeats or not OPENS.match(opening.after):
        return None
    begins = first.last_day(anchor) if first.day and first.month else None
    if begins is None or (begins.month, begins.day) != (since.month, since.day):
        return None
    turns = (last.month or 0, last.day or 31) < (begins.month, begins.day)
    return last._replace(year=begins.year + turns, repeats=False).last_day(anchor)
