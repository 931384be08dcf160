"""PDF by PDFium, the one permissive reader that knows 公文 fonts without ToUnicode (facts/feeds.md C2)."""

import re

import pypdfium2
from pypdfium2 import raw

from notices.intake.files.papers import MOST_PAGES, PAGE, Flaw, Full, Gathered, Kind, Paper, Unreadable

FEW = 20  # characters; a page with fewer and a picture is a scan
WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
# A font without ToUnicode may give its glyphs' numbers as characters. Chinese is written with the 6763
# characters of GB 2312 and few others, six in ten even if traditional; of random ones a third are among them.
LEAST_KNOWN = 0.45
ENOUGH_TO_JUDGE = 20  # characters that are not ASCII
WORD_BREAK = re.compile(r"[\ufffe\x02]\r?\n?")  # PDFium's mark for a hyphen at a line's end


def read_pdf(body: bytes) -> Paper:
    """The text of each page; pages that are pictures are flagged and not read."""
    document = _opened(body)
    found = Gathered()
    try:
        if len(document) > MOST_PAGES:
            found.flag(Flaw.CUT)
        for number in range(min(len(document), MOST_PAGES)):
            _add_page(document, number, found)
    except Full:
        pass
    finally:
        document.close()
    return found.paper(Kind.PDF)


def _opened(body: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = raw.FPDF_GetLastError() == WRONG_PASSWORD or "password" in str(error).lower()
        raise Unreadable(Flaw.ENCRYPTED if locked else Flaw.BROKEN) from error


def _add_page(document: pypdfium2.PdfDocument, number: int, found: Gathered) -> None:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return found.flag(Flaw.BROKEN)
    words = page.get_textpage()
    try:
        text = WORD_BREAK.sub("", words.get_text_range()).replace("\r\n", "\n")
        if len("".join(text.split())) < FEW and _has_picture(page):
            found.flag(Flaw.SCAN)
        if _is_garbled(text):
            return found.flag(Flaw.GARBLED)
        return found.add(PAGE.format(number + 1), text)
    finally:
        words.close()
        page.close()


def _is_garbled(text: str) -> bool:
    foreign = re.sub(r"[\x00-\x7f]+", "", text)
    known = len(foreign.encode("gb2312", "ignore")) / 2
    return len(foreign) >= ENOUGH_TO_JUDGE and known < LEAST_KNOWN * len(foreign)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
