"""The document number 文号: 淮经信节能函〔2019〕51号."""

import re
from dataclasses import dataclass
from functools import lru_cache

from notices.lexicon.normal import HAN
from notices.reading.layout import Layout
from notices.reading.page import Page
from notices.reading.values import Found

_YEAR = r"(?P<year>(?:19|20)\d\d)"
NUMBER = re.compile(rf"[〔\[(【]{_YEAR}[〕\])】]?第?(?P<serial>\d{{1,5}})号")
# 桂工信园区〔2021175: all of its line, which lost 〕 and 号
CUT_NUMBER = re.compile(rf"(?<=[{HAN}])[〔\[]{_YEAR}[〕\]]?(?P<serial>\d{{1,4}})(?=\n|$)")
PREFIX = re.compile(rf"[{HAN}]{{1,16}}$")
LOOSE_HEAD = re.compile(
    r"^(?:.*(?:根据|按照|依据|依照|落实|贯彻|文件|执行|现将|转发|印发|收到|关于|参照|见|按))"
)
ONLY_NUMBER = 30  # a line of the head up to this long is the number's own


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A document number in a page."""

    start: int
    end: int
    prefix: str
    year: int
    serial: int
    text: str


@lru_cache(maxsize=4)
def numbers_in(page: Page) -> tuple[NumberFound, ...]:
    """Every document number of a page, each written with 〔〕; found once for all who ask."""
    found = [*NUMBER.finditer(page.clean), *CUT_NUMBER.finditer(page.clean)]
    return tuple(_number(page.clean, match) for match in sorted(found, key=re.Match.start))


def _number(text: str, match: re.Match[str]) -> NumberFound:
    before = PREFIX.search(text, max(0, match.start() - 16), match.start())
    prefix = LOOSE_HEAD.sub("", before.group()) if before else ""
    year, serial = int(match["year"]), int(match["serial"])
    start = match.start() - len(prefix)
    return NumberFound(start, match.end(), prefix, year, serial, f"{prefix}〔{year}〕{serial}号")


def own_number(layout: Layout) -> Found[str] | None:
    """The number of this document: alone on a line of its head, not one that it cites."""
    numbers = numbers_in(layout.page)
    for line in layout.head:
        for number in numbers:
            if line.start <= number.start < line.end and len(line.text) - (number.end - number.start) < 8:
                return Found(number.text, layout.page.evidence(number.start, number.end))
    return None
