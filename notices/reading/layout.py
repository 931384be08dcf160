"""Where the notice itself stands on its page: what is furniture, who is addressed, who signed and when."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import compress
from pathlib import Path

from notices import lexicon
from notices.lexicon.issuers import is_office
from notices.lexicon.normal import HAN
from notices.lexicon.places import leading_place
from notices.reading.page import Line, Page
from notices.reading.signed_in_run import signature_in_run, written_day

WORDS = Path(lexicon.__file__ or "").parent / "data" / "page_furniture.toml"
DAY_OF_PAGE = (  # 日期:2023年02月24日 作者: 来源:, which no timetable goes on with
    r"年\d{1,2}月\d{1,2}日\s{0,4}(?:作者|来源|稿源|点击|浏览|阅读|字体|字号|\[|【)"
)
PAGE_NUMBER = re.compile(r"[-—\d 页第共/|]{1,12}")
STAMP = re.compile(
    r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]20\d\d)(?: ?\d{1,2}:\d{2}(?::\d{2})?)?"
)
TITLED = re.compile(r"[知告示函议报书][》\])]?$|即将|快要|开始|启动")
# The line of a timetable (2022-02-23 纸质材料提交截止), not of a list of titles.
TIME_NODE = re.compile(r"^.{10,60}(?:截止|为止|(?<=\d)止|之?前)(?:\([^()]*\))?[,.]?$")
# A line of offices that ends with a colon; one that asks for something by a day is a sentence.
SALUTATION = re.compile(
    rf"^(?!.*(?:请|应|须|\d日)[^:]*:$)(?:各|有关|省直|市直|区直|机关各|[{HAN}、()]{{2,60}}(?:局|厅|委|部门|单位|企业|政府|管委会|院校|机构))[^。]{{0,200}}:$"
)
SIGNED_ON = re.compile(
    r"^(?:[\d〇零○oO一二三四五六七八九十]{2,4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日?(?:\([^)]{0,12}\))?[?,.。|]{0,3}$"
)
SIGNED_ON_BEFORE = re.compile(  # the day of a signature, behind which a line break was lost
    r"^(?P<day>20\d\d年\d{1,2}月\d{1,2}日)[? ]{0,3}"
    r"(?=附件|附:|\((?:此件|联系人)|联系人|抄送|主题词|点击下载|相关链接)"
)
SIGNED_LINE = re.compile(  # a line of its own, or the end of a page that is one line
    rf"(?:^|[。;)]|(?P<runs_on>[\da-z表书函单件版])) ?(?P<names>[{HAN}、,]{{4,60}}?)"
    r"(?P<day>(?:20|19)\d\d年\d{1,2}月\d{1,2}日)(?:印发)?[。.]?(?:\(此件[^()]{0,12}\)[。.]?)?[ |]*$"
)
CUT_SHORT = re.compile(  # the last line of a page that breaks off in its date
    rf"^(?P<names>[{HAN}、,]{{4,60}}?)(?:20|19)\d\d年?(?:\d{{1,2}}月?)?$"
)
OTHER_TITLE = re.compile(  # below the signature: another notice that the page offers
    r"^(?:\d{1,2}[.、]|[·•*])?(?!附件)[^。;:]{4,60}(?:通知|公告|公示|通告|函|解读|名单|启事)"
    r"(?:\([^()]{0,40}\))? ?(?:[\[(]?20\d\d[-/.]\d.*)?$"
)
ASKS_DAY = re.compile(r"(?:截止|申报|报送|受理|报名|反馈)[^,。;]{0,6}(?:时间|日期|期限|时限|日)[:]?$")
IN_BRACKETS = re.compile(r"\((?P<name>[^()]*?)(?:代章|代)?\)$")  # (延安市工信局), …领导小组(科技局代章)
LISTED_FILE = re.compile(r"附件|\d{1,2}[.、]")  # between the names and the day of a signature
# What stands behind a signature whose day is not said, or lost its letters (2021318).
BEHIND_NAMES = re.compile(r"\(?(?:联系|咨询|附件|附:|此件|抄送|电话|邮箱)")
PHONE_BEHIND = re.compile(r" ?[\d-]{7,}$")
NAMES_LINE = re.compile(rf"^[{HAN}()、,·\-—]{{3,120}}$")
HEAD_LINES = 12
LONGEST_FURNITURE = 120
LONGEST_SALUTATION = 240
LINES_BEHIND = 6  # of contacts and annexes behind a signature
LONGEST_END = 16  # of a signature's line, from 日 on: 日印发。(此件主动公开)。
LONGEST_SIGNATURE = 90  # characters of names and date at the end of a line


@dataclass(frozen=True, eq=False)
class Layout:
    """The parts of a page; offsets are into `Page.clean`."""

    page: Page
    furniture: tuple[Line, ...]
    body: tuple[Line, ...]
    salutation: Line | None
    signature: tuple[Line, ...]
    signed_on: date | None
    end: int

    @cached_property
    def head(self) -> tuple[Line, ...]:
        """The lines above the salutation, or the first few: letterhead, number, title."""
        limit = self.salutation.start if self.salutation else None
        return tuple(line for line in self.body[:HEAD_LINES] if limit is None or line.start < limit)


@dataclass(frozen=True)
class FurnitureWords:
    """Patterns for lines of metadata, of navigation, and for what begins below the notice."""

    labelled: re.Pattern[str]
    navigation: re.Pattern[str]
    navigation_lines: re.Pattern[str]
    below: re.Pattern[str]


@cache
def furniture_words() -> FurnitureWords:
    """`lexicon/data/page_furniture.toml`, read once."""
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    parts = ("labels", "navigation", "navigation_lines", "below")
    labels, navigation, lines, below = ("|".join(data[part]) for part in parts)
    stamped = rf"(?:时间|日期)(?=: ?20\d\d(?:[-/.]|{DAY_OF_PAGE}))"
    return FurnitureWords(
        re.compile(rf"^[·•*\[【-]?(?:{stamped}|{labels})】?[:]?(?<=[:】])[^。;]{{0,60}}"),
        re.compile(navigation),
        re.compile(lines),
        re.compile(f"^(?:{below})"),
    )


def lay_out(page: Page) -> Layout:
    """Sort the lines of a page into furniture, body and signature."""
    lines = _until_related(page.lines)
    belongs = [is_furniture(line.text) for line in lines]
    furniture = tuple(compress(lines, belongs))
    body = tuple(line for line, other in zip(lines, belongs, strict=True) if not other)
    signature, signed_on = _signature(body)
    last = signature[-1].end if signature else None
    body = tuple(
        line for line in body if last is None or line.start < last or not OTHER_TITLE.match(line.text)
    )
    salutation = next((line for line in body[:HEAD_LINES] if _is_salutation(line.text)), None)
    end = body[-1].end if body else 0
    return Layout(page, furniture, body, salutation, signature, signed_on, end)


def _is_salutation(text: str) -> bool:
    return text.endswith(":") and len(text) <= LONGEST_SALUTATION and bool(SALUTATION.match(text))


def _until_related(lines: list[Line]) -> list[Line]:
    for n, line in enumerate(lines):
        if n > 2 and len(line.text) < 160 and furniture_words().below.match(line.text):
            return lines[:n]
    return lines


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page and not to the notice: 发布时间, 浏览次数, paths, page numbers."""
    if len(text) > LONGEST_FURNITURE or text.endswith("。"):
        return False
    stamped = STAMP.match(text)
    if PAGE_NUMBER.fullmatch(text) or (stamped and STAMP.fullmatch(text)):
        return True
    words = furniture_words()
    if stamped and TIME_NODE.match(text) and not TITLED.search(text):
        return False
    navigates = words.navigation.search(text) or words.navigation_lines.fullmatch(text)
    return bool(navigates or stamped or words.labelled.match(text))


def _signature(body: tuple[Line, ...]) -> tuple[tuple[Line, ...], date | None]:
    """The lines of names around the first line that is only a date, below the head."""
    for n, line in enumerate(body):
        ends = "日" in line.text[-LONGEST_END:]
        both = SIGNED_LINE.search(line.text, max(0, len(line.text) - LONGEST_SIGNATURE)) if ends else None
        whole = n > 1 and both is not None and both.start() == 0  # its annexes below may be long
        if both and (whole or n >= len(body) // 2) and is_names(both["names"]) and _is_apart(both):
            return (_part(line, *both.span("names")),), written_day(both["day"])
        before = SIGNED_ON_BEFORE.match(line.text) if n >= len(body) // 2 else None
        above = _names_above(body, n) if before else ()
        if before and above:
            return above, written_day(before["day"])
        if not SIGNED_ON.match(line.text) or is_answer(body, n):
            continue
        names = _names_above(body, n) or _names_below(body, n)
        if names or n >= len(body) - 3:
            return names, written_day(line.text)
    return signature_in_run(body, is_names) or _signature_cut_short(body)


def _signature_cut_short(body: tuple[Line, ...]) -> tuple[tuple[Line, ...], date | None]:
    last = _part_cut_short(body[-1]) if body else None
    signs = last is not None and is_names(last.text)
    return ((last,) if last and signs else _undated(body)), None


def _undated(body: tuple[Line, ...]) -> tuple[Line, ...]:
    """The one line of names, with their place, behind which no day but only contacts or annexes stand."""
    end = len(body)
    while end > 2 and len(body) - end < LINES_BEHIND and BEHIND_NAMES.match(body[end - 1].text):
        end -= 1
    signed, above = body[end - 1 : end], body[end - 2 : end - 1]
    alone = end < len(body) and not any(is_names(line.text) for line in above)
    signs = alone and all(is_names(line.text) and leading_place(line.text) for line in signed)
    return signed if signs else ()


def _is_apart(signed: re.Match[str]) -> bool:
    """Whether a name stands apart from what it follows: behind …征集信息表 only the name of a place does."""
    return not signed["runs_on"] or leading_place(signed["names"]) is not None


def _part_cut_short(line: Line) -> Line:
    cut = CUT_SHORT.match(line.text)
    return _part(line, *cut.span("names")) if cut else line


def is_answer(body: tuple[Line, ...], n: int) -> bool:
    """Whether a line that is only a date answers the line above: 申报截止日期."""
    return n > 0 and bool(ASKS_DAY.search(body[n - 1].text))


def _part(line: Line, start: int, end: int) -> Line:
    return Line(line.start + start, line.start + end, line.text[start:end])


def _names_above(body: tuple[Line, ...], n: int) -> tuple[Line, ...]:
    names: list[Line] = []
    for line in reversed(body[max(0, n - 6) : n]):
        phone = PHONE_BEHIND.search(line.text)
        name = _part(line, 0, phone.start()) if phone else line
        if is_names(name.text):
            names.insert(0, name)
        elif names or not LISTED_FILE.match(line.text):
            break
    return tuple(names)


def _names_below(body: tuple[Line, ...], n: int) -> tuple[Line, ...]:
    return tuple(line for line in body[n + 1 : n + 2] if is_names(line.text))


def is_names(text: str) -> bool:
    """Whether a line holds nothing but names of offices."""
    if text.endswith(")"):
        text = IN_BRACKETS.sub("", text) or IN_BRACKETS.sub(r"\g<name>", text)
    return (
        bool(NAMES_LINE.match(text))
        and is_office(text)
        and "关于" not in text
        and not text.startswith("附件")
    )
