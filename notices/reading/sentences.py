"""Sentences of a page with the heading they stand under, and the dates in them with what surrounds each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from notices.lexicon.date_forms import LED_FROM
from notices.lexicon.mentions import Mention
from notices.reading.layout import SIGNED_ON, Layout, is_answer, is_names
from notices.reading.page import Line, Page
from notices.reading.stacked_tables import stacked_columns

STOP = re.compile(  # also before the next numbered part of a text that lost its line breaks
    r"[。;!?,](?:(?<!,)(?![^(]{0,40}\))|(?<=,)(?=[二三四五六七八九十]{1,2}、[\u4e00-\u9fff]{2,12}:))"
)
CIRCLED = re.compile(r"[②-⑩]")
STOP_OR_CIRCLED = re.compile(rf"{STOP.pattern}|(?=[②-⑩]\d{{1,2}}月)")
HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)]|[【\[]|)[^。;!?]{2,24}[:】]?$"
)
RUN_IN = re.compile(  # 三、申报时间。10月10日至11月7日。
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)])[^,。;:!?\d()]{2,12}。"
)
ITEM = re.compile(r"\d{1,2}[、.)]|\(\d{1,2}\)|[①-⑳]")
SPAN = re.compile(
    r"^[,(]?(?:\([^()]{1,6}\))?(?:起|开始|零时|0时)?[,]?(?:-{1,2}|~|至|到|—|/|一{1,2}(?=$))(?:当日)?$"
)

LOST_SPAN = re.compile(r"20\d{4,6} 20\d{4,6}日?")  # 2023324 2023329日: 至 was lost with 年, 月 and 日

NEXT_DAY = ("、", "和")  # 请于4月1、2日: two days running are a span to act in
TO_ACT_IN = re.compile(r"(?:[于在]|(?:时间|日期)[:为是]{0,2}|(?:提交|受理|递交|报送|收取):)$")
LEADS = ("截至", "截止", "截止到", "截止至", "自", "从")  # alone before a date they answer the heading
QUOTES = '“”‘’"「」'
WINDOW = 240
BEHIND, AHEAD = 120, 160  # how far from its date a cue may begin or end
# An aside behind the day, which may be of several sentences: 3月1日前(因…。…)将意见发至邮箱
ASIDE = re.compile(
    r"(?:[日号时点分]|\d)(?P<closes>之?前|以前|止|内|下班前)?"
    r"(?P<aside>\([^()]{24,200}\)(?=[^。;!?,:、)\n])|\([^()]{13,23}\)(?=(?:之?前|以前)[^的]))"
)
INTRODUCES = re.compile(
    r"(?:截止|时间|时限|期限|批次)[^。;]{0,24}:$|(?:请|须|应)[^。;]{0,60}以下[^。;]{0,12}:$"
)
LIST = re.compile(r"(?:底|末)?(?:\([^()\d]{1,12}\))?(?:[、,]|和|及|与|或|以及)?(?:分别)?")
CLOSES_ON = re.compile(  # a portal's line about the notice
    r"[^()]{0,60}?截止(?:日期|时间|日)[:]\d"
    r"|[^()\d]{0,4}(?:申报|报名|受理|起止)(?:起止)?(?:日期|时间): ?20\d\d[^:]{4,8} ?(?:/|-{1,2}|~|至) ?20\d\d"
)
DATED = re.compile(r"\d ?[月日号]|\d[-/.]\d")
LONGEST_HEADING = 34
LONGEST_LABEL = 24  # characters of a cell that names what its row or column is about


class Sentence(NamedTuple):
    """A stretch of `Page.clean` that ends with a full stop, semicolon or line, and the heading above it.

    `part`: the last heading above that is no item of a list (1、…).
    """

    page: Page
    start: int
    end: int
    heading: str
    text: str
    part: str = ""


@dataclass(frozen=True)
class DateInSentence:
    """A date, or the end of a span that begins with `since`, and the words before and after it.

    `told_from`: where the words begin that it needs to be understood, if before the date.
    """

    sentence: Sentence
    mention: Mention
    since: Mention | None
    list_start: int = 0
    list_end: int = 0
    told_from: int = 0

    @property
    def start(self) -> int:
        """Where the date or its span begins."""
        return (self.since or self.mention).start

    @cached_property
    def before(self) -> str:
        """The sentence up to the date, or to the list that it stands in, as far back as it can matter."""
        end = self.list_start or self.start
        return self.sentence.page.clean[max(self.sentence.start, end - WINDOW) : end].rstrip(QUOTES)

    @cached_property
    def after(self) -> str:
        """The sentence from the date on, or from the end of its list (6月30日、12月15日前), less an aside."""
        start, clean = self.list_end or self.mention.end, self.sentence.page.clean
        aside = ASIDE.match(clean, start - 1, self.sentence.end)
        if aside:
            rest = clean[aside.end() : min(self.sentence.end, aside.end() + WINDOW)]
            return (aside["closes"] or "") + rest
        return clean[start : min(self.sentence.end, start + WINDOW)].lstrip(QUOTES)

    @cached_property
    def close_before(self) -> str:
        """What a cue can look at before the date; the heading where the date begins its sentence."""
        if self.before in LEADS:
            return f"{self.sentence.heading}{self.before}"
        return self.before[-BEHIND:] if self.before else f"{self.sentence.heading}\n"

    @cached_property
    def close_after(self) -> str:
        """What a cue can look at from the date on."""
        return self.after[:AHEAD]


@lru_cache(maxsize=4)
def sentences(layout: Layout) -> tuple[Sentence, ...]:
    """The sentences of the notice, furniture and signature left out; parted once for all who ask."""
    return tuple(_sentences(layout))


def _sentences(layout: Layout) -> Iterator[Sentence]:
    heading, part, columns = "", "", [""]
    closing = [line for line in layout.furniture if CLOSES_ON.match(line.text)]
    lines = tuple(sorted((*layout.body, *closing))) if closing else layout.body
    stacked = stacked_columns(layout.page.lines)
    for n, line in enumerate(lines):
        if line.start in stacked:
            yield from _of_line(layout.page, line, f"{stacked[line.start]}:")
            continue
        if line in layout.signature or line is layout.salutation:
            continue
        if SIGNED_ON.match(line.text) and not is_answer(lines, n):
            continue
        if "\t" in line.text:
            columns = columns if DATED.search(line.text) else line.text.split("\t")
            yield from _of_row(layout.page, line, heading, columns)
            continue
        columns = [""]
        yield from _of_line(layout.page, line, heading, part)
        if _is_heading(line.text):
            heading = line.text
            part = part if ITEM.match(line.text) else line.text
        elif STOP.search(line.text[-1:]) and len(line.text) > 60:
            heading = ""


def _is_heading(text: str) -> bool:
    """Whether the lines below stand under this one; a row of a list (第一批 6月20日) heads nothing."""
    if text.endswith(":") and INTRODUCES.search(text):
        return True
    heads = len(text) <= LONGEST_HEADING and HEADING.match(text) and len(DATED.findall(text)) < 2
    # a letterhead heads the whole page, and says of no day who must act
    return bool(heads) and not is_names(text)


def _of_row(page: Page, line: Line, heading: str, columns: list[str]) -> Iterator[Sentence]:
    """The cells of a table's row, each under the names of its row and column."""
    cells = line.text.split("\t")
    labels = [cell.strip() for cell in cells if len(cell) <= LONGEST_LABEL and not DATED.search(cell)]
    start = line.start
    for n, cell in enumerate(cells):
        column = columns[n].strip() if len(columns) == len(cells) else ""
        named = f"{heading} {' '.join(labels)} {column}:" if DATED.search(cell) else heading
        blanks = len(cell) - len(cell.lstrip())
        yield from _of_line(page, Line(start + blanks, start + len(cell), cell.lstrip()), named)
        start += len(cell) + 1


def _of_line(page: Page, line: Line, heading: str, part: str = "") -> Iterator[Sentence]:
    start = 0
    asides = [aside.span("aside") for aside in ASIDE.finditer(line.text)] if "(" in line.text else []
    stops = STOP_OR_CIRCLED if CIRCLED.search(line.text) else STOP
    for stop in stops.finditer(line.text):
        if asides and any(first < stop.start() < last for first, last in asides):
            continue
        words = line.text[start : stop.end()]
        yield Sentence(page, line.start + start, line.start + stop.end(), heading, words, part)
        heading = words[:-1] if not start and RUN_IN.fullmatch(words) else heading
        start = stop.end()
    if line.start + start < line.end:
        yield Sentence(page, line.start + start, line.end, heading, line.text[start:], part)


@lru_cache(maxsize=256)
def dates_in(sentence: Sentence) -> tuple[DateInSentence, ...]:
    """The dates of a sentence; the two ends of a span become one. Found once for all who ask."""
    mentions = sentence.page.mentions_in(sentence.start, sentence.end)
    if not mentions:
        return ()
    found: list[DateInSentence] = []
    for n, mention in enumerate(mentions):
        between = sentence.page.clean[mentions[n - 1].end : mention.start] if n else ""
        joined = SPAN.match(between.replace(" ", "")) or (
            between in NEXT_DAY and _runs_on(sentence, mentions[n - 1], mention)
            if between
            else n and LED_FROM.search(sentence.page.clean, sentence.start, mentions[n - 1].start)
        )
        written = sentence.page.clean[mentions[n - 1].start : mention.end] if between == " " else ""
        if n and (joined or LOST_SPAN.fullmatch(written)) and found and found[-1].mention is mentions[n - 1]:
            found[-1] = DateInSentence(sentence, mention, found[-1].since or mentions[n - 1])
        else:
            found.append(DateInSentence(sentence, mention, None))
    return tuple(_listed(sentence, found))


def _runs_on(sentence: Sentence, before: Mention, mention: Mention) -> bool:
    """Whether two days running are one span: the second bare (2日), neither a day by which (前)."""
    clean = sentence.page.clean
    bare = re.match(r"\d{1,2}(?:日|$)", clean[mention.start : mention.end])
    if not bare or before.at is not None or clean.startswith("前", mention.end):
        return False
    if mention.day != (before.day or 0) + 1 or (mention.year, mention.month) != (before.year, before.month):
        return False
    return bool(TO_ACT_IN.search(clean[sentence.start : before.start]))


def _listed(sentence: Sentence, dates: list[DateInSentence]) -> list[DateInSentence]:
    """The dates, each in a list joined by 、 or 和 with what follows the list."""
    for n in range(len(dates) - 2, -1, -1):
        this, following = dates[n], dates[n + 1]
        if LIST.fullmatch(sentence.page.clean[this.mention.end : following.start]):
            dates[n] = replace(this, list_end=following.list_end or following.mention.end)
    for n in range(1, len(dates)):
        if dates[n - 1].list_end:
            start = dates[n - 1].list_start or dates[n - 1].start
            alike = dates[n].mention.year is None and dates[n - 1].mention.repeats
            repeats = dates[n].mention.repeats or alike
            mention = _year_of_the_list(dates[n].mention, dates[n - 1].mention)._replace(repeats=repeats)
            dates[n] = replace(dates[n], list_start=start, mention=mention)
    return dates


def _year_of_the_list(mention: Mention, before: Mention) -> Mention:
    """2026年6月30日、12月15日: the second of a list is of the first one's year, or of the next."""
    if mention.year is not None or not mention.month or not before.month or (before.year or 0) < 1900:
        return mention
    later = (mention.month, mention.day or 31) >= (before.month, before.day or 31)
    return mention._replace(year=(before.year or 0) + (not later))
