"""Days written in Chinese numerals, and how they read in digits: 二〇一九年十月二十九日 is 2019年10月29日."""

import re
from collections.abc import Iterator

from notices.lexicon.numerals import number

_CN = "一二三四五六七八九十"
_DAY = r"(?:[二三]?十[一二三四五六七八九]?|初?[一二三四五六七八九])"
_MONTHS = re.compile(rf"[{_CN}]月")
_DAYS = re.compile(
    rf"(?<![{_CN}〇零○第每\d])(?:(?P<y>[一二][〇零○o0九][〇零○o0一二三四五六七八九]{{2}})年)?"
    rf"(?<![每第])(?P<m>十[一二]?|[一二三四五六七八九])月(?:(?P<d>{_DAY})[日号]|(?=底|末|[上中下]旬))"
    rf"|(?<=[日号][至到、和-])(?P<ends>{_DAY})[日号]"
)


def in_digits(text: str) -> Iterator[tuple[int, int, str]]:
    """Where days stand in Chinese numerals, and the same in digits; months alone are left as they are."""
    for found in _DAYS.finditer(text) if _MONTHS.search(text) else ():
        day = number(found["d"] or found["ends"] or "一")
        if day and day <= 31:
            yield *found.span(), f"{_month(found)}{day}日" if found["d"] or found["ends"] else _month(found)


def _month(found: re.Match[str]) -> str:
    if not found["m"]:
        return ""
    year = f"{number(found['y'].replace('0', '〇'))}年" if found["y"] else ""
    return f"{year}{number(found['m'])}月"
