"""Years written by mistake: January's pages that still write the old one, weekdays that fit another.

Nothing is stated of such a day; staff are shown it as written and as it may be meant.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from notices.reading.sentences import DateInSentence

WEEKDAY = re.compile(r"(?:星期|周|礼拜)(?P<day>[一二三四五六日天])")
SOON = timedelta(days=183)  # a day so long past, and its like a year on so near, is a slip of the year


def likely_day(dated: DateInSentence, day: date | None, since: date | None) -> date | None:
    """The day meant where the year written cannot be right; None where it can, or nothing better fits.

    `day` is what the words say, `since` the day before which no deadline of the notice lies.
    """
    if day is None or since is None or (dated.mention.year or 0) < 1900 or dated.mention.month is None:
        return None
    weekday = _weekday(dated)
    if day < since:
        meant = _in_year(day, day.year + 1)
        return meant if meant and since < meant <= since + SOON and _fits(meant, weekday) else None
    meant = _in_year(day, day.year - 1)
    contradicted = weekday is not None and day.weekday() != weekday
    return meant if contradicted and meant and meant >= since and _fits(meant, weekday) else None


def year_doubts(slips: Iterator[tuple[DateInSentence, date, date]], main: date | None) -> Iterator[str]:
    """For staff: each day as written and as it may be meant, where that would come before the main one."""
    for dated, day, meant in slips:
        if main is None or meant < main:
            page, mention = dated.sentence.page, dated.mention
            written = page.clean[dated.start : mention.end + 12].split("\n", 1)[0]
            yield f"截止待核：年份存疑，“{written}”按所写是{day:%Y-%m-%d}，或为{meant:%Y-%m-%d}"


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
