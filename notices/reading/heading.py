"""The heading of a text that came without a title: the line that names a paper, above whom it is for."""

import re
from itertools import chain, islice

from notices.reading.layout import Layout
from notices.reading.page import Line, Page
from notices.reading.title_rules import as_titled, first_rule
from notices.reading.values import Evidence

FIRST_LINES = 12  # within which a heading stands
FIRST_HEADLINES = 2  # behind whose lines a line that tells something is no headline
LINES = 3  # over which it may be broken
SHORTEST, LONGEST = 8, 140
NAMES_PAPER = re.compile(
    r"^(?!.{0,40}[>»][^>»]{0,12}$|附件?\d?[:]|[一二三四五六七八九十\d]{1,2}[、.])[^。;]*"
    r"(?:通知|公告|通告|公示|函|通报|决定|意见|办法|细则|规程|规则|准则|纲要|方案|规定|条例|指南|名单|名录|目录|规划|计划|要点|措施|启事|告知书|征求意见稿|解读|答记者问|公布|须知|申报信息)(?:\([^()]{0,24}\))?[》」]?"
    r"(?:\([^()]{0,24}\))?(?:[- |_][^。;:]{0,20})?$"
)
RUNS_ON = re.compile(  # …的通知 国办发〔2014〕56号各省…, …的通知时间:2022-04-20: a page lost breaks behind it
    r"[^。;:,《]{0,60}关于[^。;:]{4,120}?(?:的(?:预?通知|公告|通告|公示|函|决定|批复)|意见)"
    r"(?=[^。;:\n]{0,12}[〔\[(] ?20\d\d ?[〕\])]|[ (]?20\d\d[-/.年]|(?:发布)?(?:时间|日期):)"
)
LABELLED = re.compile(
    r"^[•·* ]*(?:(?:信息|文件|公文)?名称|标题|题名|(?:当前|您的)?位置:[^:。]{0,40}(?=[ >]关于)) ?:? ?"
)
HEADLINE = re.compile(  # no subtitle, label, path, item, number or stamp
    r"^(?!—|[^:]{2,6}:|.*(?:[>»]|[及和与、]$)|[(\[]?[一二三四五六七八九十\d]{1,2}[)、.]|附|.*(?:文件|\d号)$"
    r"|.*(?:时间|日期|编号)?:\d|.*20\d\d[-/.]\d)[^。;:]{0,12}[^。;]{8,50}(?<![:,。;])$"
)
PROSE = re.compile(r"。|[;:,]$")

Span = tuple[int, int]


class Heading(Page):
    """A part of a text that stands for its title: one line, quoted as it stands in the text."""

    def __init__(self, text: Page, start: int, end: int) -> None:
        self._first, self._within = text.raw_offset(start), text.raw
        last = text.raw_offset(end - 1) + 1
        super().__init__(text.raw[self._first : last].replace("\n", " "), text.place)

    def evidence(self, start: int, end: int) -> Evidence:
        """The words from `start` to `end` of `clean`, as they stand in the text, and where in it."""
        first, last = (self._first + at for at in self._raw_span(start, end))
        return Evidence(self._within[first:last], self.place, first)


def find_heading(layout: Layout) -> Heading | None:
    """What stands for the title of a text without one; None where no line of its head does."""
    lines = _above_prose(layout)
    titles = (is_one(lines[n:]) for is_one in (_says_of_what, _names_paper) for n in range(len(lines)))
    headlines = (_is_headline(lines[n:]) for n in range(len(lines[:FIRST_HEADLINES])))
    span = next(filter(None, chain(titles, headlines)), None)
    return Heading(layout.page, *span) if span else None


def _above_prose(layout: Layout) -> list[Line]:
    """The lines of the head, up to whom the paper is for or to its first sentence."""
    head: list[Line] = []
    for line in islice(layout.page.lines, FIRST_LINES):
        if line == layout.salutation and not RUNS_ON.match(line.text):
            break
        if line not in layout.furniture or "关于" in line.text:
            head.append(line)
        if PROSE.search(line.text) and line not in layout.furniture:
            break
    return head


def _says_of_what(lines: list[Line]) -> Span | None:
    """Where the title stands that the first of these lines begins: 关于…的通知, over some lines or not."""
    first = lines[0]
    label = LABELLED.match(first.text)
    at = label.end() if label else 0
    if runs_on := RUNS_ON.match(first.text, at):
        return first.start + at, first.start + runs_on.end()
    said = ""
    for line in lines[:LINES] if "关于" in first.text else ():
        said += line.text
        if _is_title(said[at:]):
            return first.start + at, line.end
    return None


def _names_paper(lines: list[Line]) -> Span | None:
    """A line that is a paper's name, with or without 关于."""
    return (lines[0].start, lines[0].end) if _is_title(lines[0].text) and "。" not in lines[0].text else None


def _is_headline(lines: list[Line]) -> Span | None:
    """A line above the first sentence that tells something."""
    line = lines[0]
    if len(lines) < 2 or not HEADLINE.match(line.text):
        return None
    titled = as_titled(Page(line.text, "title"))
    fits = first_rule(titled.said, titled.form, 0)
    return (line.start, line.end) if fits and fits[0].pattern.pattern != "." else None


def _is_title(said: str) -> bool:
    return SHORTEST <= len(said) <= LONGEST and bool(NAMES_PAPER.match(said))
