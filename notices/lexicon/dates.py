"""Dates as Chinese notices write them: found in folded text, made days with what the context knows.

`find_dates` reads text made by `normal.fold`, blanks beside Chinese characters dropped. A `Mention` keeps the
parts that were written; `Mention.last_day` makes a day of it, taking a missing year from an anchor.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Literal

from notices.lexicon.clock_times import END_OF_DAY, time_at
from notices.lexicon.date_forms import DOTTED_TAIL, FORMS, NEEDS, REPEATS, SPAN_TAIL
from notices.lexicon.lost_dates import parted
from notices.lexicon.numerals import number

Part = Literal["day", "early", "middle", "late", "month", "year"]

_YEAR_WORDS = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "去": -1}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_PARTS: dict[str, Part] = {"上旬": "early", "初": "early", "中旬": "middle", "中": "middle", "下旬": "late"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as it stands in the text from `start` to `end`; parts that are not written are None.

    `year` below 100 counts from the anchor's (1 明年, -1 去年, 0 本年); `months_on` counts months from the
    anchor's (0 本月, 1 次月), `weekday` days from the Monday of its week (7 and more: 下周). `part` says what
    is named: a day, a stretch of a month, a month, a year.
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

    def last_day(self, anchor: date | None) -> date | None:
        """The last day of what is named; without a year the first such day not before `anchor`."""
        if self.year is not None and self.year >= 100:
            return self._in(self.year, self.month)
        if anchor is None:
            return None
        if self.weekday is not None:
            return anchor + timedelta(days=self.weekday - anchor.weekday())
        if self.months_on is not None:
            return self._months_from(anchor)
        if self.year is not None:
            return self._in(anchor.year + self.year, self.month)
        found = self._in(anchor.year, self.month)
        return self._in(anchor.year + 1, self.month) if found and found < anchor else found

    def near(self, anchor: date) -> date | None:
        """The day nearest to `anchor`, for days that may lie just before it (the start of a span)."""
        if self.year is not None or self.months_on is not None or self.weekday is not None:
            return self.last_day(anchor)
        days = filter(None, (self._in(anchor.year + step, self.month) for step in (-1, 0, 1)))
        return min(days, key=lambda day: abs((day - anchor).days), default=None)

    def _months_from(self, anchor: date) -> date | None:
        months = anchor.year * 12 + anchor.month - 1 + (self.months_on or 0)
        found = self._in(months // 12, months % 12 + 1)
        if self.repeats and found and found < anchor:
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
    """Every date of the text in order, overlaps settled for the one that starts first and says most."""
    found: list[Mention] = []
    for mention in sorted(_all_forms(text), key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
            found += _span_tail(text, mention)
    return found


def _all_forms(text: str) -> Iterator[Mention]:
    for form, pattern in FORMS.items():
        for match in pattern.finditer(text) if NEEDS.get(form, "") in text else ():
            mention = _READERS.get(form, _whole)(match)
            if mention:
                yield _in_context(text, mention)


def _in_context(text: str, mention: Mention) -> Mention:
    at, end = (
        time_at(text, mention.end)
        if mention.at is None and mention.part == "day"
        else (mention.at, mention.end)
    )
    repeats = mention.repeats or bool(REPEATS.search(text, max(0, mention.start - 16), mention.start))
    return replace(mention, at=at, end=end, repeats=repeats)


def _whole(match: re.Match[str]) -> Mention | None:
    """A date whose parts stand apart: 2019年10月29日, 11月底, 2025年, 2019-10-29."""
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
        "day" if day else _PARTS.get(part[-2:], _PARTS.get(part[-1:], "month" if month or near else "year")),
        months_on=None if near is None else int(near.endswith(("次", "下"))),
        repeats=bool(near and near.startswith("每")) or part.startswith("每"),
    )


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
    parts = parted(match["rest"] or match["after_year"], hours=match.group().endswith(("时", "点")))
    if parts is None:
        return None
    month, day, hour = parts
    return Mention(match.start(), match.end(), _year(match["y"]), month, day, at=_hour(hour))


def _hour(hour: int | None) -> time | None:
    return None if hour is None else END_OF_DAY if hour == 24 else time(hour)


def _week(match: re.Match[str]) -> Mention:
    """本周五, 下周一: a day of the week of the anchor or of the next."""
    days = "一二三四五六日".index(match["weekday"].replace("天", "日"))
    return Mention(match.start(), match.end(), weekday=days + 7 * (match["week"] == "下"))


_READERS = {"lost": _lost, "lost_month": _lost, "week": _week}


def _span_tail(text: str, head: Mention) -> Iterator[Mention]:
    """The end of 6月25日至30日, which takes its month and year from its head."""
    dotted = DOTTED_TAIL.match(text, head.end) if head.day and "." in text[head.start : head.end] else None
    if dotted:
        yield Mention(dotted.start("m"), dotted.end(), None, int(dotted["m"]), int(dotted["d"]))
        return
    tail = SPAN_TAIL.match(text, head.end) if head.day else None
    if tail:
        at, end = time_at(text, tail.end())
        yield replace(head, start=tail.start("d"), end=end, day=number(tail["d"]), at=at)
