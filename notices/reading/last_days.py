"""The last day on which one may act, of a date as it is written."""

import re
from datetime import date, time, timedelta

from notices.lexicon.kinds import Kind
from notices.reading.candidates import Known
from notices.reading.sentences import DateInSentence, dates_in
from notices.reading.shown_late import is_old_calls
from notices.reading.year_slips import FIRST_YEAR, by_weekday, off_weekday, year_written

SHUT_FROM = re.compile(  # 5月10日起不再受理: the last day is the 9th
    r"(?:起[,]?|及?以后[,]?)(?:[^,。;]{0,12}?)(?:不再|停止|关闭|截止|终止|不予)(?:受理|接收|接受|申报|报名|填报|系统|开放|办理)?"
)
THIRD_BEGINS = {"middle": 11, "late": 21}
# 2023年11月15日,我局发布了通知,要求于12月15日前报送: what it asked for, it asked for in its own year
ASKED_BY_IT = re.compile(
    r"(?:发布|印发|下发|发出)了?(?:[^。;请现]{0,60}(?:通知|公告|通告)[^。;请现]{0,12})?[,]?(?:要求|明确|规定)[^,。;请现]{0,16}$"
)
LATE = timedelta(days=30)  # so long after its last day a call may still be shown
ROUND_OPENS, ROUND_RUNS = timedelta(days=31), timedelta(days=92)  # around the days of a round
TOLD_LATE = timedelta(days=120)  # so long after a day a story may tell what had come in by then


def last_day_to_act(dated: DateInSentence, known: Known) -> date | None:
    """The last day on which one may act: before 0:00 is the day before, 下旬前 the day before it begins.

    A span may have begun before its notice; where only the year is known it does not begin before the year.
    """
    anchor = known.anchor
    if known.published is None and dated.mention.needs_today:
        return None
    if dated.since and anchor:
        begins = dated.since.near(anchor) if known.published else dated.since.last_day(anchor)
        anchor = begins or anchor
    day = _asked_before(dated, known) or _just_over(dated, known) or by_weekday(dated, known.reach)
    day = day or dated.mention.last_day(anchor)
    day = (day and _of_round_over(dated, day, known)) or day
    if day and not year_written(dated) and is_old_calls(day, known):
        return None
    if day and known.published is None and off_weekday(dated, day):
        return None  # the year was only a guess
    if day and (dated.mention.at == time(0) or (dated.mention.at is None and SHUT_FROM.match(dated.after))):
        return day - timedelta(days=1)
    if day and dated.mention.part in ("middle", "late") and dated.after.startswith("前"):
        return day.replace(day=THIRD_BEGINS[dated.mention.part] - 1)
    return day


def _asked_before(dated: DateInSentence, known: Known) -> date | None:
    """A day without a year that an earlier notice asked for, of which the sentence tells by its day."""
    mention, told = dated.mention, dates_in(dated.sentence)
    if known.published is None or mention.year is not None or not mention.month or not told:
        return None
    issued = told[0].mention
    whole = issued.part == "day" and (issued.year or 0) > FIRST_YEAR and issued.start < dated.start
    sent = issued.last_day(None) if whole and ASKED_BY_IT.search(dated.before) else None
    day = mention.last_day(sent) if sent else None
    return day if day and day < known.published else None


def _just_over(dated: DateInSentence, known: Known) -> date | None:
    """A day without a year that was over less than a month before its page: shown late, not next year's.

    Nobody gives eleven months to act and leaves the year unsaid, but by the end of the year to come. Nor does
    a story give eight, by a day or by a month's end: of 截止8月底 it tells in October as of what is over.
    Where the day of publication is not known there is none to be over by.
    """
    mention, shown = dated.mention, known.anchor if known.published else None
    story = known.kind is Kind.NEWS
    if shown is None or dated.since or mention.year is not None or mention.repeats:
        return None
    told = ("day", "month") if story else ("day",)
    if mention.part not in told or (mention.month, mention.day or 31) == (12, 31):
        return None
    day = mention.near(shown) if mention.month else None
    return day if day and timedelta(0) < shown - day <= (TOLD_LATE if story else LATE) else None


def _of_round_over(dated: DateInSentence, day: date, known: Known) -> date | None:
    """A day without a year that is one of the round which is over, and not of the next year."""
    if not known.over or known.published is None or year_written(dated) or dated.mention.repeats:
        return None
    before = dated.mention._replace(year=day.year - 1).last_day(None) if dated.mention.month else None
    first, last = min(known.over) - ROUND_OPENS, max(known.over) + ROUND_RUNS
    return before if before and before < known.published and first <= before <= last else None
