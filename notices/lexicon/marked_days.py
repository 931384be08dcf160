"""Days written with marks in a sentence, and how they read with signs: 于2023-05-08前 is 于2023年5月8日前."""

import re
from collections.abc import Iterator

from notices.lexicon.normal import HAN

_MARKED = re.compile(r"20\d\d[-/.]\d")
_DATE = r"20\d\d(?P<mark>[-/.])(?:1[0-2]|0?[1-9])(?P=mark)(?:3[01]|[12]\d|0?[1-9])(?![\d.\-/:日]| ?\d)"
# A day alone in its line, or behind a label, may be the page's own stamp: it stays as it is.
_IN_SENTENCE = re.compile(
    rf"(?<=[于在至到自从为])(?P<led>{_DATE})"
    rf"|(?<=[{HAN},、])(?P<bound>{_DATE.replace('mark', 'sign')})"
    r"(?=(?:\([^()\n]{1,8}\))?(?:之?前|以前|[至到起止]))"
)
# The day under the names of an office, which the page ends with.
_UNDER_NAMES = re.compile(rf"(?<=[局厅委部会室府院]\n){_DATE}(?=\s*$)")


def with_signs_of_days(text: str) -> Iterator[tuple[int, int, str]]:
    """Where days stand with marks in a sentence or a signature, and the same with 年, 月 and 日."""
    if not _MARKED.search(text):
        return
    found = [*_IN_SENTENCE.finditer(text), *_UNDER_NAMES.finditer(text)]
    for day in found:
        year, month, last = re.split(r"[-/.]", day.group())
        yield *day.span(), f"{year}年{int(month)}月{int(last)}日"
