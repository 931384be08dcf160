"""Days written with marks in a sentence, and how they read with signs: 于2023-05-08前 is 于2023年5月8日前."""

import re
from collections.abc import Iterator

from notices.lexicon.normal import HAN

_MARKED = re.compile(r"20\d\d[-/.]\d")
_WHOLE = r"20\d\d(?P<mark>[-/.])(?:1[0-2]|0?[1-9])(?P=mark)(?:3[01]|[12]\d|0?[1-9])"
_EACH = re.compile(_WHOLE)
_DATE = rf"{_WHOLE}(?![\d.\-/:日]| ?\d)"
_OTHER_END = r"(?:20\d\d(?:[-/.]\d{1,2}){2}(?![\d.\-/:])|\d{1,2}月\d{1,2}日)"
# A day alone in its line, or behind a label, may be the page's own stamp: it stays as it is.
_DAYS = re.compile(
    rf"(?<=[于在至到自从为]){_DATE.replace('mark', 'led')}"
    rf"|(?<=[{HAN},、]){_DATE.replace('mark', 'bound')}(?=(?:\([^()\n]{{1,8}}\))?(?:之?前|以前|[至到起止]))"
    rf"|(?<=\n){_WHOLE}(?:[至到~]|-{{1,2}}){_OTHER_END}"  # a line of its own under 征求意见时间
    # under the names of an office, which the page ends with
    rf"|(?:(?<=[局厅委部会室府院]\n)|(?<=章\)\n)){_DATE.replace('mark', 'signed')}(?=\s*$|\n\(此件)"
)


def with_signs_of_days(text: str) -> Iterator[tuple[int, int, str]]:
    """Where days stand with marks in a sentence or a signature, and the same with 年, 月 and 日."""
    for found in _DAYS.finditer(text) if _MARKED.search(text) else ():
        for day in _EACH.finditer(text, *found.span()):
            year, month, last = re.split(r"[-/.]", day.group())
            yield *day.span(), f"{year}年{int(month)}月{int(last)}日"
