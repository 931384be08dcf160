"""The round that a page shows when it is over: by it days without a year beside it are not next year's.

Who passes a call on months late leaves its days as they stood: 申报时间:2021年6月1日至6月30日,7月5日前….
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from notices.reading.candidate_dates import cites
from notices.reading.candidates import Known
from notices.reading.deadline_cues import cues
from notices.reading.deadline_rules import deadline_rule
from notices.reading.last_days import last_day_to_act
from notices.reading.sentences import DateInSentence, Sentence, dates_in
from notices.reading.settled_dates import settled_dates
from notices.reading.told_day import BEGINS, FIRST_WORDS
from notices.reading.year_slips import FIRST_YEAR, TOLD_AS_PAST, year_written

FAR = timedelta(days=92)  # so far ahead a day without a year may be one of the round that is over
TOLD_SO_LONG = timedelta(days=30)  # before its page a story tells of news
OPENED = re.compile(  # 6月3日,市科技局发布…申报通知; 6月3日,记者获悉
    r",?[^,。;已]{0,24}(?:获悉|了解到|发布|公布|印发|启动|开始)(?!会|之日|后|前)"
)
STARTS = re.compile(r"(?:正式|陆续|系统)?(?:起|开始|开放|开通)")


def round_over(told: Sequence[Sentence], known: Known) -> tuple[date, ...]:
    """The days, all before its page, by which what a page shows was asked for, or on which it was told of.

    None where a day of the round is still ahead, or where no day without a year lies so far ahead that its
    year would be in doubt.
    """
    if known.published is None or known.since is None or known.signed is not None:
        return ()
    dates = (dated for sentence in told for dated in settled_dates(sentence, known))
    days = [(dated, last_day_to_act(dated, known)) for dated in dates]
    if not any(day and _is_far(dated, day, known) for dated, day in days):
        return ()
    asked = [day for dated, day in days if day and _is_of_round(dated, day, known)]
    if any(day >= known.since for day in asked):
        return ()
    opened = (day for dated, day in days if day and day < known.since and _opens(dated))
    return (*asked, *opened, *_told_on(told, known.published))


def _is_far(dated: DateInSentence, day: date, known: Known) -> bool:
    bare = year_written(dated) == 0 and dated.mention.month is not None
    return bare and known.published is not None and day - known.published > FAR


def _is_of_round(dated: DateInSentence, day: date, known: Known) -> bool:
    """Whether something is asked for by a day of which the year is known."""
    told = TOLD_AS_PAST.search(dated.before[-40:] + dated.after[:16]) or cites(dated.sentence.text)
    return not (told or _is_far(dated, day, known)) and deadline_rule(dated, known.kind) is not None


def _opens(dated: DateInSentence) -> bool:
    """Whether a day is the first of those in which a call is open: 申报时间:2021年6月1日起."""
    named = year_written(dated) >= FIRST_YEAR and STARTS.match(dated.after)
    return bool(named and cues().label.search(dated.before or dated.sentence.heading))


def _told_on(told: Sequence[Sentence], published: date) -> Iterator[date]:
    """The day, weeks before the page, with which a story begins that tells of the call."""
    for sentence in told[:FIRST_WORDS]:
        for dated in dates_in(sentence)[:1]:
            bare = dated.since is None and dated.mention.year is None and dated.mention.part == "day"
            begins = bare and BEGINS.search(dated.before) and OPENED.match(dated.after)
            day = dated.mention.last_day(published - timedelta(days=364)) if begins else None
            if day and published - day > TOLD_SO_LONG:
                yield day
