"""OFD, the national page format (GB/T 33190-2016): a ZIP of XML whose text stands in TextCode."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from notices.intake.files import zips
from notices.intake.files.papers import MOST_PAGES, Flaw, Gathered, Kind, Paper, Unreadable, by_page
from notices.intake.files.xml_stream import listen

ROOT = "OFD.xml"
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
SAME_LINE = 0.6  # of a line's height


@dataclass(slots=True)
class Paths:
    """Listens for the text of some elements and the BaseLoc of pages, in order."""

    wanted: str
    found: list[str] = field(default_factory=list)
    hearing: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins: a page, or one that names a path."""
        if tag == self.wanted == "Page" and "BaseLoc" in attributes:
            self.found.append(attributes["BaseLoc"])
        elif tag == self.wanted != "Page":
            self.hearing = True
            self.found.append("")

    def end(self, tag: str) -> None:
        """An element ends."""
        self.hearing = self.hearing and tag != self.wanted

    def data(self, text: str) -> None:
        """Part of a path."""
        if self.hearing:
            self.found[-1] += text.strip()


@dataclass(slots=True)
class PageText:
    """Listens to a page: its TextCodes in order, a line break where the next stands lower or higher."""

    said: list[str] = field(default_factory=list)
    hearing: bool = False
    top: float | None = None
    pictures: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An object of the page begins."""
        if tag == "TextObject":
            self._stand(attributes.get("Boundary", ""))
        elif tag == "ImageObject":
            self.pictures += 1
        self.hearing = tag == "TextCode"

    def end(self, tag: str) -> None:  # noqa: ARG002 - a `Listener`
        """An object ends."""
        self.hearing = False

    def data(self, text: str) -> None:
        """The characters of a TextCode."""
        if self.hearing:
            self.said.append(text)

    def _stand(self, boundary: str) -> None:
        """Boundary is `x y width height`, in millimetres from the top left."""
        box = [float(number) for number in NUMBERS.findall(boundary)]
        if len(box) < 4:
            return
        if self.top is not None:
            self.said.append("\n" if abs(box[1] - self.top) > SAME_LINE * max(box[3], 1.0) else " ")
        self.top = box[1]


def read_ofd(body: bytes) -> Paper:
    """The text page by page."""
    archive = zips.opened(body)
    found = Gathered()
    pages = [path for document in _paths(archive, ROOT, "DocRoot") for path in _pages(archive, document)]
    if not pages:
        raise Unreadable(Flaw.BROKEN)
    if len(pages) > MOST_PAGES:
        found.flag(Flaw.CUT)
    read = ((where, _page(archive, path, found)) for where, path in by_page(pages[:MOST_PAGES]))
    return found.take(read).paper(Kind.OFD)


def _page(archive: zipfile.ZipFile, path: str, found: Gathered) -> str:
    heard = PageText()
    if not listen(zips.pieces(archive, path), heard):
        found.flag(Flaw.CUT)
    if heard.pictures and not heard.said:
        found.flag(Flaw.SCAN)
    return "".join(heard.said)


def _pages(archive: zipfile.ZipFile, document: str) -> list[str]:
    return [_from(document, path) for path in _paths(archive, document, "Page")]


def _paths(archive: zipfile.ZipFile, path: str, wanted: str) -> list[str]:
    heard = Paths(wanted)
    listen(zips.pieces(archive, path), heard)
    return heard.found


def _from(document: str, path: str) -> str:
    """A path in the archive, as another file of it names it."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(document), path)).lstrip("/")
