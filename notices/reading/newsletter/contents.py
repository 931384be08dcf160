"""The contents list of a newsletter: its sections and titles in their order, and where the list ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notices.lexicon.normal import HAN
from notices.reading.newsletter.lines import Line, plain

HEADING = frozenset(["目录", "目次", "本期目录", "本期要目", "本期导读", "本期内容", "contents"])
PAGED = re.compile(r"^(?P<words>.*?\S)\s*(?:[.．…·。_-]{2,}|\t|\s|…)[\s.．…·]*(?P<page>\d{1,4})$|^\d{1,4}$")
LEADER = re.compile(r"[\s.．…·]{2,}$")
BRACKETED = re.compile(r"[\[【〔［]\s*([^\[\]【】〔〕［］]{2,20}?)\s*[\]】〕］]")
ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,2}(?:部分|篇|章|版)|[一二三四五六七八九十]{1,2}、|[◆■●※★▲◎]+)[:：\s]*"
)
TITLE_END = re.compile(
    r"(?:通知|公告|通告|公示|公示名单|意见|办法|方案|规划|规定|细则|条例|函|决定|批复|指南|名单|解读|目录|计划|措施|报告|通报|启事|说明|要点|标准|规范)(?:[（(《“].{0,40}[)）》”])?$"
)
LONGEST_SECTION = 8  # 汉字 of a section without brackets
FURTHEST = 400  # lines that a contents list may have


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the contents: a section, or a title in one."""

    text: str
    is_section: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """The list, and the number of the first line below it."""

    items: tuple[Item, ...]
    end: int

    @property
    def sections(self) -> dict[str, str]:
        """Words of each section → its name as printed."""
        return {plain(item.text): item.text for item in self.items if item.is_section}


def find_contents(lines: Sequence[Line]) -> Contents | None:
    """The list below 目录, or None."""
    start = next((n for n, line in enumerate(lines[:60]) if line.plain in HEADING), None)
    if start is None:
        return None
    end = _end(lines, start + 1)
    items = tuple(_items([line.text for line in lines[start + 1 : end]]))
    return Contents(items, end) if any(not item.is_section for item in items) else None


def _end(lines: Sequence[Line], start: int) -> int:
    """The first line that says once more what the list said; else what follows the last page number."""
    said: set[str] = set()
    for n, line in enumerate(lines[start : start + FURTHEST], start):
        paged = PAGED.match(line.text)
        if not paged and line.plain and line.plain in said:
            return n
        said.add(plain(_words(line.text)))
    last = start
    for n, line in enumerate(lines[start : start + FURTHEST], start):
        if n - last > 3:
            break
        last = n + 1 if PAGED.match(line.text) else last
    return last


def _items(lines: Sequence[str]) -> Iterator[Item]:
    numbered = any(PAGED.match(line) for line in lines)
    begun = ""
    for line in lines:
        paged, words = PAGED.match(line), _words(line)
        if not begun and (name := section_name(words, short=True)):
            yield Item(name, is_section=True)
            continue
        begun = spaced(begun + " " + words)
        if paged or (not numbered and TITLE_END.search(begun)):
            yield Item(begun, is_section=False)
            begun = ""


def _words(line: str) -> str:
    """A line of the list without its leader and page number, which may be all that it is."""
    paged = PAGED.match(line)
    return LEADER.sub("", (paged["words"] or "") if paged else line)


def section_name(text: str, *, short: bool = False) -> str:
    """The name of a section that a line is; without brackets only where `short` words may be one."""
    if whole := BRACKETED.fullmatch(text.strip()):
        return spaced(whole[1])
    name = spaced(ORDINAL.sub("", text))
    may_be = short and len(name) <= LONGEST_SECTION and "关于" not in name and not TITLE_END.search(name)
    return name if may_be or (short and name == "政策解读") else ""


def spaced(text: str) -> str:
    """A title in one line, without the blanks that stand beside 汉字 or fill the width."""
    text = re.sub(r"\s+", " ", text).strip()
    beside = rf"(?<=[{HAN}\u3000-\u303f\uff00-\uffef“”‘’]) | (?=[{HAN}\u3000-\u303f\uff00-\uffef“”‘’])"
    return re.sub(beside, "", text)
