"""What pdfplumber, python-docx and openpyxl read in a file; they are installed for `make bench` alone."""

import io

import docx
import openpyxl
import pdfplumber


def pdf_text(body: bytes) -> str:
    """All pages by pdfplumber."""
    with pdfplumber.open(io.BytesIO(body)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def docx_text(body: bytes) -> str:
    """Paragraphs and tables in order by python-docx."""
    lines = []
    for block in docx.Document(io.BytesIO(body)).iter_inner_content():
        rows = getattr(block, "rows", None)
        if rows is None:
            lines.append(block.text)
        else:
            lines += ["\t".join(cell.text for cell in row.cells) for row in rows]
    return "\n".join(lines)


def xlsx_text(body: bytes) -> str:
    """The visible sheets by openpyxl, in its reading mode."""
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    rows = (row for sheet in sheets for row in sheet.iter_rows(values_only=True))
    return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)


PEERS = {
    ".pdf": ("pdfplumber", pdf_text),
    ".docx": ("python-docx", docx_text),
    ".xlsx": ("openpyxl", xlsx_text),
}
