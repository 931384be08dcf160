"""A body as plain text: a blank line between paragraphs, a line per table row, tabs between cells."""

from notices.intake.furniture import is_furniture
from notices.intake.tree import Element, flow, text_of

PARAGRAPH, LINE, CELL = "\x1e", "\x1d", "\x1f"
PARAGRAPHS = (
    "p", "div", "table", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "li",
    "dt", "dd", "blockquote", "hr", "pre", "center",
)  # fmt: skip
BREAKS = dict.fromkeys(PARAGRAPHS, PARAGRAPH) | {"br": LINE, "tr": LINE, "td": CELL, "th": CELL}
LONGEST_CELL = 200  # characters; a cell with more is the layout of an old page and not a table's


def plain_text(body: Element) -> str:
    """The text of a body without furniture lines."""
    pieces = [body.text or ""]
    _add_children(body, pieces, in_cell=False)
    paragraphs = (_paragraph(part) for part in "".join(pieces).split(PARAGRAPH))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _add_children(element: Element, pieces: list[str], *, in_cell: bool) -> None:
    for child in element:
        _add(child, pieces, in_cell=in_cell)
        if tail := child.tail:
            pieces.append(tail)


def _add(element: Element, pieces: list[str], *, in_cell: bool) -> None:
    """The text and the breaks in document order; within a cell of a table paragraphs do not break the row."""
    mark = BREAKS.get(element.tag, "")
    if mark == CELL and len(text_of(element)) > LONGEST_CELL:
        mark = PARAGRAPH
    if in_cell and mark in {PARAGRAPH, LINE}:
        mark = " "
    pieces += (mark, element.text or "")
    if len(element):
        _add_children(element, pieces, in_cell=in_cell or mark == CELL)
    if mark != CELL:
        pieces.append(mark)


def _paragraph(part: str) -> str:
    lines = (_line(line) for line in part.split(LINE))
    return "\n".join(line for line in lines if line and not is_furniture(line))


def _line(line: str) -> str:
    return "\t".join(flow(cell) for cell in line.split(CELL)).strip("\t ")
