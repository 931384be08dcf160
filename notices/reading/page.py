"""The text of a notice made fit for reading, without losing where each word stood.

Characters are folded one for one, blanks beside Chinese characters and line breaks inside a sentence are
dropped; `Page.evidence` gives back the words as they were.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from notices.lexicon.normal import HAN, fold
from notices.reading.values import Evidence, Place

LIMIT = 100_000  # characters that are read; what a page has beyond them is never the notice itself
_WIDE = rf"{HAN}、。《》〈〉“”‘’「」【】〔〕"
_BLANK = rf"(?<=[{_WIDE}]) +|(?<! ) +(?=[{_WIDE}])"
_SPACED_DIGITS = r"(?<=\d) (?=\d(?: \d)* ?[年月日](?!\d))"
_SPACED_MARKS = r"(?<=\d) +(?=[-/:] ?\d)|(?<=\d[-/:]) +(?=\d)|(?<=\d [-/:]) +(?=\d)"
_BROKEN_DATE = r"(?<=[年月])\n(?=\d{1,2}[月日])|(?<=[年月] )\n(?=\d{1,2} ?[月日])"
_DROPPED = re.compile(rf"{_BLANK}|{_SPACED_DIGITS}|{_SPACED_MARKS}|{_BROKEN_DATE}")
_PINYIN = re.compile(rf"(?<=[{HAN}])(?:\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǘǚǜ]{{1,6}}\))+")
_OPEN_END = re.compile(rf"[{HAN}\d、,]$")
_OPEN_START = re.compile(rf"[{HAN}\d〔(《“,]")
_BLANK_LINES = re.compile(r"(?<! )[ ]*\r?\n(?:[ ]*\r?\n)*[ ]*")
_NEW_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)](?!\d)|第[一二三四五六七八九十百]{1,4}[章节条]"
    r"|附件|附:|联系|电话|地址|邮箱|各[^,。]{1,40}:|抄送|主送|来源|发布"
)
_DATE_LINE = re.compile(
    r"[\d〇零○一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_NAME_LINE = re.compile(
    rf"[{HAN} 、]{{3,40}}(?:局|厅|委员会|委|政府|办公室|中心|部|司|会|领导小组)(?:\([^()]{{1,12}}\))? *$"
)
GLOSSED = 5  # so many readings in brackets, 通(tong)知(zhi), are a page's disguise and no text
NARROWEST, SLACK, FULL_LINES = 18, 4, 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page, `start` to `end` in `Page.clean`."""

    start: int
    end: int
    text: str


class Page:
    """A text as given and, in `clean`, as it is read."""

    def __init__(self, raw: str, place: Place = "body") -> None:
        self.raw = raw
        self.place = place
        folded = fold(raw[:LIMIT])
        cuts = _cuts(folded)
        self._starts, self._shifts, kept = _kept(folded, cuts)
        self.clean = "".join(kept)

    def raw_offset(self, position: int) -> int:
        """Where the character at `position` of `clean` stands in `raw`."""
        return position + self._shifts[bisect_right(self._starts, position) - 1]

    def evidence(self, start: int, end: int) -> Evidence:
        """The words from `start` to `end` of `clean`, as they stand in the text given."""
        first = self.raw_offset(start)
        last = self.raw_offset(end - 1) + 1 if end > start else first
        return Evidence(self.raw[first:last], self.place, first)

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that hold something."""
        found, start = [], 0
        for text in self.clean.split("\n"):
            if text:
                found.append(Line(start, start + len(text), text))
            start += len(text) + 1
        return found


def _cuts(folded: str) -> list[tuple[int, int]]:
    """What is left out, as spans: blanks, empty lines, line breaks that only the page's width made."""
    cuts = [match.span() for match in _DROPPED.finditer(folded)]
    glosses = [match.span() for match in _PINYIN.finditer(folded)]
    cuts += glosses if len(glosses) >= GLOSSED else []
    width = _wrap_width(folded)
    for match in _BLANK_LINES.finditer(folded):
        start, end = match.span()
        if width and match.group().count("\n") == 1 and _is_wrapped(folded, start, end, width):
            cuts.append((start, end))
        elif end - start > 1:
            newline = folded.index("\n", start)
            cuts += [(start, newline), (newline + 1, end)]
    return sorted(cuts)


def _wrap_width(folded: str) -> int:
    """The width at which the page breaks its lines by hand; 0 when it does not."""
    lengths = Counter(len(line.strip()) for line in folded.split("\n") if _OPEN_END.search(line.rstrip()))
    for width in sorted(lengths, reverse=True):
        if width >= NARROWEST and sum(lengths[n] for n in range(width - SLACK, width + 1)) >= FULL_LINES:
            return width
    return 0


def _is_wrapped(folded: str, start: int, end: int, width: int) -> bool:
    """Whether the line before the break was full and its sentence runs on in the next."""
    before = folded[folded.rfind("\n", 0, start) + 1 : start].strip()
    after = folded[end : end + 60].split("\n", 1)[0]
    return width - SLACK <= len(before) <= width + SLACK and _runs_on(before, after)


def _runs_on(before: str, after: str) -> bool:
    return bool(
        _OPEN_END.search(before)
        and _OPEN_START.match(after)
        and not _NEW_ITEM.match(after)
        and not _NAME_LINE.match(after)
        and not _DATE_LINE.match(after.replace(" ", ""))
    )


def _kept(folded: str, cuts: list[tuple[int, int]]) -> tuple[list[int], list[int], list[str]]:
    """Where kept stretches start in the clean text, how far each was shifted, and the stretches."""
    starts, shifts, kept = [0], [0], []
    position = length = 0
    for start, end in cuts:
        if end <= position:
            continue
        kept.append(folded[position : max(start, position)])
        length += len(kept[-1])
        position = end
        starts.append(length)
        shifts.append(position - length)
    kept.append(folded[position:])
    return starts, shifts, kept
