"""Dates as Chinese notices write them: found in folded text, made days with what the context knows.

`find_dates` reads text made by `normal.fold`, blanks beside Chinese characters dropped. A `Mention` keeps the
parts that were written; `Mention.last_day` makes a day of it, taking a missing year from an anchor.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache
from operator import itemgetter
from typing import Literal, NamedTuple

from notices.lexicon.clock_times import END_OF_DAY, time_at
from notices.lexicon.date_forms import (
    BEYOND,
    DOTTED_TAIL,
    FOLLOWS,
    FORMS,
    LOST,
    NEEDS,
    NEXT_TAIL,
    REPEATS,
    SIGNS,
    SPAN_TAIL,
    STRETCH,
)
from notices.lexicon.lost_dates import first_reading, parted
from notices.lexicon.numerals import number

Part = Literal["day", "early", "middle", "late", "month", "quarter", "year"]

MOST = 1500
NAMED = 100  # years below are counted from the anchor's
FAR = 80  # characters behind a yearly day within which another may be of the same round
_YEAR_WORDS = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "去": -1}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_IN_BRACKETS = re.compile(r"(?:[本这下]?(?:周|星期)[一二三四五六日天]|[今明后][日天])\($")
_COUNTED = re.compile(
    r"(?:满|到期|[召举]|开[标会]|会议|提前|之日)[^,。;]{0,8}$"
)  # 届满30日前: so many days before
_BEGINS_SPAN = re.compile(r"(?:-{1,2}|[~至到])\d{3,8}[日号]")
_LOST_TAIL = re.compile(r"(?:-{1,2}|[~至到— ])20\d\d(?P<rest>\d{2,4})")
_ENDS_SENTENCE = re.compile(r"[。;!?\n\t]")
_OF_THAT_YEAR = re.compile(r"[当次]年|(?:翌|同|该|下一?|第二)年,?(?=.{2}$)")  # of the year spoken of
_SAME_ROUND = re.compile(r"每(?:个?年度?|年度)(?!.*(?:请|[今本]年|[本此]次|现将))[^。;!?\n]*$")
_PARTS: dict[str, Part] = {"上旬": "early", "初": "early", "中旬": "middle", "中": "middle", "下旬": "late"}


class Mention(NamedTuple):
    """A date as it stands in the text from `start` to `end`; parts that are not written are None.

    `year` below 100 counts from the anchor's (1 明年, -1 去年, 0 本年); `months_on` counts months from the
    anchor's (0 本月, 1 次月), `weekday` days from the Monday of its week (7 and more: 下周),
    `days_on` days from the anchor itself (1 明日). `part` says what
    is named: a day, a stretch of a month, a month, a quarter, a year. A day or a month's end without any
    month (25日前) is the next one.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: Part = "day"
    at: time | None = None
    months_on: int | None = None
    weekday: int | None = None
    repeats: bool = False
    days_on: int | None = None

    def last_day(self, anchor: date | None) -> date | None:
        """The last day of what is named; without a year the first such day not before `anchor`."""
        if self.year is not None and self.year >= 100:
            return self._in(self.year, self.month)
        if anchor is None:
            return None
        if self.weekday is not None:
            return anchor + timedelta(days=self.weekday - anchor.weekday())
        if self.days_on is not None:
            return anchor + timedelta(days=self.days_on)
        if self.months_on is not None or (self.month is None and self.part != "year"):
            return self._months_from(anchor)
        if self.year is not None:
            return self._in(anchor.year + self.year, self.month)
        found = self._in(anchor.year, self.month)
        return self._in(anchor.year + 1, self.month) if found is None or found < anchor else found

    @property
    def needs_today(self) -> bool:
        """Whether the day cannot be told from its year alone: 本月31日, 下周五, 25日前."""
        if self.year is not None and self.year >= 100:
            return False
        near = self.weekday is not None or self.days_on is not None or self.months_on is not None
        return near or (self.month is None and self.part != "year")

    def near(self, anchor: date) -> date | None:
        """The day nearest to `anchor`, for days that may lie just before it (the start of a span).

        Days past count double: of 9月4日 seen in March the coming one is meant.
        """
        if any(part is not None for part in (self.year, self.months_on, self.weekday, self.days_on)):
            return self.last_day(anchor)
        days = filter(None, (self._in(anchor.year + step, self.month) for step in (-1, 0, 1)))
        ahead = ((day - anchor).days for day in days)
        nearest = min(ahead, key=lambda n: n if n >= 0 else -2 * n, default=None)
        return None if nearest is None else anchor + timedelta(days=nearest)

    def _months_from(self, anchor: date) -> date | None:
        months = anchor.year * 12 + anchor.month - 1 + (self.months_on or 0)
        if self.part == "quarter":
            months += -anchor.month % 3
        found = self._in(months // 12, months % 12 + 1)
        if (self.repeats or self.months_on is None) and found and found < anchor:
            return self._in((months + 1) // 12, (months + 1) % 12 + 1)
        return found

    def _in(self, year: int, month: int | None) -> date | None:
        month = month or 12
        last = {"early": 10, "middle": 20, "day": self.day}.get(self.part)
        if not 1990 <= year <= 2100:
            return None
        days = calendar.monthrange(year, month)[1]
        return date(year, month, last or days) if (last or days) <= days else None


def find_dates(text: str) -> list[Mention]:
    """The dates of the text in order, overlaps settled for the one that starts first and says most.

    A text with more than `MOST` is no notice but a table or an attack: the rest is left.
    """
    found: list[Mention] = []
    last = 0
    for start, _, form, match in sorted(_all_forms(text), key=itemgetter(0, 1)):
        mention = _READERS.get(form, _whole)(match) if start >= last else None
        if mention is None:
            continue
        if len(found) > MOST:
            break
        mention = _in_context(text, mention)
        mention = mention._replace(repeats=mention.repeats or _comes_round(text, mention, found))
        whole = _carried(text, mention, found[-1] if found else None) if _lacks_month(mention) else mention
        found += [whole] if whole else []
        found += _span_tail(text, mention)
        last = max(mention.end, found[-1].end if found else 0)
    return found


def _all_forms(text: str) -> Iterator[tuple[int, int, str, re.Match[str]]]:
    """What each form matches: where it starts, minus where it ends, the form's name, the match."""
    for stretch in STRETCH.finditer(text):
        signs = SIGNS.intersection(stretch.group())
        if not signs:
            continue
        start, end = stretch.span()
        for form, pattern in _forms_with(signs, lost=LOST.search(text, start, end + FOLLOWS) is not None):
            for match in pattern.finditer(text, start, end + BEYOND):
                if match.start() < end:
                    yield match.start(), -match.end(), form, match


@cache
def _forms_with(signs: frozenset[str], *, lost: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms that can stand in a stretch with these signs."""
    there = (form for form in FORMS if not signs.isdisjoint(NEEDS[form]))
    return tuple((form, FORMS[form]) for form in there if lost or not form.startswith("lost"))


def _lacks_month(mention: Mention) -> bool:
    whole = mention.weekday is not None or mention.days_on is not None
    return not whole and mention.month is mention.months_on is None and mention.part in ("day", "month")


def _carried(text: str, mention: Mention, before: Mention | None) -> Mention | None:
    """A day or a month's end without its month (6月20日前…，25日前…): that of the date before it in the text.

    Where none stands before it counts from the anchor, unless it is a number of days before something.
    """
    if before is not None and _ENDS_SENTENCE.search(text, before.end, mention.start):
        before = None
    if before is not None and before.month and (mention.day is None or mention.day >= (before.day or 0)):
        return mention._replace(year=before.year, month=before.month)
    alone = before is None and text[mention.start - 1] in "于在请"
    return mention if alone and not _COUNTED.search(text, max(0, mention.start - 16), mention.start) else None


def _comes_round(text: str, mention: Mention, found: list[Mention]) -> bool:
    """Whether a day is one of each year's as the one before is: 每年3月31日前备案,(当年)4月15日前交证明."""
    if not found or (mention.year is not None and mention.year >= NAMED):
        return False
    if _OF_THAT_YEAR.search(text[max(0, mention.start - 4) : mention.start + 2]):
        dated = (m for m in reversed(found) if m.repeats or ((m.year or 0) >= NAMED and m.part == "day"))
        return next((m.repeats for m in dated), False)
    if not found[-1].repeats or mention.year is not None or mention.start - found[-1].end > FAR:
        return False
    return bool(_SAME_ROUND.search(text[max(0, found[-1].start - 16) : mention.start]))


def _in_context(text: str, mention: Mention) -> Mention:
    at, end = (
        time_at(text, mention.end)
        if mention.at is None and mention.part == "day"
        else (mention.at, mention.end)
    )
    named = mention.year is not None and mention.year >= NAMED  # a day of one year does not come again
    rounds = not named and REPEATS.search(text, max(0, mention.start - 16), mention.start)
    repeats = mention.repeats or bool(rounds)
    week = _IN_BRACKETS.search(text, max(0, mention.start - 5), mention.start)
    if week and text.startswith(")", end):  # 本周五(5月12日)
        later, behind = time_at(text, end + 1) if at is None else (at, end + 1)  # 本周五(5月12日)下午5点
        return mention._replace(at=later, start=week.start(), end=behind, repeats=repeats)
    return mention._replace(at=at, end=end, repeats=repeats)


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
        at=_clock(int(groups["hour"]), groups["minute"]) if groups.get("hour") else None,
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
    minute = match.groupdict().get("minute")
    hours = minute is not None or match.group().endswith(("时", "点"))
    digits = match["rest"] or match["after_year"]
    parts = parted(digits, hours=hours)
    if parts is None and _BEGINS_SPAN.match(match.string, match.end()):
        parts = first_reading(digits)  # of a span its end is what counts
    if parts is None:
        return None
    month, day, hour = parts
    return Mention(match.start(), match.end(), _year(match["y"]), month, day, at=_clock(hour, minute))


def _lost_head(match: re.Match[str]) -> Mention | None:
    """The head of a span without signs, where its end can be read; alone it would pass for the last day."""
    tail = _LOST_TAIL.match(match.string, match.end())
    return _lost(match) if tail and parted(tail["rest"], hours=False) else None


def _clock(hour: int | None, minute: str | None) -> time | None:
    return None if hour is None else END_OF_DAY if hour == 24 else time(hour, int(minute or 0))


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
}
_READERS |= dict.fromkeys(
    (
        *("lost_bare", "lost_month", "lost_hour", "lost_tail", "lost_end", "lost_before"),
        *("two_digits", "two_digits_year", "two_digit_tail"),
    ),
    _lost,
)


def _span_tail(text: str, head: Mention) -> Iterator[Mention]:
    """The end of 6月25日至30日, of 4月1、2日, which takes its month and year from its head."""
    dotted = DOTTED_TAIL.match(text, head.end) if head.day and "." in text[head.start : head.end] else None
    if dotted:
        yield Mention(dotted.start("m"), dotted.end(), None, int(dotted["m"]), int(dotted["d"]))
        return
    tail = SPAN_TAIL.match(text, head.end) if head.day else None
    following = NEXT_TAIL.match(text, head.end) if head.day and not tail else None
    tail = following if following and number(following["d"]) == (head.day or 0) + 1 else tail
    if tail:
        at, end = time_at(text, tail.end())
        yield head._replace(start=tail.start("d"), end=end, day=number(tail["d"]), at=at)
