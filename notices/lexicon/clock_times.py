"""Times of day after a date: 17:00, 下午5点半, 24时, (星期五)12:00, (截至18:00).

24:00 is kept as the last second.
"""

import re
from datetime import time

from notices.lexicon.numerals import number

END_OF_DAY = time(23, 59, 59)
_HALF = r"(?P<half>上午|下午|晚上?|中午|凌晨|早上)?[, ]?"
_CLOCK = (
    r"(?:(?P<h>(?<!\d)(?:2[0-4]|1\d|0?\d))"
    r"(?::(?P<m>[0-5]\d)(?::[0-5]\d)?(?!\d)[时点分]?|[时点](?:整|(?P<half_hour>半)|(?P<m2>[0-5]?\d)分)?)"
    r"|(?P<h2>(?<=[日号)午])(?:2[0-4]|1\d|0?[89]))(?P<m3>[0-5]\d)"  # 1730
    r"(?=之?前|止|截止|关闭|结束|起|[,。;)\n至到~—-]|$)"
    r"|(?P<h3>(?<=[日号)午])(?:2[0-4]|1\d|[89](?=起)))(?=之?前|止|截止|关闭|结束|起|[,。;])"  # 24
    r"|(?P<cn>[零一二三四五六七八九十]{1,3})[时点](?P<cn_half>半)?)"
)
_TIME = re.compile(
    r" ?(?:[,(]?[本这下]?(?:星期|周|礼拜)[一二三四五六日天][),]?)?(?:\([^()\d]{0,6}\))?[, ]?"
    rf"(?P<bracket>\((?:当[天日])?(?:截[至止][到至]?|至|到)?)?{_HALF}{_CLOCK}"
)
_UNTIL = re.compile(rf" ?(?:-{{1,2}}|~|至|到|—) ?{_HALF}{_CLOCK}")  # the end of 9:00-18:00
_AGAIN = re.compile(rf"[,、;/和及]? ?{_HALF}{_CLOCK}(?= ?[-~至到—])")  # 8:30-11:30、下午15:00-17:00
_NOON = 12
WEEKDAY = re.compile(r" ?[,(]?[本这下]?(?:星期|周|礼拜)[一二三四五六日天][),]?")


def clock(hour: int | None, minute: str | None) -> time | None:
    """The time of day with this hour and what is written of its minutes."""
    return None if hour is None else END_OF_DAY if hour == 24 else time(hour, int(minute or 0))


def time_at(text: str, position: int) -> tuple[time | None, int]:
    """The time of day that stands right at `position`, and where the date with it ends."""
    match = _TIME.match(text, position)
    at, end = _last_hour(text, match) if match else (None, position)
    if match and not match["bracket"]:
        return at, end
    if match and text.startswith(")", end):
        return at, end + 1
    weekday = WEEKDAY.match(text, position)
    return None, weekday.end() if weekday else position


def _last_hour(text: str, first: re.Match[str]) -> tuple[time | None, int]:
    """The hour at which the hours that begin with the first one end, and where that is said."""
    at, end = _time(first), first.end()
    while until := _UNTIL.match(text, end):
        last = _time(until)
        if at and last and last < at and not until["half"] and last.hour < _NOON:  # 下午2:30-5:30
            last = last.replace(hour=last.hour + _NOON)
        again = _AGAIN.match(text, until.end())
        at, end = (_time(again), again.end()) if again else (last, until.end())
    return at, end


def _time(match: re.Match[str]) -> time | None:
    hour = number(match["h"] or match["h2"] or match["h3"] or match["cn"])
    minute = (
        30 if match["half_hour"] or match["cn_half"] else int(match["m"] or match["m2"] or match["m3"] or 0)
    )
    if hour is None or hour > 24:
        return None
    if match["half"] in ("下午", "晚", "晚上") and hour < 12:
        hour += 12
    if match["half"] in ("晚", "晚上") and hour == 12:
        return END_OF_DAY
    return END_OF_DAY if hour == 24 else time(hour, minute)
