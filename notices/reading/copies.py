"""How many copies are asked for: 一式三份, 纸质版五份，电子版一份."""

import re
from collections.abc import Iterator

from notices.lexicon.gated import Gated
from notices.reading.layout import Layout
from notices.reading.values import ContactFound

COUNT = r"[一二三四五六七八九十两\d]{1,3}"
WHAT = (
    r"(?:申报|申请|推荐|书面|纸质|纸介质|相关|证明|报名)?(?:材料|文件|申报书|申请书|申请表|推荐表|资料|报告)"
)
COPIES = re.compile(
    rf"(?P<what>{WHAT}|正本|副本|原件|复印件)?(?:[^。;,\n一]{{0,12}}?)(?P<whole>一式{COUNT}份)"
    rf"|(?P<part>(?:纸质|纸介质|书面|打印|胶装|装订|电子)(?:版|件|档|文档|文件|材料|申报材料|申报书|稿)?(?:各|共)?{COUNT}份"
    rf"|(?:正本|副本|原件|复印件)(?:各|共)?{COUNT}份|(?:光盘|U盘|u盘)(?:各|共)?{COUNT}(?:份|张|个))"
)


CLAUSE = re.compile(r"[。;,、(]")
MAY_BE = Gated(rf"{COUNT}份|[光Uu]盘", "份", "盘")
CONTRACT = re.compile(r"(?:合同|协议)[^。;]{0,8}$")
FURTHEST = 24  # characters before the count that its quote may begin


def find_copies(paper: Layout) -> Iterator[ContactFound]:
    """Each count with what it counts; 本合同一式两份 counts nothing that is handed in."""
    for line in paper.body:
        if not MAY_BE.search(line.text):
            continue
        for match in COPIES.finditer(line.text):
            which = "whole" if match["whole"] else "part"
            if CONTRACT.search(line.text, max(0, match.start(which) - FURTHEST), match.start(which)):
                continue
            first = _clause(line.text, match.start("what") if match["what"] else match.start(which))
            proof = paper.page.evidence(line.start + first, line.start + match.end())
            yield ContactFound("copies", match[which], proof, match["what"] or "")


def _clause(text: str, place: int) -> int:
    """Where the clause around a place begins, as far back as a quote may."""
    ends = [stop.end() for stop in CLAUSE.finditer(text, max(0, place - FURTHEST), place)]
    return ends[-1] if ends else max(0, place - FURTHEST)
