"""What a notice gives, in figures, and what it asks of those who apply: quotes, in the order they stand."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from notices.reading.layout import SIGNED_ON, Layout
from notices.reading.page import Line
from notices.reading.sentences import sentences
from notices.reading.values import AmountFound, Evidence

MOST_AMOUNTS, MOST_CONDITIONS, LONGEST = 4, 8, 120

FIGURE = re.compile(
    r"(?:(?P<bound>最高(?:不超过)?|不超过|不高于|上限(?:为)?|累计|最多)[^\d,。;:]{0,6}?)?"
    r"(?P<figure>(?<![\d.])\d[\d,]*(?:\.\d+)?(?:(?:[万亿千]元?|%)?[-~至到]\d+(?:\.\d+)?)?(?:个百分点|亿元|万元|千元|元(?!件|素)|%)(?:/(?:千瓦时|[\u4e00-\u9fff]{1,2}(?![\u4e00-\u9fff])))?)"
)
UNIT = re.compile(r"\d(?:[个亿万千]|元|%)")
GIVES = re.compile(
    r"补助|奖励|资助|奖补|补贴|贴息|给予|扶持|配套|财政支持|支持(?:资金|额度|标准|金额|比例)|资金(?=不超过|最高)|兑现|补偿|一次性"
)
ASKS = re.compile(  # figures of the applicant's own, of penalties and of the whole purse
    r"营业收入|主营|销售|产值|投资(?:总?额)?(?:在|达到?|不低于|不少于|超过|[^,]{0,6}以上)|注册资本|纳税|利润"
    r"|罚款|处以|不低于\d|不少于\d|低于\d|占比|比重|比例(?:不|达)|增长|下降|降低|提高|总规模|预算|误差|以上的?,?$"
)
CLAUSE_END = re.compile(r",(?!\d{3}(?!\d))|(?<=.)、(?=\d)|[。;]$")
BOUNDS = re.compile(r"(?:标准[为是:]|每人|单个|每家|每户|每项|同一|最高|不超过|上限|累计|最多)")

HEADED = re.compile(
    r"(?:申报|申请|推荐|认定|评价|支持|入库|基本|资格|参评|遴选|享受|具体|必备|报名|应具备|主体)(?:的)?(?:基本|主体)?"
    r"(?:条件|要求和条件|条件和要求|资格)|^[^。;]{0,12}条件[:]?$"
)
INTRODUCED = re.compile(r"(?:符合|具备|满足)[^。;:]{0,12}条件[^。;:]{0,8}:")
MARKS = (
    r"第[一二三四五六七八九十百]+条",
    r"[一二三四五六七八九十]{1,3}[、.]",
    r"\([一二三四五六七八九十]{1,3}\)",
    r"\d{1,2}[.、)](?!\d)",
    r"\(\d{1,2}\)|[①-⑳]",
)
"""How items are numbered, the outermost first: 一、 holds （一） holds 1. holds （1）."""

LEVELS = tuple(re.compile(rf"(?:- )?(?:{mark})") for mark in MARKS)
NOT_CONDITIONS = re.compile(r"电话|网址|www\.|https?:|附件|名单$")
INLINE = re.compile(rf"(?<=[:;])(?={'|'.join(MARKS[1:])})")
NEXT_PART = re.compile(
    r"(?:申报|申请|推荐|办理|受理|报送|评审|认定)?(?:程序|流程|材料|时间|方式|要求|步骤|安排)[:]?$"
)


def find_amounts(papers: Iterable[Layout]) -> tuple[AmountFound, ...]:
    """The sums and rates that are given, each once; not those that the applicant must have or pay."""
    found: dict[str, AmountFound] = {}
    for paper in papers:
        for sentence in sentences(paper):
            if not (UNIT.search(sentence.text) and GIVES.search(sentence.text)):
                continue
            for start, end in _clauses(sentence.text):
                clause = sentence.text[start:end]
                for match in FIGURE.finditer(clause) if _is_given(clause, sentence.text[:start]) else ():
                    said = match.group()
                    proof = paper.page.evidence(sentence.start + start, sentence.start + end)
                    found.setdefault(match["figure"], AmountFound(said, proof))
    return tuple(found.values())[:MOST_AMOUNTS]


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between commas, where each figure is about one thing; a comma within a number is none."""
    start = 0
    for comma in CLAUSE_END.finditer(text):
        yield start, comma.start()
        start = comma.end()
    if start < len(text):
        yield start, len(text)


def _is_given(clause: str, before: str) -> bool:
    """A clause that gives, or one that only bounds what the clause before it gives."""
    if ASKS.search(clause):
        return False
    return bool(GIVES.search(clause) or (BOUNDS.match(clause) and GIVES.search(before[-60:])))


def find_conditions(papers: Iterable[Layout]) -> tuple[Evidence, ...]:
    """The items under the heading that names the conditions, or after the sentence that introduces them."""
    for paper in papers:
        items = tuple(_items(paper))
        if items:
            return tuple(paper.page.evidence(*_shortened(*span)) for span in items[:MOST_CONDITIONS])
    return ()


def _shortened(start: int, end: int) -> tuple[int, int]:
    return start, min(end, start + LONGEST)


def _items(paper: Layout) -> Iterator[tuple[int, int]]:
    if "条件" not in paper.page.clean and "资格" not in paper.page.clean:
        return
    lines = [line for line in paper.body if line not in paper.signature and not SIGNED_ON.match(line.text)]
    for n, line in enumerate(lines):
        introduced = INTRODUCED.search(line.text)
        if introduced and introduced.end() < len(line.text):
            yield from _of_one_line(line, introduced.end())
            return
        if introduced or _is_heading(line):
            yield from _below(lines[n + 1 :], _level(line.text))
            return


def _is_heading(line: Line) -> bool:
    return (
        len(line.text) <= 26 and not re.search(r"。|附件|^- ", line.text) and bool(HEADED.search(line.text))
    )


def _of_one_line(line: Line, start: int) -> Iterator[tuple[int, int]]:
    """1.…；2.…；3.…。 in one line."""
    stop = line.text.find("。", start)
    end = stop + 1 if stop >= 0 else len(line.text)
    cuts = [
        start,
        *(cut.start() for cut in INLINE.finditer(line.text, start, end) if cut.start() > start),
        end,
    ]
    for first, last in pairwise(cuts):
        if line.text[first:last].strip(";, "):
            yield line.start + first, line.start + last


def _below(lines: list[Line], level: int) -> Iterator[tuple[int, int]]:
    """The items below a heading: those of the first numbering inside it, or its few plain paragraphs."""
    inner = _level(lines[0].text) if lines else 0
    for line in lines:
        own = _level(line.text)
        if (own and own <= level) or NEXT_PART.search(line.text[:16]) or line.text.startswith("附件"):
            return
        if own == inner and _is_item(line, own):
            yield line.start, line.end


def _is_item(line: Line, level: int) -> bool:
    """A numbered line or a whole sentence; one that ends with a colon only introduces others."""
    whole = level > 0 or line.text[-1:] in "。;"
    return whole and not line.text.endswith(":") and not NOT_CONDITIONS.search(line.text)


def _level(text: str) -> int:
    """How deep a line's number stands, 1 the outermost; 0 for a line without one."""
    return next((n for n, mark in enumerate(LEVELS, 1) if mark.match(text)), 0)
