"""Where each notice of a newsletter begins and ends.

Its contents list says the titles, its link lines the ends; either is enough, and where they disagree a doubt
says so. What belongs to no notice, the print's head and its last words, is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from notices.reading.newsletter.contents import TITLE_END, Contents, find_contents, section_name, spaced
from notices.reading.newsletter.lines import Line, plain, printed_lines
from notices.reading.newsletter.links import LinkBlock, find_links

ISSUE = re.compile(
    r"[（(〔\[]?\s*(?:20\d\d)?\s*[)）〕\]]?\s*年?\s*第?\s*\d{1,5}\s*期(?:\s*[（(]\s*总第?\s*\d+\s*期\s*[)）])?"
)
HEAD = 25  # lines within which a newsletter says its name and number
TITLE_LINES = 4
ALIKE = 0.85  # of a title that was printed or scanned with a slip

NOT_FOUND = "目录中有这一条，正文中没有找到：{title}"
NO_LINK = "没有相关链接"
NOT_LISTED = "目录中没有这一条"
SLIP = "标题与目录有出入：{title}"
EMPTY = "没有正文"


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice of a newsletter, and what staff should look at."""

    title: str
    section: str = ""
    text: str = ""
    link: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Newsletter:
    """A newsletter taken apart; without entries the text was none."""

    number: str
    entries: tuple[Entry, ...]
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class Open:
    """The notice that is being read."""

    entry: Entry
    listed: bool
    body: list[Line] = field(default_factory=list)

    def closed(self, links: tuple[str, ...] = ()) -> Entry:
        """The entry with its body, its link and its doubts."""
        text = "".join(("\n\n" if line.apart else "\n") + line.text for line in self.body).strip()
        doubts = [NO_LINK] if not links else []
        doubts += [] if text else [EMPTY]
        return replace(
            self.entry, text=text, link=next(iter(links), ""), doubts=(*self.entry.doubts, *doubts)
        )


@dataclass(frozen=True, slots=True)
class Start:
    """A line at which a listed title stands, how many lines it takes, and what is doubtful about it."""

    title: str
    lines: int
    doubts: tuple[str, ...] = ()


def split(text: str) -> Newsletter:
    """The newsletter's notices in their order."""
    lines = printed_lines(text)
    contents = find_contents(lines)
    links = {block.start: block for block in find_links(lines)}
    first = contents.end if contents else _after_head(lines)
    starts, missing = _starts(lines, contents, links) if contents else ({}, ())
    entries = tuple(_entries(lines, first, starts, links, contents))
    return Newsletter(_number(lines), entries, missing)


def _number(lines: Sequence[Line]) -> str:
    """The issue's number as printed: (2019) 1003 期."""
    found = (ISSUE.search(line.text) for line in lines[:HEAD] if len(line.text) <= 40)
    match = next(filter(None, found), None)
    return re.sub(r"\s+", " ", match[0]).strip() if match else ""


def _after_head(lines: Sequence[Line]) -> int:
    """The first line below the number and the words beside it, of a newsletter without contents."""
    numbered = [n for n, line in enumerate(lines[:HEAD]) if len(line.text) <= 40 and ISSUE.search(line.text)]
    first = numbered[0] + 1 if numbered else 0
    while first < len(lines) and first < HEAD and _is_imprint(lines[first].text):
        first += 1
    return first


def _is_imprint(text: str) -> bool:
    """主办：…, a date, the publisher's name: short words that are no title and no section."""
    return len(text) <= 40 and not section_name(text) and "关于" not in text and not TITLE_END.search(text)


def _starts(
    lines: Sequence[Line], contents: Contents, links: dict[int, LinkBlock]
) -> tuple[dict[int, Start], tuple[str, ...]]:
    """Where each title of the contents stands; titles that stand nowhere are doubts of the whole."""
    starts: dict[int, Start] = {}
    missing: list[str] = []
    place = contents.end
    likely = {block.end for block in links.values()}
    for title in (item.text for item in contents.items if not item.is_section):
        found = _place(lines, place, title) or _alike(lines, place, title, likely)
        if found is None:
            missing.append(NOT_FOUND.format(title=title))
            continue
        at, start = found
        starts[at], place = start, at + start.lines
    return starts, tuple(missing)


def _place(lines: Sequence[Line], first: int, title: str) -> tuple[int, Start] | None:
    """The first place where whole lines say the title, with whatever blanks and breaks."""
    wanted = plain(title)
    for n in range(first, len(lines)):
        said = ""
        for count, line in enumerate(lines[n : n + TITLE_LINES], 1):
            said += line.plain
            if said == wanted:
                return n, Start(spaced(title), count)
            if not wanted.startswith(said):
                break
    return None


def _alike(lines: Sequence[Line], first: int, title: str, likely: set[int]) -> tuple[int, Start] | None:
    """A title that is nearly the listed one, behind a link, a section or at the very beginning."""
    for n in range(first, len(lines)):
        if n != first and n not in likely and not section_name(lines[n - 1].text):
            continue
        for count in range(1, TITLE_LINES + 1):
            said = "".join(line.text for line in lines[n : n + count])
            if SequenceMatcher(None, plain(said), plain(title), autojunk=False).ratio() >= ALIKE:
                return n, Start(spaced(said), count, (SLIP.format(title=title),))
    return None


def _entries(
    lines: Sequence[Line],
    first: int,
    starts: dict[int, Start],
    links: dict[int, LinkBlock],
    contents: Contents | None,
) -> Iterator[Entry]:
    """Walks the lines; what was begun without being listed counts only if a link closes it."""
    section, reading, n = "", None, first
    while n < len(lines):
        name = _section_here(lines[n], contents, begun=reading is not None)
        if (n in starts or name) and reading is not None:
            yield from [reading.closed()] if reading.listed else []
            reading = None
        if n in starts:
            start = starts[n]
            reading = Open(Entry(start.title, section, doubts=start.doubts), listed=True)
            n += start.lines
        elif name:
            section, n = name, n + 1
        elif n in links:
            yield from [reading.closed(links[n].urls)] if reading else []
            reading, n = None, links[n].end
        elif reading is None:
            title, count = _title_here(lines, n)
            doubts = (NOT_LISTED,) if contents else ()
            reading, n = Open(Entry(title, section, doubts=doubts), listed=False), n + count
        else:
            reading.body.append(lines[n])
            n += 1
    if reading is not None and reading.listed:
        yield reading.closed()


def _section_here(line: Line, contents: Contents | None, *, begun: bool) -> str:
    """The section that begins at a line: one of the contents, or between two notices any in brackets."""
    if contents and contents.sections:
        words = plain(section_name(line.text, short=True) or line.text)
        return contents.sections.get(words, "") if len(line.text) <= 24 else ""
    return "" if begun else section_name(line.text)


def _title_here(lines: Sequence[Line], n: int) -> tuple[str, int]:
    """The title that begins at a line, with the lines that it was broken over."""
    said = lines[n].text
    count = 1
    while count < TITLE_LINES and not TITLE_END.search(spaced(said)) and n + count < len(lines):
        following = lines[n + count]
        if following.apart or not following.text:
            break
        said, count = f"{said} {following.text}", count + 1
    return (spaced(said), count) if TITLE_END.search(spaced(said)) else (spaced(lines[n].text), 1)
