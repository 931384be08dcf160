"""What each form of a date says when it matches: the parts that are written."""

import re

from notices.lexicon.clock_times import clock
from notices.lexicon.lost_dates import before_end, day_of_span, parted, parted_near, readings
from notices.lexicon.mentions import Mention, Part
from notices.lexicon.numerals import number

MOST_DAYS = 366  # a longer while is not counted in days
NEARBY = 40  # characters in which the month of a day is spoken of
_YEAR_WORDS = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "去": -1}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_BEGINS_SPAN = re.compile(
    r"(?:-{1,2}|[~至到—])(?:20\d\d(?=年|\d{3}))?年?(?:(?P<end>\d{3,4})[日号]|(?P<month>\d{1,2})月)"
)
_LOST_TAIL = re.compile(r"(?:-{1,2}|[~至到— ])20\d\d(?P<rest>\d{2,4})")
_PARTS: dict[str, Part] = {"上旬": "early", "初": "early", "中旬": "middle", "中": "middle", "下旬": "late"}


def _whole(match: re.Match[str]) -> Mention | None:
    """A date whose parts are plain to see: 2019年10月29日, 11月底, 2025年, 2019-10-29, 2019102917:00."""
    groups = match.groupdict()
    year, part = _year(groups.get("y")), groups.get("part") or ""
    month, day = _month(groups, part), number(groups["d"]) if groups.get("d") else None
    near = groups.get("near")
    return Mention(
        match.start(),
        match.end(),
        year,
        month,
        day,
        "day" if day else _part(part, bool(month or near is not None)),
        months_on=int(near.endswith(("次", "下"))) if near else None,
        at=clock(int(groups["hour"]), groups["minute"]) if groups.get("hour") else None,
        repeats=bool(near and near.startswith("每")) or part.startswith("每"),
    )


def _part(written: str, in_month: bool) -> Part:
    """What 上旬, 底, 季度末 name; `in_month`: after a month."""
    if "季" in written and not in_month:
        return "quarter"
    return _PARTS.get(written[-2:], _PARTS.get(written[-1:], "month" if in_month else "year"))


def _year(written: str | None) -> int | None:
    if not written:
        return None
    if written in _YEAR_WORDS:
        return _YEAR_WORDS[written]
    year = number(written)
    return year + 2000 if year is not None and year < 100 else year


def _month(groups: dict[str, str | None], part: str) -> int | None:
    if groups.get("m"):
        return number(groups["m"] or "")
    if "季度" in part and part.strip("第")[:1] in _QUARTERS:
        return _QUARTERS[part.strip("第")[:1]]
    return {"上半年": 6, "年初": 1}.get(part)


def _lost(match: re.Match[str]) -> Mention | None:
    """Digits that lost their 年 and 月 (2024821日), when they can be read in one way only."""
    digits, hours, minute = _digits(match)
    parts = parted(digits, hours=hours)
    span = _BEGINS_SPAN.match(match.string, match.end()) if parts is None else None
    if span:  # of which the end is what counts
        parts = before_end(digits, span["end"], int(span["month"] or 0))
    if parts is None:
        return None
    month, day, hour = parts
    return Mention(match.start(), match.end(), _year(match["y"]), month, day, at=clock(hour, minute))


def _digits(match: re.Match[str]) -> tuple[str, bool, str | None]:
    """The digits that lost their signs, whether an hour is among them, and the minute behind them."""
    minute = match.groupdict().get("minute")
    hours = minute is not None or match.group().endswith(("时", "点"))
    return match["rest"] or match["after_year"], hours, minute


def unsettled(form: str, match: re.Match[str]) -> Mention | None:
    """What a match may mention whose digits can be read in several ways; None of one that is no date."""
    if _READERS.get(form) is not _lost:
        return None
    digits, hours, minute = _digits(match)
    found = tuple(sorted(set(readings(digits, hours))))
    at = clock(0, minute) if hours else None
    return (
        Mention(match.start(), match.end(), _year(match["y"]), at=at, readings=found) if found[1:] else None
    )


def _lost_closing(match: re.Match[str]) -> Mention | None:
    """The new day of 延长至522日; what could be a number of days (延长至120日) only if its month is named."""
    mention = _lost(match)
    if mention is None or int(match["rest"]) > MOST_DAYS:
        return mention
    spoken = match.string[max(0, match.start() - NEARBY) : match.start()]
    return mention if re.search(rf"(?<!\d){mention.month}月", spoken) else None


def _lost_head(match: re.Match[str]) -> Mention | None:
    """The head of a span without signs, where its end can be read; alone it would pass for the last day."""
    tail = _LOST_TAIL.match(match.string, match.end())
    return _lost(match) if tail and parted(tail["rest"], hours=False) else None


def _lost_span(match: re.Match[str]) -> Mention | None:
    """The head of a span in one month, which begins before it ends."""
    first = day_of_span(match["rest"], int(match["end"]))
    return Mention(match.start(), match.end(), _year(match["y"]), *first) if first else None


def next_of_steps(match: re.Match[str], before: Mention) -> Mention | None:
    """What lost digits of two readings (202611318:00) mean behind another such date: the step next to it."""
    groups = match.groupdict()
    year, beside = _year(groups.get("y")), before.last_day(None)
    if year is None or beside is None or "rest" not in groups or "end" in groups:
        return None
    digits, hours, minute = _digits(match)
    parts = parted_near(digits, hours, year, beside)
    if parts is None:
        return None
    month, day, hour = parts
    return Mention(match.start(), match.end(), year, month, day, at=clock(hour, minute))


def _week(match: re.Match[str]) -> Mention:
    """本周五, 下周一: a day of the week of the anchor or of the next."""
    days = "一二三四五六日".index(match["weekday"].replace("天", "日"))
    return Mention(match.start(), match.end(), weekday=days + 7 * (match["week"] == "下"))


def _near_day(match: re.Match[str]) -> Mention:
    """今日, 明天: so many days from the anchor."""
    return Mention(match.start(), match.end(), days_on="今明后".index(match["near_day"]))


def _headless(match: re.Match[str]) -> Mention | None:
    """?月20日 of ?月20日到6月29日: the last such day before the end of its span."""
    month, day = int(match["m"]), int(match["d"])
    year = int(match["y"]) if match["y"] else None
    if day > int(match["end"]):
        year = year - 1 if year and month == 1 else year
        month = (month - 2) % 12 + 1
    return Mention(match.start(), match.end(), year, month, day)


_READERS = {
    "near_day": _near_day,
    "lost": _lost,
    "week": _week,
    "headless": _headless,
    "lost_head": _lost_head,
    "lost_closing": _lost_closing,
    "lost_span": _lost_span,
}
_READERS |= dict.fromkeys(
    (
        *("lost_bare", "lost_month", "lost_hour", "lost_tail", "lost_tail_bare", "lost_end", "lost_before"),
        *(
            "two_digits",
            "two_digits_year",
            "two_digit_tail",
            "led_clock",
            "led_label",
            "led_from",
            "led_moved",
            "led_span",
            "two_digit_head",
        ),
    ),
    _lost,
)


def mention_of(form: str, match: re.Match[str]) -> Mention | None:
    """What a match of this form mentions; None where its digits cannot be read in one way."""
    return _READERS.get(form, _whole)(match)
