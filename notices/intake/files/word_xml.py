"""DOCX: the text of Word's main document with table rows, and pages where Word itself laid them out."""

from dataclasses import dataclass, field

from notices.intake.files import zips
from notices.intake.files.papers import Flaw, Gathered, Kind, Paper, by_page
from notices.intake.files.xml_stream import listen

DOCUMENT, MACROS = "word/document.xml", "word/vbaProject.bin"
PAGE_BREAK = "\f"


@dataclass(slots=True)
class WordText:
    """Listens to a document: `text` is what is seen, PAGE_BREAK where Word last broke a page.

    Text boxes stand twice, for new and old Word (`mc:Fallback`); the second is skipped. Deleted text and
    field codes are elements of other names.
    """

    text: list[str] = field(default_factory=list)
    hearing: bool = False
    skipping: int = 0
    cells: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - a `Listener`
        """What begins here."""
        match tag:
            case "t":
                self.hearing = not self.skipping
            case "tab":
                self._put("\t")
            case "br" | "cr":
                self._put("\n")
            case "lastRenderedPageBreak":
                self._put(PAGE_BREAK)
            case "tc":
                self.cells += 1
            case "Fallback":
                self.skipping += 1

    def end(self, tag: str) -> None:
        """What ends here."""
        match tag:
            case "t":
                self.hearing = False
            case "p":
                self._put(" " if self.cells else "\n")
            case "tc":
                self.cells -= 1
                self._put("\t")
            case "tr":
                self._put("\n")
            case "Fallback":
                self.skipping -= 1

    def data(self, text: str) -> None:
        """Text, where it is seen."""
        if self.hearing:
            self.text.append(text)

    def _put(self, mark: str) -> None:
        if not self.skipping:
            self.text.append(mark)


def read_docx(body: bytes) -> Paper:
    """The text of the document. Macros are never run; that there are some is flagged."""
    archive = zips.opened(body)
    heard = WordText()
    found = Gathered()
    if not listen(zips.pieces(archive, DOCUMENT), heard):
        found.flag(Flaw.CUT)
    if MACROS in archive.namelist():
        found.flag(Flaw.MACROS)
    pages = [_tidy(page) for page in "".join(heard.text).split(PAGE_BREAK)]
    return found.take(by_page(pages) if len(pages) > 1 else [("", pages[0])]).paper(Kind.DOCX)


def _tidy(page: str) -> str:
    """The rows without the tabs and blanks that only their ends left."""
    return "\n".join(line.replace(" \t", "\t").strip(" \t") for line in page.split("\n"))
