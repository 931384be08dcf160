"""The lines of a printed newsletter without what the print added: running heads and feet, page numbers.

A page ends at a form feed or at three blank lines; text from DOCX has no pages and loses nothing here.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notices.lexicon.normal import HAN

NOT_WORDS = re.compile(r"[\W_]+")
PAGE_GAP = re.compile(r"\n(?:[ \t\u3000]*\n){3,}|\f")
NUMBER = re.compile(
    r"[-—–－·•~\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[,，/／]?\s*共?\s*\d{1,4}\s*页)?[-—–－·•~\s]*|\d{1,4}\s*[/／]\s*\d{1,4}"
)
MARKED_NUMBER = re.compile(
    r"[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d{1,4}\s*页(?:\s*[,，]?\s*共\s*\d{1,4}\s*页)?"
)
EDGE = 3  # lines at a page's edge that may run through the print
OFTEN = 3  # pages on which any line at the edge is a running one
PRINT = re.compile(r"电话|网址|www\.|http|公司|[第\d]\s*期|快讯|简报|通讯|月报|周报|专刊")
KEPT = re.compile(
    r".*[。；;]|[\[【〔［].*[\]】〕］]|.{0,30}\d\s*日"
)  # sentences, section marks, dates are the text's own
OPEN_END = re.compile(rf"[{HAN}\w，、,（(《“]$")
OPEN_START = re.compile(rf"[{HAN}\w《“（(](?!、)")
NEW_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[、.．)）]|附件|附：|联系|电话|相关|关于|第[一二三四五六七八九十]{1,3}[章条]"
)
WHOLE_TITLE = re.compile(r"^关于.*(?:通知|公告|通告|公示|意见|办法|方案|函|决定|通报)$")
FULL = 20  # characters of a line that the page's edge, and not its author, broke


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something; `apart` where a blank line or a page's edge stands before it."""

    text: str
    apart: bool = False

    @property
    def plain(self) -> str:
        """Its words alone, for comparison."""
        return plain(self.text)


def plain(text: str) -> str:
    """Text without blanks, punctuation and width."""
    return NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def printed_lines(text: str) -> list[Line]:
    """The text's own lines, a sentence that a page's edge broke put together again."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pages = [list(_lines(page)) for page in PAGE_GAP.split(text)]
    pages = [page for page in pages if page]
    running = _running(pages) if len(pages) > 1 else frozenset()
    kept: list[Line] = []
    for page in pages:
        _append(kept, _peeled(page, running, edges=len(pages) > 1))
    return [line for line in kept if not MARKED_NUMBER.fullmatch(line.text)]


def _lines(page: str) -> Iterator[Line]:
    apart = True
    for raw in page.split("\n"):
        text = raw.replace("\u3000", " ").replace("\xa0", " ").strip()
        if text:
            yield Line(text, apart)
        apart = not text


def _running(pages: Iterable[list[Line]]) -> frozenset[str]:
    """Lines that come back at the edges of pages: three times, or twice where they speak for the print."""
    seen: Counter[str] = Counter()
    for page in pages:
        edge = {line.text for line in (*page[:EDGE], *page[-EDGE:]) if not KEPT.fullmatch(line.text)}
        seen.update({_same(text): 1 for text in edge})
    return frozenset(
        key for key, times in seen.items() if len(key) >= 4 and times >= (2 if PRINT.search(key) else OFTEN)
    )


def _same(text: str) -> str:
    """A running line with its numbers left open: those of pages change."""
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", text))


def _peeled(page: list[Line], running: frozenset[str], *, edges: bool) -> list[Line]:
    def added(line: Line) -> bool:
        number = NUMBER if edges else MARKED_NUMBER
        return bool(number.fullmatch(line.text)) or (
            _same(line.text) in running and not KEPT.fullmatch(line.text)
        )

    first, last = 0, len(page)
    while first < last and added(page[first]):
        first += 1
    while last > first and added(page[last - 1]):
        last -= 1
    return page[first:last]


def _append(kept: list[Line], page: list[Line]) -> None:
    if kept and page and _goes_on(kept[-1].text, page[0].text):
        kept[-1] = Line(kept[-1].text + page[0].text, kept[-1].apart)
        page = page[1:]
    kept += page


def _goes_on(before: str, after: str) -> bool:
    return bool(
        len(before) >= FULL
        and len(after) >= 4
        and OPEN_END.search(before)
        and OPEN_START.match(after)
        and not NEW_ITEM.match(after)
        and not before.startswith("附件")
        and not WHOLE_TITLE.match(before)
        and "http" not in before
    )
