"""Dates as Chinese notices write them, found in folded text.

`find_dates` reads text made by `normal.fold`, blanks beside Chinese characters dropped. A `Mention` keeps the
parts that were written; `Mention.last_day` makes a day of it, taking a missing year from an anchor.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import islice
from operator import attrgetter, itemgetter

from notices.lexicon.clock_times import time_at
from notices.lexicon.damaged_tails import LEAP_YEAR, damaged_tail
from notices.lexicon.date_forms import (
    ALONE,
    ANY_GATE,
    AT_NOTHING,
    BEYOND,
    DOTTED_TAIL,
    FOLLOWS,
    FORMS,
    GATED,
    LED,
    LED_FROM,
    LOST,
    LOST_TAIL,
    MONTH,
    NEEDS,
    NEXT_TAIL,
    REPEATS,
    SHORT,
    SIGNS,
    SPAN_TAIL,
    STRETCH,
    YEAR_RUNS_ON,
)
from notices.lexicon.date_matches import mention_of, next_of_steps, unsettled
from notices.lexicon.lost_dates import NEXT_STEP, parted
from notices.lexicon.mentions import NAMED, Mention
from notices.lexicon.numerals import number
from notices.lexicon.suspects import suspects

Gates = tuple[bool, bool, bool, bool, bool, bool]
SHUT: Gates = (False, False, False, False, False, False)
MOST = 1500
FAR = 80  # characters behind a yearly day within which another may be of the same round
FAR_STEP = 300  # characters behind a damaged date within which another may be the next step
_DAY_AGAIN = re.compile(r"\((?:截[至止][到至]?|到|至|即)")
_IN_BRACKETS = re.compile(r"(?:[本这下]?(?:周|星期)[一二三四五六日天]|[今明后][日天])\($")
_COUNTED = re.compile(
    r"(?:满|到期|[召举]|开[标会]|会议|提前|之日)[^,。;]{0,8}$"
)  # 届满30日前: so many days before
_ENDS_SENTENCE = re.compile(r"[。;!?\n\t]")
_OF_THAT_YEAR = re.compile(r"[当次]年|(?:翌|同|该|下一?|第二)年,?(?=.{2}$)")  # of the year spoken of
_SAME_ROUND = re.compile(r"每(?:个?年度?|年度)(?!.*(?:请|[今本]年|[本此]次|现将))[^。;!?\n]*$")


def find_dates(text: str) -> list[Mention]:
    """The dates of the text in order, overlaps settled for the one that starts first and says most.

    A text with more than `MOST` is no notice but a table or an attack: the rest is left.
    """
    return _found(text)[0]


def find_all(text: str) -> list[Mention]:
    """The dates of the text and, between them, damaged ones that may be of several days."""
    found, open_ones = _found(text)
    open_ones += islice(suspects(text), MOST)
    begun = {one.start: one.end for one in open_ones}  # 2015年101前 is more than a year
    found = [one for one in found if one.part != "year" or begun.get(one.start, 0) <= one.end]
    apart: dict[int, Mention] = {}
    for one in open_ones:
        if not _overlaps(one, found):
            apart.setdefault(one.start, _in_context(text, one))
    return sorted((*found, *apart.values()), key=attrgetter("start")) if apart else found


def _overlaps(one: Mention, found: list[Mention]) -> bool:
    behind = bisect_left(found, one.end, key=attrgetter("start"))
    return bool(behind and found[behind - 1].end > one.start)


def _found(text: str) -> tuple[list[Mention], list[Mention]]:
    """The dates, and what may be one but can be read in several ways."""
    found: list[Mention] = []
    open_ones: list[Mention] = []
    damaged: Mention | None = None
    last = 0
    for start, _, form, match in sorted(_all_forms(text), key=itemgetter(0, 1)):
        mention = mention_of(form, match) if start >= last else None
        if mention is None and damaged and start >= last and form == "lost":
            mention = next_of_steps(match, damaged) if start - damaged.end <= FAR_STEP else None
        if mention is None:
            doubtful = unsettled(form, match) if start >= last else None
            open_ones += [doubtful] if doubtful else []
            continue
        damaged = mention if form == "lost" else damaged
        if len(found) > MOST:
            break
        mention = _in_context(text, mention)
        if not mention.repeats and _comes_round(text, mention, found):
            mention = mention._replace(repeats=True)
        whole = _carried(text, mention, found[-1] if found else None) if _lacks_month(mention) else mention
        found += [whole] if whole else []
        last = mention.end
        for tail in _span_tail(text, mention):
            (open_ones if tail.readings else found).append(tail)
            last = max(last, tail.end)
    return (_hours_in_brackets(text, found) if "(" in text else found), open_ones


def _hours_in_brackets(text: str, found: list[Mention]) -> list[Mention]:
    """The dates, each with the hour that a bracket gives it by saying it again: 3月21日(截至3月21日23:59)."""
    whole: list[Mention] = []
    for mention in found:
        before = whole[-1] if whole else None
        same = before and (before.month, before.day) == (mention.month, mention.day)
        again = before and same and _DAY_AGAIN.fullmatch(text, before.end, mention.start)
        if before and again and mention.year in (None, before.year) and before.at is None:
            whole[-1] = before._replace(at=mention.at, end=mention.end + text.startswith(")", mention.end))
        else:
            whole.append(mention)
    return whole


def _all_forms(text: str) -> Iterator[tuple[int, int, str, re.Match[str]]]:
    """What each form matches: where it starts, minus where it ends, the form's name, the match."""
    for stretch in STRETCH.finditer(text):
        signs = SIGNS.intersection(stretch.group())
        if not signs:
            continue
        start, end = stretch.span()
        for form, pattern in _forms_with(signs, _open_gates(text, start, end)):
            for match in pattern.finditer(text, start, end if form in AT_NOTHING else end + BEYOND):
                if match.start() < end:
                    yield match.start(), -match.end(), form, match
                if match.end() >= end:
                    break


def _open_gates(text: str, start: int, end: int) -> Gates:
    """Which gates a stretch opens: each looks no further than its end, but the first."""
    if not ANY_GATE.search(text, start, end + FOLLOWS):
        return SHUT
    return (
        LOST.search(text, start, end + FOLLOWS) is not None,
        LED.search(text, start, end) is not None,
        ALONE.search(text, start, end) is not None,
        MONTH.search(text, start, end) is not None,
        SHORT.search(text, start, end) is not None,
        YEAR_RUNS_ON.search(text, start, end) is not None,
    )


@cache
def _forms_with(signs: frozenset[str], open_gates: Gates) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms that can stand in a stretch with these signs, where these of the gates are open."""
    shut = frozenset[str]().union(
        *(forms for forms, there in zip(GATED, open_gates, strict=True) if not there)
    )
    there = (form for form in FORMS if form not in shut and not signs.isdisjoint(NEEDS[form]))
    return tuple((form, FORMS[form]) for form in there)


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
    closes = text.startswith(")", end)
    week = _IN_BRACKETS.search(text, max(0, mention.start - 5), mention.start) if closes else None
    if week:  # 本周五(5月12日)
        later, behind = time_at(text, end + 1) if at is None else (at, end + 1)  # 本周五(5月12日)下午5点
        return mention._replace(at=later, start=week.start(), end=behind, repeats=repeats)
    changed = (at, end, repeats) != (mention.at, mention.end, mention.repeats)
    return mention._replace(at=at, end=end, repeats=repeats) if changed else mention


def _span_tail(text: str, head: Mention) -> Iterator[Mention]:
    """The end of 6月25日至30日, of 4月1、2日, which takes its month and year from its head."""
    dotted = DOTTED_TAIL.match(text, head.end) if head.day and "." in text[head.start : head.end] else None
    if dotted:
        yield Mention(dotted.start("m"), dotted.end(), None, int(dotted["m"]), int(dotted["d"]))
        return
    lost = _lost_tail(text, head) if head.day and text[head.end : head.end + 1].isdecimal() else None
    if lost:
        yield lost
        return
    tail = SPAN_TAIL.match(text, head.end) if head.day else None
    tail = None if tail and 0 < (number(tail["d"]) or 0) < (head.day or 0) else tail  # 12月28日至14日
    ends = damaged_tail(text, head) if head.day and head.month and not tail else None
    if ends:
        at, end = (ends.at, ends.end) if ends.at else time_at(text, ends.end)
        yield ends._replace(at=at, end=end)
        return
    following = NEXT_TAIL.match(text, head.end) if head.day and not tail else None
    tail = following if following and number(following["d"]) == (head.day or 0) + 1 else tail
    if tail:
        at, end = time_at(text, tail.end())
        yield head._replace(start=tail.start("d"), end=end, day=number(tail["d"]), at=at)


def _lost_tail(text: str, head: Mention) -> Mention | None:
    """The end of 自4月12日423, which lost 至, 月 and 日: where its digits are one day soon after its head."""
    digits = LOST_TAIL.match(text, head.end)
    begins = digits and LED_FROM.search(text, max(0, head.start - 2), head.start)
    first = head._replace(year=head.year or LEAP_YEAR).last_day(None) if begins else None
    parts = parted(digits["rest"], hours=False) if digits and first and head.at is None else None
    if digits is None or first is None or parts is None:
        return None
    tail = Mention(digits.start(), digits.end(), head.year, *parts[:2])
    last = tail._replace(year=first.year).last_day(None)
    return tail if last and 0 < (last - first).days <= NEXT_STEP else None
