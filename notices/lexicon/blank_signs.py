"""Blanks in the place of 年, 月 and 日, which a copy lost: 于6 15日前, 2023 4 10日, 2023 4 10 前."""

import re

_LOST_MONTH = re.compile(  # 于6 15日前: a blank in the place of 月
    r" (?=(?:3[01]|[12]\d|[1-9])日(?:之?前|止|至|到|下班|-|\())"
    r"(?:(?<=[于在请至到年,。;:(][1-9] )|(?<=[于在请至到年,。;:(]1[0-2] ))"
)
_BETWEEN = re.compile(r"\d (?=\d\d?[^\d:/.-])")  # where others may be
_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_ENDS = r"(?:[之以]?前|止|下班|截止|关闭|结束|[上下中]午|[,。;)(\n至到~—-]|(?<= )\d{1,2}[:时]|$)"
_BLANKS = re.compile(
    rf"(?<!\d)(?P<y>20\d\d)(?: |年)(?P<m>{_MONTH}) (?P<d>{_DAY})(?:(?=[日号])|(?P<b> ?)(?={_ENDS}))"
    rf"|(?<=[于在请至到从自由为是止期间将:(~—-])(?<!-\d-)(?<!-\d\d-)(?<!20\d\d-)"
    rf"(?P<m2>{_MONTH}) (?P<d2>{_DAY})(?:(?=日(?![内以]))|(?P<b2> ?)(?={_ENDS}))"
    rf"|(?<![\d./:年月-])(?<!\d )(?P<m3>{_MONTH}) (?P<d3>{_DAY})"
    r"(?:(?=日[之以]?前)|(?P<b3> )(?=[之以]?前|截止|关闭|结束))"
)


def with_signs(folded: str) -> str:
    """The folded text with signs in such places, as long as before."""
    folded = _LOST_MONTH.sub("月", folded)
    return _BLANKS.sub(_dated, folded) if _BETWEEN.search(folded) else folded


def _dated(found: re.Match[str]) -> str:
    year = f"{found['y']}年" if found["y"] else ""
    month, day = (next(filter(None, found.group(part, f"{part}2", f"{part}3"))) for part in "md")
    return f"{year}{month}月{day}{'日' if any(found.group('b', 'b2', 'b3')) else ''}"
