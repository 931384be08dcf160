"""PPTX slides, ODT, and the one-file XML that Word and Excel 2003 write under the names .doc and .xls."""

import re
import zipfile
from dataclasses import dataclass, field

from notices.intake.files import zips
from notices.intake.files.papers import SHEET, Flaw, Gathered, Kind, Paper, by_page
from notices.intake.files.sheets import read_sheets
from notices.intake.files.xml_stream import listen

MIMETYPE_SIZE = 200  # bytes
SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


@dataclass(slots=True)
class MarkedText:
    """Listens for text in elements named `text`, with a break after others (`breaks`: tag → mark).

    `sheets`: the parts, each begun by an element with a Name.
    """

    text: str
    breaks: dict[str, str]
    sheets: list[tuple[str, list[str]]] = field(default_factory=lambda: [("", [])])
    hearing: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "Worksheet":
            self.sheets.append((SHEET.format(attributes.get("Name", "")), []))
        self.hearing = self.hearing or tag == self.text

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == self.text:
            self.hearing = False
        if tag in self.breaks:
            self.sheets[-1][1].append(self.breaks[tag])

    def data(self, text: str) -> None:
        """Text, where it counts."""
        if self.hearing:
            self.sheets[-1][1].append(text)


def read_slides(body: bytes) -> Paper:
    """The text of the slides, in order."""
    archive = zips.opened(body)
    numbered = ((SLIDE.fullmatch(name), name) for name in archive.namelist())
    slides = sorted((int(match[1]), name) for match, name in numbered if match)
    return Gathered().take(by_page(_slide(archive, name) for _, name in slides)).paper(Kind.SLIDES)


def _slide(archive: zipfile.ZipFile, name: str) -> str:
    heard = MarkedText("t", {"p": "\n"})
    listen(zips.pieces(archive, name), heard)
    return "".join(heard.sheets[0][1])


def read_open_document(body: bytes) -> Paper:
    """An ODT; what else has a `content.xml` is a sheet."""
    archive = zips.opened(body)
    if b"text" not in zips.whole(archive, "mimetype", MIMETYPE_SIZE):
        return read_sheets(body)
    heard = MarkedText("text", {"p": "\n", "h": "\n", "table-cell": "\t", "table-row": "\n"})
    found = Gathered()
    if not listen(zips.pieces(archive, "content.xml"), heard):
        found.flag(Flaw.CUT)
    return found.take([("", _rows("".join(heard.sheets[0][1])))]).paper(Kind.DOCX)


def _rows(text: str) -> str:
    """A cell's paragraph ends its line, which is only the row's to end."""
    return text.replace("\n\t", "\t").replace("\t\n", "\n")


def read_office_xml(body: bytes) -> Paper:
    """A Workbook of sheets (Excel 2003) or a wordDocument (Word 2003)."""
    is_book = b"office:spreadsheet" in body[:4096]
    marks = {"Data": "\t", "Row": "\n"} if is_book else {"p": "\n", "tc": "\t", "tr": "\n"}
    heard = MarkedText("Data" if is_book else "t", marks)
    found = Gathered()
    if not listen([body], heard):
        found.flag(Flaw.CUT)
    found.take((where, "".join(said).replace("\t\n", "\n")) for where, said in heard.sheets)
    return found.paper(Kind.SHEET if is_book else Kind.DOC)
