"""From bytes to a paper. A file is what its bytes are: names lie, and half of all .doc are something else."""

import io
import re

import olefile

from notices.intake.decoding import decode
from notices.intake.files import zips
from notices.intake.files.archives import Opener, read_7z, read_rar, read_zip
from notices.intake.files.ofd import read_ofd
from notices.intake.files.office_xml import read_office_xml, read_open_document, read_slides
from notices.intake.files.papers import Flaw, Gathered, Kind, Paper, Unreadable
from notices.intake.files.pdf import read_pdf
from notices.intake.files.rich_text import read_rtf
from notices.intake.files.sheets import read_sheets
from notices.intake.files.word_binary import read_doc
from notices.intake.files.word_xml import read_docx
from notices.intake.plain_text import plain_text
from notices.intake.tree import parse_html

OLE, ZIPPED, RAR, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK", b"Rar!\x1a\x07", b"%PDF-"
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c"
IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
UNSUPPORTED = (b"\x1f\x8b", b"MSCF")
PROBE = 1024  # bytes within which a PDF may begin
WEB = re.compile(rb"<(?:!doctype html|html|head|body|meta|table)\b", re.IGNORECASE)
OFFICE_XML = re.compile(rb"office:spreadsheet|office:word|wordDocument")
WORD_NAME = re.compile(r"\.(?:docx?|wps|xlsx?|et|html?)$", re.IGNORECASE)
TEXT_NAME = re.compile(r"\.(?:txt|csv|md)$", re.IGNORECASE)
STREAMS = {
    "EncryptedPackage": None, "WordDocument": read_doc, "Workbook": read_sheets, "Book": read_sheets,
}  # fmt: skip
MEMBERS = (
    ("word/document.xml", read_docx),
    ("xl/workbook.xml", read_sheets),
    ("xl/workbook.bin", read_sheets),
    ("content.xml", read_open_document),
    ("OFD.xml", read_ofd),
    ("ppt/presentation.xml", read_slides),
)


def open_file(name: str, body: bytes) -> Paper:
    """What the file says; Unreadable with the reason where it says nothing that we can read."""
    return _open(name, body, _open_member)


def _open_member(name: str, body: bytes) -> Paper:
    """A file out of an archive; an archive in it is not opened again, whatever its name says."""
    return _open(name, body, None)


def _open(name: str, body: bytes, members: Opener | None) -> Paper:
    head = body[:PROBE]
    if PDF in head:
        return read_pdf(body)
    if head.startswith(ZIPPED):
        return _zipped(body, members)
    if head.startswith(OLE):
        return _compound(body)
    if head.startswith(RAR):
        return read_rar(body, _required(members))
    if head.startswith(SEVEN_ZIP):
        return read_7z(body, _required(members))
    if head.startswith(b"{\\rtf"):
        return read_rtf(body)
    return _plain(name, body)


def _required(members: Opener | None) -> Opener:
    if members is None:
        raise Unreadable(Flaw.NESTED)
    return members


def _zipped(body: bytes, members: Opener | None) -> Paper:
    names = set(zips.opened(body).namelist())
    for name, read in MEMBERS:
        if name in names:
            return read(body)
    return read_zip(body, _required(members))


def _compound(body: bytes) -> Paper:
    """An OLE compound file; olefile reads what is broken as far as it goes."""
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as compound:
            stream = next((stream for stream in STREAMS if compound.exists(stream)), "")
    except (OSError, ValueError) as error:
        raise Unreadable(Flaw.BROKEN) from error
    read = STREAMS.get(stream)
    if read is None:
        raise Unreadable(Flaw.ENCRYPTED if stream else Flaw.UNSUPPORTED)
    return read(body)


def _plain(name: str, body: bytes) -> Paper:
    """Pictures, and the formats without a magic number."""
    head = body[:PROBE]
    if not body.strip():
        raise Unreadable(Flaw.EMPTY)
    if head.startswith(IMAGES):
        return Paper(Kind.IMAGE, flaws=(Flaw.SCAN,))
    if head.startswith(UNSUPPORTED):
        raise Unreadable(Flaw.UNSUPPORTED)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and OFFICE_XML.search(body[:4096]):
        return read_office_xml(body)
    if WEB.search(body[:4096]):
        return _web(name, body)
    if TEXT_NAME.search(name):
        return _texts(Kind.TEXT, decode(body))
    raise Unreadable(Flaw.UNSUPPORTED)


def _web(name: str, body: bytes) -> Paper:
    """Word and Excel save web pages as .doc and .xls; under another name it is a page in the file's stead."""
    root = parse_html(decode(body)) if WORD_NAME.search(name) else None
    if root is None:
        raise Unreadable(Flaw.WEB_PAGE)
    return _texts(Kind.WEB, plain_text(root))


def _texts(kind: Kind, text: str) -> Paper:
    return Gathered().take([("", text)]).paper(kind)
