"""What was read of a file, as values, and how much of one is read at most."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from notices.intake.tree import UNSEEN

MOST_PAGES = 300  # a notice's papers are short; what is longer is a book that it cites
MOST_TEXT = 400_000  # characters
MOST_ROWS = 20_000  # of one sheet
PAGE, SHEET, MEMBER = "第{}页", "工作表“{}”", "压缩包内《{}》"


class Kind(StrEnum):
    """What a file is, whatever its name says."""

    PDF = "pdf"
    DOC = "doc"
    DOCX = "docx"
    RTF = "rtf"
    SHEET = "sheet"
    SLIDES = "slides"
    OFD = "ofd"
    WEB = "web"
    TEXT = "text"
    IMAGE = "image"
    ZIP = "zip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    UNKNOWN = "unknown"


class Flaw(StrEnum):
    """What is wrong with a file, or what of it was not read."""

    SCAN = "scan"
    GARBLED = "garbled"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    UNSUPPORTED = "unsupported"
    EMPTY = "empty"
    WEB_PAGE = "web_page"
    CUT = "cut"
    MACROS = "macros"
    NESTED = "nested"
    BAD_NAME = "bad_name"
    LINK = "link"
    BOMB = "bomb"
    PACKED = "packed"
    TOO_SLOW = "too_slow"
    TOO_HUNGRY = "too_hungry"
    CRASHED = "crashed"


class Unreadable(Exception):
    """Nothing can be read of the file; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file's text, and where it stands for people: 第3页, 工作表“汇总”; or nothing."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as read: its text by parts, the names of the files in it, and what is wrong with it."""

    kind: Kind
    parts: tuple[Part, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(part.text for part in self.parts)


class Full(Exception):
    """As much was gathered as is read of one file."""


@dataclass(slots=True)
class Gathered:
    """The parts of a file as they are read, up to `MOST_TEXT`, and the flaws met on the way."""

    parts: list[Part] = field(default_factory=list)
    flaws: dict[Flaw, None] = field(default_factory=dict)
    size: int = 0

    def add(self, where: str, text: str) -> None:
        """Keep a part; Full once no more is read."""
        kept = UNSEEN.sub("", text).strip()[: MOST_TEXT - self.size]
        if kept:
            self.parts.append(Part(where, kept))
            self.size += len(kept)
        if self.size >= MOST_TEXT:
            self.flag(Flaw.CUT)
            raise Full

    def take(self, parts: Iterable[tuple[str, str]]) -> Self:
        """Keep (where, text) in order until there is enough; what comes after is not even made."""
        with suppress(Full):
            for where, text in parts:
                self.add(where, text)
        return self

    def flag(self, flaw: Flaw) -> None:
        """Note a flaw, once."""
        self.flaws[flaw] = None

    def paper(self, kind: Kind, members: tuple[str, ...] = ()) -> Paper:
        """What was gathered, as a paper; one without a word is flagged."""
        if not self.parts and not self.flaws:
            self.flag(Flaw.EMPTY)
        return Paper(kind, tuple(self.parts), tuple(self.flaws), members)


def by_page(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Texts of pages in order, each with its place."""
    return ((PAGE.format(number), text) for number, text in enumerate(texts, 1))
