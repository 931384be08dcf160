"""Phones, mail and street addresses as they are written, and the words between them."""

import re
from collections.abc import Iterator

from notices.lexicon.gated import Gated
from notices.lexicon.normal import HAN, fold

_GAP = r" ?- ?"
_86 = rf"(?:\+?86(?:{_GAP}| ))?"
_MORE = r"(?: ?(?:-|转|转分机) ?\d{1,5}(?!\d))?"
PHONE = re.compile(
    rf"(?<![\d.])(?:\(?{_86}\(?0\d{{2,3}}\)?(?:{_GAP}| )?[2-9]\d{{2,3}} ?\d{{4}}(?!\d){_MORE}"
    rf"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}(?!\d)"
    rf"|[48]00[- ]?\d{{3,4}}[- ]?\d{{3,4}}(?!\d){_MORE}"
    rf"|[2-9]\d{{6,7}}(?!\d){_MORE}"
    rf"|1\d{{4,5}}(?![\d.]))"
)
EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])(?P<box>[a-z0-9][a-z0-9._%+-]{0,62}) ?(?:@|\[at\]|\(at\)| at ) ?"
    r"(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10})(?![a-z0-9])"
)
AT = Gated(r"@|\[at\]|\(at\)| at ", "@", "at")
# Eight digits that may as well be a day (20191021) are no phone.
DAY = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
WORDS = re.compile(rf"[{HAN}·•*×]+(?:[ \d]{{0,2}}号?窗口)?(?:[ ]+[{HAN}·•*×]+)*")
BETWEEN = re.compile(r"[\s,、;/:()和及或|]+")
PLACE_MARK = re.compile(r"[路街道巷弄号楼室厦层村镇园里]")
NUMBERED = re.compile(
    r"\d ?(?:号|室|楼|层|弄|-\d)|[一二三四五六七八九十]楼|大厦|大楼|中心|大厅|窗口|大院|胡同|\d{3,4}房?$"
)
NO_PLACE = re.compile(r"@|http|www\.|\d{7,}|^(?:另行|详见|同上|见附件|以)")
# 寄至中小企业局（北京市西长安街13号，100804）; 北京市…115号（邮编 100035），请注明…
IN_BRACKETS = re.compile(r"\((?P<place>[^()]*?\d号[^()]*?)(?:[,、 ]*(?:邮编)?[: ]*\d{6})?\)")
BEHIND = re.compile(r"[,(、 ](?=邮编|邮政|联系|收件|请|并|逾|以|电话|注明|收\)|\d{6}(?!\d))")
ASIDE = frozenset(
    ["座机", "手机", "办公", "微信同号", "总机", "传真", "兼传真", "工作日", "办公电话", "同号"]
)
NO_MARKS = str.maketrans("", "", "() ")
FROM_ABROAD = re.compile(r"\+?86-?(?=0\d{2,3}-?\d{7}|1[3-9]\d{9}$)")
AREA = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?(?=\d{7,8})")
SHORTEST_PLACE, LONGEST_PLACE = 7, 80


def tokens(raw: str) -> Iterator[tuple[str, list[str]]]:
    """(`phone`, [number]), (`email`, [address]), (`words`, words parted by blanks); `other` for the rest.

    `raw` is the text as given, since the blank between two names counts.
    """
    text, place = fold(raw).replace("\n", " "), 0
    while place < len(text):
        if gap := BETWEEN.match(text, place):
            place = gap.end()
        elif phone := PHONE.match(text, place):
            place = phone.end()
            yield ("other", []) if DAY.fullmatch(phone[0]) else ("phone", [number(phone[0])])
        elif mail := EMAIL.match(text, place):
            place = mail.end()
            yield "email", [mail_address(mail)]
        elif words := WORDS.match(text, place):
            place = words.end()
            yield "words", words[0].split()
        else:
            yield "other", []
            return


def number(written: str) -> str:
    """A phone number in one spelling: (010) 6610 3117 → 010-66103117."""
    plain = written.translate(NO_MARKS).replace("转分机", "转")
    abroad = FROM_ABROAD.match(plain)
    plain = plain[abroad.end() :] if abroad else plain
    area = AREA.match(plain)
    return f"{area[1]}-{plain[area.end() :]}" if area else plain


def mail_address(match: re.Match[str]) -> str:
    """box@host, however the @ was written."""
    return f"{match['box']}@{match['host']}"


def address_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where in the text an address stands, without the brackets behind it; None unless it surely is one."""
    whole = text[start:end]
    inside = IN_BRACKETS.search(whole)
    if inside and is_address(inside["place"]):
        return start + inside.start("place"), start + inside.end("place")
    cut = BEHIND.search(whole)
    value = whole[: cut.start() if cut else None].rstrip(" ,、(")
    return (start, start + len(value)) if is_address(value) else None


def is_address(value: str) -> bool:
    """Whether the words name a place to which a letter finds its way."""
    return (
        SHORTEST_PLACE <= len(value) <= LONGEST_PLACE
        and bool(PLACE_MARK.search(value))
        and bool(NUMBERED.search(value))
        and not NO_PLACE.search(value)
    )
