"""Document numbers 文号 that a text names: 淮经信节能函〔2019〕51号."""

import re
from dataclasses import dataclass
from functools import lru_cache

from notices.lexicon.normal import HAN
from notices.reading.page import Page

_YEAR = r"(?P<year>(?:19|20)\d\d)"
NUMBER = re.compile(  # 〔2019〕51号, [2019] 51 号, 〔201951号; of the last one the line may break
    rf"[〔\[(【〈<] ?{_YEAR} ?[〕\])】〉>]?(?:\n(?=第?\d{{1,5}}号(?:\n|$)))? ?第?(?P<serial>\d{{1,5}}) ?号"
)
CUT_NUMBER = re.compile(  # 桂工信园区〔2021175: all of its line, which lost 〕 and 号; 桂工信2021〕175号
    rf"(?<=[{HAN})])[〔\[]{_YEAR}[〕\]]?(?P<serial>\d{{1,4}})(?=\)?(?:\n|$))"
    rf"|(?<=[{HAN})])(?P<year_>(?:19|20)\d\d)[〕\]】]第?(?P<serial_>\d{{1,5}})号"
)
# 市监(标)〔2020〕12号: what stands in brackets is part of it, but not of a title's end (试行).
PREFIX = re.compile(
    rf"[{HAN}]{{1,16}}(?:(?<=[{HAN}])\((?!试行|暂行|修订|草案)[{HAN}]{{1,2}}\)[{HAN}]{{0,4}})?$"
)
TITLE_END = r"的[\u4e00-\u9fff]{0,4}(?:通知|公告|通告|意见|函|决定|批复|方案|办法)"
LOOSE_HEAD = re.compile(
    rf"^(?:.*(?:根据|按照|依据|依照|落实|贯彻|文件|执行|现将|转发|印发|发布|下发|制发|收到|关于|参照|见|按|[文字编]号|{TITLE_END}))"
)
LONGEST_PREFIX = 22


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A document number in a page."""

    start: int
    end: int
    prefix: str
    year: int
    serial: int
    text: str


@lru_cache(maxsize=8)
def numbers_in(page: Page) -> tuple[NumberFound, ...]:
    """Every document number of a page, each written with 〔〕; found once for all who ask."""
    found = [*NUMBER.finditer(page.clean), *CUT_NUMBER.finditer(page.clean)]
    return tuple(_number(page.clean, match) for match in sorted(found, key=re.Match.start))


def _number(text: str, match: re.Match[str]) -> NumberFound:
    before = PREFIX.search(text, max(0, match.start() - LONGEST_PREFIX), match.start())
    prefix = LOOSE_HEAD.sub("", before.group()) if before else ""
    told = match.groupdict()
    year, serial = int(told["year"] or told["year_"]), int(told["serial"] or told["serial_"])
    start = match.start() - len(prefix)
    return NumberFound(start, match.end(), prefix, year, serial, f"{prefix}〔{year}〕{serial}号")
