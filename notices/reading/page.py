"""The text of a notice made fit for reading, without losing where each word stood.

Characters are folded one for one, blanks beside Chinese characters and line breaks inside a sentence are
dropped; `Page.evidence` gives back the words as they were.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from notices.lexicon.blank_signs import with_signs
from notices.lexicon.cuts import rewritten, without
from notices.lexicon.dates import find_all
from notices.lexicon.gated import Gated
from notices.lexicon.glosses import gloss_spans
from notices.lexicon.marked_days import with_signs_of_days
from notices.lexicon.mentions import Mention
from notices.lexicon.normal import HAN, fold
from notices.lexicon.numeral_days import in_digits
from notices.reading.values import Evidence, Place

LIMIT = 100_000  # characters that are read; what a page has beyond them is never the notice itself
_WIDE = rf"{HAN}、。《》〈〉“”‘’「」【】〔〕"
_BLANK = rf"(?<=[{_WIDE}]) +|(?<! ) +(?=[{_WIDE}])"
_SPACED_DIGITS = r"(?<=\d) (?=\d(?: \d){0,7} ?[年月日](?!\d))"
_SPACED_MARKS = r"(?<=\d) +(?=[-/:] ?\d)|(?<=\d[-/:]) +(?=\d)|(?<=\d [-/:]) +(?=\d)"
_RUN_OF_BLANKS = re.compile(" +")
_DROPPED = re.compile(rf"{_BLANK}|{_SPACED_DIGITS}|{_SPACED_MARKS}")  # tried where a run of blanks begins
_BROKEN_DATE = re.compile(  # before the number, or (2021\n年\n9\n月\n2\n日) on both its sides
    r"(?=\n[\d年月日])(?:(?<=[年月])\n(?=\d{1,2}\n?[月日])|(?<=[年月] )\n(?=\d{1,2} ?[月日])"
    r"|(?<=20\d\d)\n(?=年\n?\d)|(?:(?<=年\d)|(?<=年\d\d)|(?<=年\n\d)|(?<=年\n\d\d))\n(?=月\n?\d)"
    r"|(?:(?<=月\d)|(?<=月\d\d)|(?<=月\n\d)|(?<=月\n\d\d))\n(?=日(?:\n|$|之?前|以前|止|截止|[至到-]))"
    r"|(?<=[于在至到自从])\n(?=\d{1,2}\n月\n?\d)|(?:(?<=[于在至到自从]\n\d)|(?<=[于在至到自从]\n\d\d))\n(?=月\n?\d))"
)
_LOST_BLANK = Gated(r"(?<!\S)\?+", "?")  # a hard space that another encoding made a ?: it asks nothing
_DOUBLED_STOP = re.compile(r",(?=[、。;,](?![,、。;]))(?<![,、。;],)")  # 一,、起止时间: a copy's noise
_SAID_DAY = Gated(r"(?<=月) ?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?号(?![楼线院令馆])", "号")  # 5月8号
_HAN = re.compile(f"[{HAN}]")
_OPEN_END = re.compile(rf"[{HAN}\d、,]")
_OPEN_START = re.compile(rf"[{HAN}\d〔(《“,]")
_NO_PROSE = re.compile(r"[\t>»|]")  # a row of a table, a path of navigation
_WHOLE_TITLE = re.compile(r"关于[^。《》]{4,}的(?:预?通知|公告|公示|通告)$")  # a line of its own
_LINE_BREAKS = re.compile(r"\n[ \r\n]*")
_NEW_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)](?!\d)|第[一二三四五六七八九十百]{1,4}[章节条]"
    r"|附件|附:|联系|电话|地址|邮箱|各[^,。]{1,40}:|抄送|主送|来源|发布"
)
_LETTERHEAD = re.compile(rf"[{HAN} 、]{{3,60}}文件 *$")
_DATE_LINE = re.compile(
    r"[\d〇零○一二三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_DATE_HEAD = re.compile(  # 3月1日, 2022-02-23, 5月底: so an item of a timetable begins
    r"(?:20\d\d[-/.年])?\d{1,2}(?:月(?:\d{1,2}[日号]|[:底初上中下末])|[-/.]\d{1,2}(?=[日号 :-]|[^\d.]))"
)
_LEADS_ON = "于在至到自从、和-~"
_WHOLE_DATE_END = re.compile(r"(?<!\d)20\d\d([-/.])\d{1,2}\1\d{1,2}$")
_NAME_LINE = re.compile(
    rf"[{HAN} 、]{{3,40}}(?:局|厅|委|部|司|会|政 ?府|办 ?公 ?室|中 ?心|领 ?导 ?小 ?组)"
    r"(?:\([^()]{1,12}\))? *$"
)
_CELL_BREAK = re.compile(r"(?<=\S) *\t[\t ]*(?=\S)")
_GAP = re.compile(r"(?<=[^\s]) {2,}(?=[^\s])")
_GAPPED_ROW = re.compile(r"^(?=[^\n]{0,80}\d ?[月日])[^\n ]{1,40}(?: {2,}[^\n ]{1,40}){2,8} *$", re.MULTILINE)
_DAY_CELL = r"(?:20\d\d ?[年./-] ?)?\d{1,2}[月./-]\d{1,2}[日号]?(?:之?前|止)?"
_DAYS_IN_ROW = re.compile(  # 第一批 8月28日 8月30日: cells that a single blank parts, two days side by side
    rf"^(?=[^\n]*? {_DAY_CELL} {_DAY_CELL}(?: |$))[^\n ]{{1,40}}(?: [^\n ]{{1,40}}){{2,8}} *$", re.MULTILINE
)
_TWICE_GAPPED = re.compile(r"  [^\n ]{1,40}  ")  # in each gapped row
_TWO_DAYS = re.compile(rf" {_DAY_CELL} {_DAY_CELL}(?: |$)", re.MULTILINE)  # in each row of days
_BLANK_GAP = re.compile(r"(?<=\S) (?=\S)")
NARROWEST, SLACK, FULL_LINES = 18, 4, 3


class Line(NamedTuple):
    """One line of the page, `start` to `end` in `Page.clean`."""

    start: int
    end: int
    text: str


class Page:
    """A text as given and, in `clean`, as it is read."""

    def __init__(self, raw: str, place: Place = "body", marks: Sequence[tuple[int, str]] = ()) -> None:
        self.raw = raw
        self.place = place
        self._marks = [(0, ""), *marks]
        plain = without(raw[:LIMIT], gloss_spans(raw[:LIMIT]))
        folded = _LOST_BLANK.sub(lambda lost: " " * len(lost.group()), fold(plain.text))
        folded = _with_cells(plain.text, folded)
        folded = _SAID_DAY.sub(lambda day: f"{day.group()[:-1]}日", folded)
        folded = _DOUBLED_STOP.sub(" ", with_signs(folded))
        self._plain, self._kept = plain, without(folded, _cuts(folded))
        self._told = rewritten(self._kept.text, in_digits(self._kept.text))
        self._signed = rewritten(self._told.text, with_signs_of_days(self._told.text))
        self.clean = self._signed.text

    def raw_offset(self, position: int) -> int:
        """Where the character at `position` of `clean` stands in `raw`."""
        return self._plain.offset(self._kept.offset(self._told.offset(self._signed.offset(position))))

    def evidence(self, start: int, end: int) -> Evidence:
        """The words from `start` to `end` of `clean`, as they stand in the text given, and where."""
        first, last = self._raw_span(start, end)
        where = self._marks[bisect_right(self._marks, first, key=itemgetter(0)) - 1][1]
        return Evidence(self.raw[first:last], self.place, first, where)

    def written(self, start: int, end: int) -> str:
        """The words from `start` to `end` of `clean`, as they stand in the text given."""
        return self.raw[slice(*self._raw_span(start, end))]

    def _raw_span(self, start: int, end: int) -> tuple[int, int]:
        first = self.raw_offset(start)
        return first, self.raw_offset(end - 1) + 1 if end > start else first

    @cached_property
    def mentions(self) -> list[Mention]:
        """The dates of the page in order, with damaged ones that may be of several days."""
        return find_all(self.clean)

    @cached_property
    def has_damaged(self) -> bool:
        """Whether a date of the page is damaged so that it may be of several days."""
        return any(mention.readings for mention in self.mentions)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """The dates that begin from `start` up to `end`."""
        first = bisect_left(self._mention_starts, start)
        return self.mentions[first : bisect_left(self._mention_starts, end, lo=first)]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that hold something."""
        found, start = [], 0
        for text in self.clean.split("\n"):
            if text:
                found.append(Line(start, start + len(text), text))
            start += len(text) + 1
        return found


def _with_cells(raw: str, folded: str) -> str:
    """The folded text with a tab where cells of a table's row part: at tabs, at wide gaps between dates."""
    breaks = [match.start() for match in _CELL_BREAK.finditer(raw)] if "\t" in raw else []
    breaks += _cell_gaps(folded, _GAPPED_ROW, _GAP) if _TWICE_GAPPED.search(folded) else []
    breaks += _cell_gaps(folded, _DAYS_IN_ROW, _BLANK_GAP) if _TWO_DAYS.search(folded) else []
    if not breaks:
        return folded
    letters = list(folded)
    for position in breaks:
        letters[position] = "\t"
    return "".join(letters)


def _cell_gaps(folded: str, rows: re.Pattern[str], parting: re.Pattern[str]) -> list[int]:
    """Where cells part in such rows, and in the line of names above one that has as many."""
    gaps: list[int] = []
    for row in rows.finditer(folded):
        own = [gap.start() for gap in parting.finditer(folded, *row.span())]
        above = folded.rfind("\n", 0, max(0, row.start() - 1)) + 1
        names = [gap.start() for gap in parting.finditer(folded, above, max(above, row.start() - 1))]
        gaps += own + (names if len(names) == len(own) else [])
    return gaps


def _cuts(folded: str) -> list[tuple[int, int]]:
    """What is left out, as spans: blanks, empty lines, line breaks that only the page's width made."""
    runs = (_DROPPED.match(folded, run.start()) for run in _RUN_OF_BLANKS.finditer(folded))
    cuts = [run.span() for run in runs if run]
    width = _wrap_width(folded)
    for match in _LINE_BREAKS.finditer(folded):
        cuts += _cut_of_break(folded, *match.span(), width)
    return sorted(cuts)


def _cut_of_break(folded: str, newline: int, end: int, width: int) -> list[tuple[int, int]]:
    """What goes of one or more line breaks: nothing, all but one, or all where the sentence runs on."""
    if _BROKEN_DATE.match(folded, newline):
        return [(newline, newline + 1)]
    start = newline
    while start and folded[start - 1] in " \r":
        start -= 1
    if width and "\n" not in folded[newline + 1 : end] and _is_wrapped(folded, start, end, width):
        return [(start, end)]
    return [(start, newline), (newline + 1, end)] if end - start > 1 else []


def _wrap_width(folded: str) -> int:
    """The width at which the page breaks its lines by hand; 0 when it does not."""
    lengths = Counter(
        len(line.strip())
        for line in folded.split("\n")
        if len(line) >= NARROWEST - SLACK
        and _OPEN_END.match(line.rstrip()[-1:])
        and not _NO_PROSE.search(line)
    )
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
        _HAN.search(before)  # a stamp is no sentence
        and not _NO_PROSE.search(before)
        and "\t" not in after
        and _OPEN_END.match(before[-1:])
        and _OPEN_START.match(after)
        and not _WHOLE_TITLE.match(before)
        and not _LETTERHEAD.match(before)
        and not _NEW_ITEM.match(after)
        and not _NAME_LINE.match(after)
        and not _DATE_LINE.match(after.replace(" ", ""))
        and not _is_item_of_timetable(before, after)
    )


def _is_item_of_timetable(before: str, after: str) -> bool:
    """Whether a line begins with a date as the one before it does, or that one ends with a whole date."""
    listed = _DATE_HEAD.match(before) and before[-1] not in _LEADS_ON
    return bool(_DATE_HEAD.match(after) and (listed or _WHOLE_DATE_END.search(before)))
