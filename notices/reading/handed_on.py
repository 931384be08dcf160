"""Papers of others that a notice hands on: 转发."""

import re
from collections.abc import Iterator

from notices.reading.doc_number import numbers_in
from notices.reading.layout import Layout

FORWARDS = re.compile(r"^(?:关于)?转发|转发(?:《|关于)")
HANDED_ON = re.compile(r"[)〉》]?文?(?:件)?[^。;]{0,8}转发")


def prefixes_handed_on(layout: Layout) -> Iterator[str]:
    """What the numbers of the papers begin with that the text says it hands on."""
    said = layout.page.clean
    return (one.prefix for one in numbers_in(layout.page) if HANDED_ON.match(said, one.end))
