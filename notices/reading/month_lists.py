"""One day for each month of a list: 3月、7月、8月申报纳税期限分别截至当月15日."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from notices.reading.sentences import DateInSentence

_M = r"(?:1[0-2]|[1-9])"
_JOINT = r"(?:[、,和及与]|以及|-{1,2}|[~至到])"
OF_THAT_MONTH = re.compile(
    rf"(?<![\d.])(?P<months>(?:{_M}月?份?{_JOINT})*{_M}月份?)(?!\d)[^,。;:\d]{{0,24}}[,:]?(?:分别|均|都|统一)?[为是在于]?$"
)
SHARED_DAY = re.compile(rf"(?<![\d.])(?P<months>(?:{_M}月?份?{_JOINT}){{2,}})$")  # 4月、7月、10月15日前
RUN = re.compile(rf"({_M})月?份?(?:(?:-{{1,2}}|[~至到])({_M})月?份?)?")
LONGEST = 120  # characters that a list of months takes
YEARS_END = 11  # from this month on the next year is planned


def of_each_month(dates: Iterable[DateInSentence], anchor: date | None) -> Iterator[DateInSentence]:
    """The dates; one whose day is said of a list of months once for each of them."""
    listed = [(dated, _listed(dated) if anchor else None) for dated in dates]
    spans = [(months.start(), dated.mention.start) for dated, months in listed if months]
    for dated, months in listed:
        if anchor and months:
            yield from _for_each(dated, months, anchor)
        elif dated.mention.day or not any(start <= dated.start < end for start, end in spans):
            yield dated


def _listed(dated: DateInSentence) -> re.Match[str] | None:
    """The months of which the day is said, where it is said of several or of 当月."""
    if dated.since or not dated.mention.day:
        return None
    mention, sentence = dated.mention, dated.sentence
    page, start = sentence.page.clean, max(sentence.start, mention.start - LONGEST)
    if mention.months_on == 0:
        that_month = page.startswith("当月", mention.start)
        return OF_THAT_MONTH.search(page, start, mention.start) if that_month else None
    bare = mention.month and mention.year is None
    return SHARED_DAY.search(page, start, mention.start) if bare else None


def _for_each(dated: DateInSentence, listed: re.Match[str], anchor: date) -> Iterator[DateInSentence]:
    own = [dated.mention.month] if dated.mention.month else []
    months = [*_in_list(listed["months"]), *own]
    year = _year_of(months[0], dated.mention.day or 1, anchor)
    for n, month in enumerate(months):
        year += n > 0 and month < months[n - 1]
        mention = dated.mention._replace(year=year, month=month, months_on=None)
        yield replace(dated, mention=mention, told_from=listed.start())


def _in_list(written: str) -> Iterator[int]:
    """The months of a list, each of a run (2月至5月) by itself."""
    for first, last in RUN.findall(written):
        yield from range(int(first), int(last or first) + 1)


def _year_of(month: int, day: int, anchor: date) -> int:
    """The year of the first month; a list made at a year's end that begins earlier is the next year's."""
    over = (month, day) < (anchor.month, anchor.day)
    return anchor.year + (over and anchor.month >= YEARS_END)
