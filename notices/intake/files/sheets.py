"""XLS, XLSX, ET and ODS by calamine (facts/feeds.md C3), a line per row and tabs between cells."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from notices.intake.files.papers import MOST_ROWS, SHEET, Flaw, Full, Gathered, Kind, Paper, Unreadable


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
            raise Unreadable(Flaw.BROKEN) from error
        found.flag(Flaw.BROKEN)
    except Full:
        pass
    return found.paper(Kind.SHEET)


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
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
        case date() | time():
            return cell.isoformat()
        case _:
            return " ".join(str(cell).split())
