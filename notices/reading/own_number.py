"""The notice's own document number: labelled, alone on a line of its head, or part of its title."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from notices.lexicon.normal import HAN
from notices.reading.doc_number import TITLE_END, NumberFound, numbers_in
from notices.reading.layout import Layout
from notices.reading.page import Line, Page
from notices.reading.values import Found

_LABEL = r"(?:发文|文件)?(?:文 ?号|字 ?号|(?:(?<=文件)|(?<=^)|(?<=[\W_]))编 ?号|(?<=文件)号)[\]】]? ?[:]? ?"
LABELLED = re.compile(rf"(?:^|[\W\d_]|文件){_LABEL}$")  # 发文字号: before the number
# What may stand before it on its line: a letterhead, or the title whose line break was lost.
LETTERHEAD = re.compile(r"[^。;,:《》]{0,60}(?:文件|函|局|厅|委|会|政府|办公室)\)?|[*·•]|")
HEADED = re.compile(rf"(?!附)[^。;:]{{4,120}}{TITLE_END}\)?")
# What may stand behind it: the number of the other office, who signs, the day.
_ANOTHER = rf"[{HAN}]{{1,16}}[〔\[(【](?:19|20)\d\d[〕\])】]\d{{1,5}}号"
_DAY = r"(?:19|20)\d\d(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})"
AFTER = re.compile(
    rf"[)\]】]?(?:[、,;/ ]{{0,3}}{_ANOTHER}){{0,4}}[ ,]?(?:签发人?[:]?[{HAN} 、]{{0,16}}|附件\d{{0,2}})?"
    rf"(?:(?:发布|成文|印发)?(?:日期|时间)?[:]?{_DAY})?[. )]{{0,2}}"
)
TITLE_BEHIND = re.compile(  # whose line break was lost: 环办标征函〔2021〕11号关于征求…意见的函
    rf"(?:[\u4e00-\u9fff]{{0,40}})关于[^。;]{{4,120}}(?:{TITLE_END}|的通知)"
)
LEADS_TITLE = re.compile(  # (鞍工信发〔2021〕26号)关于…, 云污防字〔2022〕22号 云南省…办公室关于印发…
    r"[)\]】]? ?(?:[\u4e00-\u9fff]{0,40}(?:关于|印发|公布)|转发|《)"
)
ENDS_TITLE = re.compile(  # …的通知(桂科发〔2025〕202号); one that is handed on bears its own
    rf"(?!.{{0,30}}(?:转发|解读)).*(?:{TITLE_END}|(?<!》)(?:公告|通告))[(\[【]?"
)
OPENING = "([【"
# Announcements and orders are counted without a sign of their office: 2023年第41号, 国务院令第693号.
COUNTED = re.compile(
    rf"(?P<office>[{HAN}]{{0,24}}(?:公告|通告|令))?[(]?(?P<year>(?:19|20)\d\d年)?[)]?第(?P<serial>\d{{1,4}})号"
    r"(?P<kind>公告|通告|令)?"
)
WRAPPED = re.compile(  # the line above a number that it cites
    r"[》,、:]$|(?:根据|依据|按照?|依照|(?<!意)见|和|及|与)$"
)
SURE, BY_LABEL = 1.0, 0.98
LONGEST_LINE, LONGEST_COUNTED, LONGEST_LABEL, MOST_NUMBERS = 200, 60, 12, 4


def own_number(layout: Layout, title: Page | None = None) -> Found[str] | None:
    """The number of this document, none that it cites: of its page's label, its head, its title."""
    return (
        next(_labelled(layout), None)
        or next(_in_head(layout, title), None)
        or (_in_title(title) if title else None)
        or next(_counted(layout.page, layout.head), None)
        or (next(_counted(title, title.lines), None) if title else None)
    )


def _labelled(layout: Layout) -> Iterator[Found[str]]:
    """Numbers behind a label of the page: 发文字号:工信厅规函〔2020〕8号."""
    for line in (*layout.furniture, *layout.head):
        for number in _numbers_of(layout.page, line):
            before = layout.page.clean[max(line.start, number.start - LONGEST_LABEL) : number.start]
            if number.prefix and LABELLED.search(before):
                yield _found(layout.page, number, BY_LABEL)


def _numbers_of(page: Page, line: Line) -> Sequence[NumberFound]:
    """The first numbers that begin in a line which is no longer than a heading."""
    if line.end - line.start > LONGEST_LINE:
        return ()
    numbers = numbers_in(page)
    first = bisect_left(numbers, line.start, key=attrgetter("start"))
    last = bisect_left(numbers, line.end, lo=first, key=attrgetter("start"))
    return numbers[first : min(last, first + MOST_NUMBERS)]


def _in_head(layout: Layout, title: Page | None) -> Iterator[Found[str]]:
    """Numbers of the head that nothing stands beside but the letterhead, the title or the day."""
    above = ""
    for line in layout.head:
        number = next(iter(_numbers_of(layout.page, line)), None)
        if (
            number
            and not WRAPPED.search(above[-LONGEST_LABEL:])
            and _is_alone(layout.page, line, number, title)
        ):
            yield _found(layout.page, number, SURE)
        above = line.text


def _is_alone(page: Page, line: Line, number: NumberFound, title: Page | None) -> bool:
    behind = page.clean[number.end : max(line.end, number.end)]
    before = line.text[: number.start - line.start].rstrip(" ")
    told, bracketed = before.rstrip(OPENING), before.endswith(tuple(OPENING))
    if not before and number.prefix and TITLE_BEHIND.fullmatch(behind):
        return True
    if not AFTER.fullmatch(behind):
        return False
    headed = HEADED.fullmatch(told) and (not bracketed or _is_titled(told, title))
    return bool(LETTERHEAD.fullmatch(told) or headed)


def _is_titled(told: str, title: Page | None) -> bool:
    """Whether these words are the page's title, no other's in a list, whose paper is nobody else's."""
    known = title.clean if title else ""
    return bool(known) and (told in known or known in told) and "转发" not in told


def _in_title(title: Page) -> Found[str] | None:
    """The number that a title begins or ends with."""
    for number in numbers_in(title) if len(title.clean) <= LONGEST_LINE else ():
        before, behind = title.clean[: number.start], title.clean[number.end :]
        leads = not before.strip(OPENING) and LEADS_TITLE.match(behind)
        ends = not behind.strip(")]】") and (not before.strip(OPENING) or ENDS_TITLE.fullmatch(before))
        if number.prefix and (leads or ends):
            return _found(title, number, SURE)
    return None


def _counted(page: Page, lines: Iterable[Line]) -> Iterator[Found[str]]:
    """公告2023年第41号, alone on one of the lines, in brackets or not."""
    for line in lines:
        if len(line.text) > LONGEST_COUNTED:
            continue
        match = COUNTED.fullmatch(line.text.strip("()"))
        if match and (match["office"] or match["year"] or match["kind"]):
            yield Found(re.sub(r"\W", "", match.group()), page.evidence(line.start, line.end), SURE)


def _found(page: Page, number: NumberFound, confidence: float) -> Found[str]:
    return Found(number.text, page.evidence(number.start, number.end), confidence)
