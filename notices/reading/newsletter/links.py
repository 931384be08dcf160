"""The line below a notice that says where it stands on the web: 相关链接：http://…"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from notices.reading.newsletter.lines import Line

LABEL = re.compile(
    r"^[（(【\[]?(?P<label>(?:相关|原文|来源|信息|政策|详情|新闻|网页|通知|参考|查看|文件)?(?:链接|网址|网页|出处|来源)(?:地址)?)[】\]]?\s*[:：]?\s*(?P<rest>.*)$"
)
URL = re.compile(r"(?:https?://|www\.)[\w./?=&%#~:;+,@!$*'()-]+", re.ASCII)
REST_OF_URL = re.compile(r"[\w./?=&%#~:;+,@!$*'()-]+>?", re.ASCII)
COMPLETE = re.compile(r"\.(?:s?html?|jhtml|jsp|aspx?|php|pdf|docx?)$")
SURE = frozenset(["相关链接", "原文链接"])


@dataclass(frozen=True, slots=True)
class LinkBlock:
    """From the label's line to the first line behind the addresses."""

    start: int
    end: int
    label: str
    urls: tuple[str, ...]


def find_links(lines: Sequence[Line]) -> list[LinkBlock]:
    """The blocks with the label that this newsletter uses; a foot's own 网址 is no notice's link."""
    blocks, n = [], 0
    while n < len(lines):
        block = _block(lines, n)
        blocks += [block] if block else []
        n = block.end if block else n + 1
    used = Counter(block.label for block in blocks).most_common(1)
    usual = {used[0][0]} if used else set()
    return [block for block in blocks if block.label in usual | SURE]


def _block(lines: Sequence[Line], n: int) -> LinkBlock | None:
    label = LABEL.match(lines[n].text)
    if label is None or (label["rest"] and not URL.search(label["rest"])):
        return None
    urls: list[str] = []
    end, text = n + 1, label["rest"]
    while True:
        urls += [_trimmed(url) for url in URL.findall(text)]
        if end >= len(lines):
            break
        text, more = _next(lines[end], text, urls)
        if not more:
            break
        end += 1
    return LinkBlock(n, end, label["label"], tuple(dict.fromkeys(urls))) if urls else None


def _next(line: Line, before: str, urls: list[str]) -> tuple[str, bool]:
    """The following line where it belongs to the block: another address, or the rest of a broken one."""
    if URL.match(line.text.lstrip("<（(")):
        return line.text, True
    if urls and not line.apart and not before.rstrip().endswith(">") and _goes_on(urls[-1], line.text):
        urls[-1] += _trimmed(line.text)
        return "", True
    return "", False


def _goes_on(url: str, rest: str) -> bool:
    """Whether the next line is the rest of an address: one that looks whole ends at most with …shtm|l."""
    if not REST_OF_URL.fullmatch(rest):
        return False
    return not COMPLETE.search(url) or (len(rest) <= 2 and bool(COMPLETE.search(url + _trimmed(rest))))


def _trimmed(url: str) -> str:
    """Without the brackets and stops around it."""
    url = url.rstrip(">.,;:'!")
    return url[:-1] if url.endswith(")") and "(" not in url else url
