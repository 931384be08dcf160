"""Ends of spans that lost their signs on their way: 9月1日至1013止, 2020年4月9日-2020420."""

import re

from notices.lexicon.clock_times import clock
from notices.lexicon.date_forms import DAY_DIGITS, MONTH_DIGITS, SPAN, WEEKDAY
from notices.lexicon.lost_dates import ANOTHER_SEASON, LONGEST, NEXT_STEP, readings
from notices.lexicon.mentions import Mention, Parts

LEAP_YEAR = 2000  # in which each day can be, where no year is written
A_YEAR = 366  # days within which a span ends
# What may follow it of which 月 was lost, or more: 9月1日至1013止, 2020年4月9日-2020420
_TAIL = re.compile(
    rf"{WEEKDAY}?(?:[上下中]?午?\d{{1,2}}[:时点]\d{{0,2}}分?)?(?:起|开始)?,? ?{SPAN} ?"
    rf"(?:(?:(?P<y>20\d\d)年?(?=\d{{2}})(?!(?:0\d|1[0-2])(?!\d|日)))?(?P<rest>\d{{2,4}})|"
    rf"(?:(?P<y2>20\d\d)年)?(?P<m>{MONTH_DIGITS})月(?P<d>{DAY_DIGITS})(?![日号]))"
    r"(?:[日号](?![\d内])|(?!:\d)(?! \d)(?![\d.,%〇日号年月时点/-])"
    r"(?![元万亿个家人名项份分次天周小多余室层楼座栋幢房路街村组])|(?=,(?!\d))"  # of sums, things, rooms
    r"|(?P<hour>1\d|2[0-4])(?:[时点]|:(?P<minute>[0-5]\d)(?!\d)))"
)


def damaged_tail(text: str, head: Mention) -> Mention | None:
    """The end of a span that lost its signs: the one day after its head, or soon after it.

    Of several readings where there are more such days.
    """
    match = _TAIL.match(text, head.end)
    if match is None or _counts_days(text, head, match):
        return None
    written = match["y"] or match["y2"]
    first = next(name for name in ("y", "y2", "rest", "m") if match[name])
    at = clock(int(match["hour"]), match["minute"]) if match["hour"] else None
    tail = Mention(match.start(first), match.end(), int(written) if written else None, at=at)
    ahead = {one: _days_on(head, tail.year, one) for one in _ends(match, head)}
    later = {one: days for one, days in ahead.items() if days is not None}
    near = [one for one, days in later.items() if days <= NEXT_STEP]
    far = [one for one, days in later.items() if days > ANOTHER_SEASON]
    left = near if len(near) == 1 and len(far) == len(later) - 1 else sorted(later)
    if len(left) == 1:
        return tail._replace(month=left[0][0], day=left[0][1])
    return tail._replace(readings=tuple(left)) if left else None


def _ends(match: re.Match[str], head: Mention) -> set[Parts]:
    """The months and days that the digits behind the head of a span may mean: 14 is also one of its month.

    Behind 28日 it may be one of the next.
    """
    if match["m"]:
        return {(int(match["m"]), int(match["d"]), None)}
    digits, month, day = match["rest"], head.month or 1, head.day or 1
    short = match["y"] is None and int(digits) <= max(LONGEST)
    month = month if int(digits) >= day else month % 12 + 1
    return {*readings(digits, hours=False), *([(month, int(digits), None)] if short else [])}


def _days_on(head: Mention, year: int | None, parts: Parts) -> int | None:
    """How many days after the head of its span a day comes; None where it does not, or not within a year.

    Of the two the one may have its year from the other, or lie on the other side of New Year.
    """
    first, last = head.year or year or LEAP_YEAR, year or head.year or LEAP_YEAR
    begins = [
        head._replace(year=one).last_day(None) for one in ((first,) if head.year else (first, first - 1))
    ]
    ends = [Mention(0, 0, one, *parts[:2]).last_day(None) for one in ((last,) if year else (last, last + 1))]
    days = [(end - begin).days for end in ends for begin in begins if end and begin]
    return min((n for n in days if 0 <= n <= A_YEAR), default=None)


def _counts_days(text: str, head: Mention, tail: re.Match[str]) -> bool:
    """Whether 45日至75日 may as well be a while: two digits each, which nothing leads in as days."""
    short = head.year is None and head.end - head.start == 3 and "月" not in text[head.start : head.end]
    return short and len(tail["rest"] or "") == 2 and text[head.start - 1] not in "于在自从("
