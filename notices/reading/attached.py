"""The text of an attached file, in one piece, with what people call each spot in it: 附件2，第3页."""

import re
from collections.abc import Iterable

from notices.reading.values import Attachment

NUMBERED = re.compile(
    r"^\s*附件\s*[:：]?\s*([0-9０-９一二三四五六七八九十]{1,3})(?![0-9年月])|^\s*(\d{1,2})\s*[.．、](?!\d)"
)
ONLY = "附件"


def attached(
    number: int, count: int, name: str, url: str = "", parts: Iterable[tuple[str, str]] = ()
) -> Attachment:
    """The `number`th of a notice's `count` files; where its name has a number, that is the one that counts.

    `parts` are (where, text) in order. The name stands before the text, which it often explains.
    """
    called = _called(number, count, name)
    texts, marks, length = [name], [(0, f"{called}的名称")], len(name) + 1
    for where, text in parts:
        marks.append((length, f"{called}，{where}" if where else called))
        texts.append(text)
        length += len(text) + 1
    return Attachment(name, url, "\n".join(texts) if len(texts) > 1 else "", tuple(marks))


def _called(number: int, count: int, name: str) -> str:
    own = NUMBERED.search(name)
    if own is not None:
        return f"{ONLY}{own[1] or own[2]}"
    return ONLY if count == 1 else f"{ONLY}{number}"
