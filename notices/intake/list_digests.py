"""Whether a list is what it was, by four looks at it, each dearer than the last. Pure.

Its bytes; its links, since many a CMS writes the time of making into each page and a firewall its tokens
(facts/feeds.md A2, A3); the markup of its rows (row_looks.py); its lines. A new line is a new link, so a page
whose links are all the same has no news. What else may change about a line, its day or a title beside the
link, is for the full reading that each day begins with.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple, Self

from notices.intake.listing import ListItem
from notices.intake.recipes import spelled
from notices.models import Source

SIZE = 8  # bytes of each digest; the four fill Source.items_hash
DIGITS = 2 * SIZE
NONE = "-" * DIGITS  # tells nothing, and is equal to nothing
# A link from its tag to its end, or where it has none to the next link.
LINK = re.compile(rb"<[aA]\b[^<]*(?:<(?!/?[aA]\b)[^<]*)*")
HTML = re.compile(rb"\s*<(?!\?xml)")


class Digests(NamedTuple):
    """What a list looked like."""

    raw: str = NONE
    links: str = NONE
    rows: str = NONE
    lines: str = NONE

    @classmethod
    def kept(cls, column: str) -> Self:
        """What `column` gave."""
        return cls(*(column[at : at + DIGITS] or NONE for at in range(0, 4 * DIGITS, DIGITS)))

    @property
    def column(self) -> str:
        """For Source.items_hash."""
        return "".join(self)


def of_bytes(source: Source, body: bytes) -> str:
    """Of the answer as it came; with another recipe the same bytes may mean other lines."""
    return _digest(body, source.family, spelled(source.recipe))


def of_links(source: Source, body: bytes) -> str:
    """Of a web page's links; NONE where lines need not be links, or may take their address from elsewhere."""
    if source.family == "feed" or source.recipe.keys() & {"link", "title"} or not HTML.match(body):
        return NONE
    links = b"".join(LINK.findall(body))
    return _digest(links, source.family, spelled(source.recipe)) if links else NONE


def of_lines(lines: Iterable[ListItem]) -> str:
    """Of all that lines say, in the order of the page."""
    told = [f"{title}\t{url}\t{day}\t{pinned}\t{short}" for title, url, day, pinned, short in lines]
    return _digest("\n".join(told).encode("utf-8", "replace"))  # titles and addresses hold no such blanks


def is_same(now: str, before: str) -> bool:
    """Whether two digests say that nothing changed."""
    return now == before != NONE


def _digest(body: bytes, *more: str) -> str:
    """The quickest that processors help with; it tells pages apart and guards nothing."""
    seen = hashlib.sha1("\n".join(more).encode(), usedforsecurity=False)
    seen.update(body)
    return seen.hexdigest()[:DIGITS]
