"""What the rows of a list look like, to tell without reading them that they say what they said. Pure.

Lines that are found by their links follow from the markup of the rows, from how those are grouped, from the
page's address and from the recipe. So where all of that is the same the lines are, whatever else the page
says. The year of lines that show none follows from the day too: compare looks of one day only.
"""

import hashlib
from collections.abc import Iterator, Sequence

from lxml import etree

from notices.intake.line_groups import Rows
from notices.intake.tree import Element

DIGITS = 16  # of a look
MOST = 64  # containers; of a page that has more, one in the other, nothing is told


def look_of(groups: Sequence[Rows], url: str, recipe: str) -> str:
    """The look of these rows, 16 hex digits; empty where there are none, or they stand all over the page."""
    places = [list(_containers(rows)) for rows in groups]
    if not places or sum(map(len, places)) > MOST:
        return ""
    seen = hashlib.sha1(f"{url}\n{recipe}".encode("utf-8", "replace"), usedforsecurity=False)
    for containers in places:
        seen.update(b"\0group")
        for container in containers:
            seen.update(etree.tostring(container, encoding="UTF-8", with_tail=False))
    return seen.hexdigest()[:DIGITS]


def _containers(rows: Rows) -> Iterator[Element]:
    """What the rows of a group stand in, each once."""
    last = None
    for row in rows:
        container = row.getparent()
        if container is not None and container is not last:
            yield container
        last = container
