"""Years written by mistake: January's pages that still write the old one, weekdays that fit another.

Of a day that comes soon after a notice whose own year is known the one meant is stated, unsure; of others
nothing is. Staff are shown each as written and as it may be meant.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from notices.reading.anchors import Reach
from notices.reading.sentences import DateInSentence
from notices.reading.values import DEADLINE_OPEN

FIRST_YEAR = 1900  # years below are counted from today's
WEEKDAY = re.compile(r"(?:星期|周|礼拜)(?P<day>[一二三四五六日天])")
TOLD_AS_PAST = re.compile(
    r"去年|上年|上一年|往年|已[于在经]|已(?:全部|完成|通过)|均已|都已|此前|曾|原[定来有本]|印发|下发|发布的"
)
STATED_SO_LONG = timedelta(days=90)
OPENS_WITHIN = timedelta(days=3)  # of its page, as what is opened by it does
SOON = timedelta(days=183)  # a day so long past, and its like a year on so near, is a slip of the year


def likely_day(dated: DateInSentence, day: date | None, since: date | None) -> date | None:
    """The day meant where the year written cannot be right; None where it can, or nothing better fits.

    `day` is what the words say, `since` the day before which no deadline of the notice lies.
    """
    if day is None or since is None or not names_year(dated):
        return None
    weekday = _weekday(dated)
    if day < since:
        meant = _in_year(day, day.year + 1)
        return meant if meant and since < meant <= since + SOON and _fits(meant, weekday) else None
    meant = _in_year(day, day.year - 1)
    contradicted = (weekday is not None and day.weekday() != weekday) or _opens_a_year_on(dated, since)
    return meant if contradicted and meant and meant >= since and _fits(meant, weekday) else None


def is_meant(dated: DateInSentence, meant: date, since: date | None, years: frozenset[int]) -> bool:
    """Whether the day meant may be stated: soon after `since`, in one of the notice's own `years`.

    A page put up again a year later asks for nothing anew; what was told as past is not asked for.
    """
    year_ends = (meant.month, meant.day) == (12, 31)  # the day by which most conditions must be met
    if year_ends or since is None or not since < meant <= since + STATED_SO_LONG:
        return False
    return meant.year in years and not TOLD_AS_PAST.search(dated.before[-40:] + dated.after[:16])


def _opens_a_year_on(dated: DateInSentence, since: date) -> bool:
    """Whether a span is written to open a year after its page comes, to the day or within days."""
    opens = dated.since.last_day(None) if dated.since and dated.since.year else None
    meant = _in_year(opens, opens.year - 1) if opens else None
    return meant is not None and abs(meant - since) <= OPENS_WITHIN


def year_doubts(slips: Iterator[tuple[DateInSentence, date, date]], main: date | None) -> Iterator[str]:
    """For staff: each day as written and as it may be meant, where that would come before the main one."""
    for dated, day, meant in slips:
        if main is None or meant <= main:
            page, mention = dated.sentence.page, dated.mention
            written = page.clean[dated.start : mention.end + 12].split("\n", 1)[0]
            yield f"{DEADLINE_OPEN}：年份存疑，“{written}”按所写是{day:%Y-%m-%d}，或为{meant:%Y-%m-%d}"


def year_written(dated: DateInSentence) -> int:
    """The year that stands with a date or, for a span of which only the head has one, with that."""
    return dated.mention.year or (dated.since.year if dated.since else None) or 0


def names_year(dated: DateInSentence) -> bool:
    """Whether the day is of a year that is written, so that it may have been written wrong."""
    return dated.mention.month is not None and year_written(dated) >= FIRST_YEAR


def off_weekday(dated: DateInSentence, day: date) -> bool:
    """Whether another weekday stands with a date of which no year is written."""
    return year_written(dated) < FIRST_YEAR and not _fits(day, _weekday(dated))


def fits_weekday(dated: DateInSentence, day: date) -> bool:
    """Whether no other weekday stands with the date."""
    return _fits(day, _weekday(dated))


def by_weekday(dated: DateInSentence, reach: Reach | None) -> date | None:
    """The day within `reach` of a date without a year, where the weekday beside it leaves but one."""
    mention = dated.mention
    bare = mention.year is None and mention.month and mention.day and not (dated.since or mention.repeats)
    weekday = _weekday(dated) if reach and bare else None
    if reach is None or weekday is None:
        return None
    first, last = reach
    days = (mention._replace(year=year).last_day(None) for year in range(first.year, last.year + 1))
    fitting = [day for day in days if day and first <= day <= last and day.weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


def _weekday(dated: DateInSentence) -> int | None:
    """The weekday that stands with the date, Monday 0; None where none does."""
    clean = dated.sentence.page.clean
    said = WEEKDAY.search(clean, dated.mention.start, dated.mention.end + 6)
    return "一二三四五六日".index(said["day"].replace("天", "日")) if said else None


def _fits(day: date, weekday: int | None) -> bool:
    return weekday is None or day.weekday() == weekday


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None
