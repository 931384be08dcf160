"""Sentences of a page with the heading they stand under, and the dates in them with what surrounds each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from notices.lexicon.dates import Mention, find_dates
from notices.reading.layout import SIGNED_ON, Layout
from notices.reading.page import Line, Page

STOP = re.compile(r"[。;!?](?![^(]{0,40}\))")
HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)]|[【\[]|)[^。;!?]{2,24}[:】]?$"
)
SPAN = re.compile(r"^[,(]?(?:\([^()]{1,6}\))?(?:起|开始|零时|0时)?[,]?(?:-{1,2}|~|至|到|—|/)(?:当日)?$")

QUOTES = '“”‘’"「」'
WINDOW = 240
MAY_DATE = re.compile(r"[年月季周]|\d[-/.日号]|\d[时点前]")
INTRODUCES = re.compile(r"(?:截止|时间|时限|期限|批次)[^。;]{0,24}:$")
LIST = re.compile(r"(?:底|末)?(?:[、,]|和|及|与|或|以及)(?:分别)?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of `Page.clean` that ends with a full stop, semicolon or line, and the heading above it."""

    page: Page
    start: int
    end: int
    heading: str

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.page.clean[self.start : self.end]


@dataclass(frozen=True, slots=True)
class DateInSentence:
    """A date, or the end of a span that begins with `since`, and the words before and after it."""

    sentence: Sentence
    mention: Mention
    since: Mention | None
    list_start: int = 0
    list_end: int = 0

    @property
    def start(self) -> int:
        """Where the date or its span begins."""
        return (self.since or self.mention).start

    @property
    def before(self) -> str:
        """The sentence up to the date, or to the list that it stands in, as far back as it can matter."""
        end = self.list_start or self.start
        return self.sentence.page.clean[max(self.sentence.start, end - WINDOW) : end].rstrip(QUOTES)

    @property
    def after(self) -> str:
        """The sentence from the date on, or from the end of its list (6月30日、12月15日前)."""
        start = self.list_end or self.mention.end
        return self.sentence.page.clean[start : min(self.sentence.end, start + WINDOW)].lstrip(QUOTES)


def sentences(layout: Layout) -> Iterator[Sentence]:
    """The sentences of the notice, furniture and signature left out."""
    heading = ""
    for line in layout.body:
        if line in layout.signature or line is layout.salutation or SIGNED_ON.match(line.text):
            continue
        yield from _of_line(layout.page, line, heading)
        if HEADING.match(line.text) or INTRODUCES.search(line.text):
            heading = line.text
        elif STOP.search(line.text[-1:]) and len(line.text) > 60:
            heading = ""


def _of_line(page: Page, line: Line, heading: str) -> Iterator[Sentence]:
    start = line.start
    for stop in STOP.finditer(line.text):
        yield Sentence(page, start, line.start + stop.end(), heading)
        start = line.start + stop.end()
    if start < line.end:
        yield Sentence(page, start, line.end, heading)


def dates_in(sentence: Sentence) -> list[DateInSentence]:
    """The dates of a sentence; the two ends of a span become one."""
    if not MAY_DATE.search(sentence.text):
        return []
    mentions = [_moved(m, sentence.start) for m in find_dates(sentence.text)]
    found: list[DateInSentence] = []
    for n, mention in enumerate(mentions):
        between = sentence.page.clean[mentions[n - 1].end : mention.start] if n else ""
        if n and SPAN.match(between) and found and found[-1].mention is mentions[n - 1]:
            found[-1] = DateInSentence(sentence, mention, found[-1].since or mentions[n - 1])
        else:
            found.append(DateInSentence(sentence, mention, None))
    return _listed(sentence, found)


def _listed(sentence: Sentence, dates: list[DateInSentence]) -> list[DateInSentence]:
    """The dates, each in a list joined by 、 or 和 with what follows the list."""
    for n in range(len(dates) - 2, -1, -1):
        this, following = dates[n], dates[n + 1]
        if LIST.fullmatch(sentence.page.clean[this.mention.end : following.start]):
            dates[n] = replace(this, list_end=following.list_end or following.mention.end)
    for n in range(1, len(dates)):
        if dates[n - 1].list_end:
            start = dates[n - 1].list_start or dates[n - 1].start
            repeats = dates[n].mention.repeats or dates[n - 1].mention.repeats
            dates[n] = replace(dates[n], list_start=start, mention=replace(dates[n].mention, repeats=repeats))
    return dates


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)
