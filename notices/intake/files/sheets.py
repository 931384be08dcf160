"""XLS, XLSX, ET and ODS by calamine (facts/feeds.md C3), a line per row and tabs between cells."""

import io
import struct
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

import olefile
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from notices.intake.files.papers import MOST_ROWS, SHEET, Flaw, Full, Gathered, Kind, Paper, Unreadable

FILE_PASS = 0x2F  # the record of a workbook whose rest is encrypted; one of the first
OPENING_RECORDS = 6


def read_sheets(body: bytes) -> Paper:
    """The cells of the visible sheets as they are stored; formulas by their last value."""
    found = Gathered()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
        for name in seen:
            found.add(SHEET.format(name), "\n".join(_lines(book.get_sheet_by_name(name), found)))
    except PasswordError as error:
        raise Unreadable(Flaw.ENCRYPTED) from error
    except (CalamineError, OSError, ValueError) as error:
        if not found.parts:
            raise Unreadable(Flaw.ENCRYPTED if _is_locked(body) else Flaw.BROKEN) from error
        found.flag(Flaw.BROKEN)
    except Full:
        pass
    return found.paper(Kind.SHEET)


def _is_locked(body: bytes) -> bool:
    """Whether it is an XLS with a password, which calamine takes for a broken one."""
    if not olefile.isOleFile(body):
        return False
    with olefile.OleFileIO(io.BytesIO(body)) as compound:
        name = next((name for name in ("Workbook", "Book") if compound.exists(name)), "")
        stream = compound.openstream(name).read(1 << 12) if name else b""
    return FILE_PASS in _record_kinds(stream)


def _record_kinds(stream: bytes) -> Iterator[int]:
    at = 0
    for _ in range(OPENING_RECORDS):
        if at + 4 > len(stream):
            return
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind
        at += 4 + size


def _lines(sheet: CalamineSheet, found: Gathered) -> Iterator[str]:
    if sheet.total_height > MOST_ROWS:
        found.flag(Flaw.CUT)
    for row in islice(sheet.iter_rows(), MOST_ROWS):
        line = "\t".join(map(_shown, row)).strip("\t ")
        if line:
            yield line


def _shown(cell: object) -> str:
    """A cell as people write it: 3 and not 3.0, 2019-10-25 and no midnight."""
    match cell:
        case bool():
            return "是" if cell else "否"
        case float():
            return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"  # as many digits as Excel keeps
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date() | time():
            return cell.isoformat()
        case _:
            return " ".join(str(cell).split())
