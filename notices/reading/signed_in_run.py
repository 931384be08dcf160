"""The signature of a page that is one line: …认定工作的通知惠州市工业和信息化局2023年1月4日(联系人:…"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice

from notices.lexicon.dates import find_dates
from notices.lexicon.mentions import Mention
from notices.lexicon.normal import HAN
from notices.reading.office_names import region_of
from notices.reading.page import Line

LONGEST_NAMES = 60
TRIED = 12  # days of a page, from its end; a timetable has more
SIGNED_DAY = re.compile(  # what can follow the day of a signature, once line breaks are lost
    r"(?P<day>20\d\d年\d{1,2}月\d{1,2}日)[? ]{0,6}[。.]?"
    r"(?=[ |]{0,4}$|附件|附:|联系人|联系电话|联系方式|抄送|主题词|\((?:此件|联系|公开|信息公开))"
)
WHOLE_DAY = re.compile(r"(20[0-9]{2})年(1[0-2]|0?[1-9])月(3[01]|[12][0-9]|0?[1-9])日")
RUN = re.compile(rf"(?P<names>[{HAN}、]{{4,{LONGEST_NAMES}}})[? ]{{0,6}}$")
ZONE_ALONE = re.compile(rf"(?:高新|经开|开发|保税|综保)区[{HAN}]{{2,10}}(?:局|委员会|管委会|办公室|办)")
COPIED_TO = re.compile("(?:抄|主)送:?$")
# Words that end what stands before a signature: no office is called so.
ENDED = re.compile(
    "通知|公告|公示|通告|的函|意见|办法|方案|指南|说明|[报总请息告]表|报书|承诺书|清单|名单|细则|规定|附件|特此"
)


def signature_in_run(
    body: Sequence[Line], is_names: Callable[[str], bool]
) -> tuple[tuple[Line, ...], date | None] | None:
    """The last office in the second half of a page that stands, with its place, right before a day."""
    for line, day in islice(_last_days(body), TRIED):
        names = _names_before(line, day.start(), is_names)
        if names:
            return (names,), written_day(day["day"])
    return None


def _last_days(body: Sequence[Line]) -> Iterator[tuple[Line, re.Match[str]]]:
    """The days of the second half that may be a signature's, the last first."""
    half = (body[0].start + body[-1].end) // 2 if body else 0
    for line in reversed(body):
        days = [*SIGNED_DAY.finditer(line.text)] if line.end > half else []
        yield from ((line, day) for day in reversed(days) if line.start + day.start() > half)


def _names_before(line: Line, end: int, is_names: Callable[[str], bool]) -> Line | None:
    run = RUN.search(line.text, max(0, end - LONGEST_NAMES - 6), end)
    if run is None or COPIED_TO.search(line.text[: run.start()][-3:]):
        return None
    return next(_offices_in(line, *run.span("names"), is_names), None)


def _offices_in(line: Line, first: int, end: int, is_names: Callable[[str], bool]) -> Iterator[Line]:
    """Those names, the longest first, that begin with a place or body and hold nothing but offices.

    Where nothing else is said before the day, a zone's office needs no place: ….docx高新区经济发展局2024年….
    """
    for start in range(first, end - 3):
        name = line.text[start:end]
        placed = region_of(name, None) is not None or (start == first and ZONE_ALONE.fullmatch(name))
        if not ENDED.search(name) and is_names(name) and placed:
            yield Line(line.start + start, line.start + end, name)


def written_day(written: str) -> date | None:
    """The day that a signature bears."""
    if whole := WHOLE_DAY.fullmatch(written):  # as most do, and read no otherwise than below
        year, month, day = map(int, whole.groups())
        return Mention(0, len(written), year, month, day).last_day(None)
    found = find_dates(written if written.endswith(("日", ")")) else f"{written}日")
    return found[0].last_day(None) if found else None
