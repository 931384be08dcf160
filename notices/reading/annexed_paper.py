"""Whether the signature of a page stands below a superior's paper that the notice hands on as its annex."""

import re

from notices.lexicon.normal import HAN
from notices.reading.layout import SALUTATION, Layout
from notices.reading.page import Line

HEAD_OF_ANNEX = re.compile(rf"^(?:附件?[一二三\d]{{0,2}}[:]?|(?:附件?\d?:)?[{HAN}、]{{4,40}}文件)$")
TITLE = re.compile(r"关于.{4,}(?:通知|公告|公示|函|意见|方案)$")
LINES_OF_HEAD = 8  # letterhead, number, title, and whom it is for


def signed_in_annex(layout: Layout) -> bool:
    """Whether a paper with its own title and salutation begins below the notice's and above the signature."""
    own, signed = layout.salutation, layout.signature
    if own is None or not signed:
        return False
    lines = [line for line in layout.body if own.end < line.start < signed[0].start]
    return any(HEAD_OF_ANNEX.match(line.text) and _is_paper(lines, n) for n, line in enumerate(lines))


def _is_paper(lines: list[Line], n: int) -> bool:
    head = lines[n + 1 : n + 1 + LINES_OF_HEAD]
    titled = any(TITLE.search(line.text) for line in head)
    return titled and any(SALUTATION.match(line.text) for line in head)
