"""DOC and the DOC that WPS writes: the text by the piece table, as [MS-DOC] 2.4.1 tells to find it."""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from notices.intake.files.papers import Flaw, Gathered, Kind, Paper, Unreadable

MAGICS = frozenset({0xA5EC, 0xA5DC, 0xA697, 0xA698, 0xA699})  # Word 97; Word 6 and 95, in Asia too
WORD_97 = 0xC1
ENCRYPTED, SECOND_TABLE, WIDE = 0x0100, 0x0200, 0x1000  # bits of FibBase, at offset 10
LANGUAGE_AT, CHINESE = 6, frozenset({0x0804, 0x1004})
CLX_AT, TEXT_LENGTH_AT, OLD_TEXT_AT = 0x01A2, 0x4C, 0x18
PRC, PCDT = 1, 2
COMPRESSED = 1 << 30
FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")  # the code, up to what is shown of it
ROW_END = "\x07\x07"
SHOWN = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x07": "\t", "\x1e": "-", "\xa0": " "})
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")


def read_doc(body: bytes) -> Paper:
    """The main text. Macros are never run; that there are some is flagged."""
    found = Gathered()
    with olefile.OleFileIO(io.BytesIO(body)) as compound:
        main = _stream(compound, "WordDocument")
        if compound.exists("Macros"):
            found.flag(Flaw.MACROS)
        try:
            found.take([("", _plain(_text(compound, main)))])
        except (struct.error, IndexError) as error:
            raise Unreadable(Flaw.BROKEN) from error
    return found.paper(Kind.DOC)


def _stream(compound: olefile.OleFileIO, name: str) -> bytes:
    try:
        return bytes(compound.openstream(name).read())
    except OSError as error:
        raise Unreadable(Flaw.BROKEN) from error


def _text(compound: olefile.OleFileIO, main: bytes) -> str:
    magic, version = struct.unpack_from("<HH", main)
    (bits,) = struct.unpack_from("<H", main, 10)
    if magic not in MAGICS or bits & ENCRYPTED:
        raise Unreadable(Flaw.ENCRYPTED if bits & ENCRYPTED else Flaw.BROKEN)
    if version < WORD_97:
        return _old_text(main, is_wide=bool(bits & WIDE))
    table = _stream(compound, "1Table" if bits & SECOND_TABLE else "0Table")
    (length,) = struct.unpack_from("<I", main, TEXT_LENGTH_AT)
    start, size = struct.unpack_from("<II", main, CLX_AT)
    return "".join(_pieces(main, table[start : start + size]))[:length]


def _old_text(main: bytes, *, is_wide: bool) -> str:
    """Word 6 and 95 have one stretch, in the language's code page or in two bytes a character."""
    start, end = struct.unpack_from("<II", main, OLD_TEXT_AT)
    (language,) = struct.unpack_from("<H", main, LANGUAGE_AT)
    codec = "utf-16-le" if is_wide else "gb18030" if language in CHINESE else "cp1252"
    return main[start:end].decode(codec, "replace")


def _pieces(main: bytes, clx: bytes) -> Iterator[str]:
    """The stretches of text in order; each is UTF-16, or one byte a character where that is enough."""
    at = 0
    while clx[at] == PRC:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != PCDT:
        raise Unreadable(Flaw.BROKEN)
    (size,) = struct.unpack_from("<I", clx, at + 1)
    count = (min(size, len(clx) - at - 5) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    for number in range(count):
        (where,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)
        yield _piece(main, where, ends[number + 1] - ends[number])


def _piece(main: bytes, where: int, length: int) -> str:
    if length < 0 or length > len(main):
        raise Unreadable(Flaw.BROKEN)
    if where & COMPRESSED:
        start = (where & (COMPRESSED - 1)) // 2
        return main[start : start + length].decode("cp1252", "replace")
    start = where & (COMPRESSED - 1)
    return main[start : start + 2 * length].decode("utf-16-le", "replace")


def _plain(text: str) -> str:
    """What a reader of the page sees: no field codes, a line per row, tabs between cells."""
    shown = FIELD_CODE.sub("", text)
    while shown != (shown := FIELD_CODE.sub("", shown)):
        pass
    shown = shown.replace(ROW_END, "\n").translate(SHOWN)
    return UNSEEN.sub("", shown)
