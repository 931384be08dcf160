"""The body as a library finds it, asked last: on a page whose text stands before its title, or that has none.

readability-lxml reached F1 0.909 on our pages (facts/feeds.md C1), least on short notices; so it is heard
only where marks and density found nothing, and believed only where it found people's sentences.
"""

import logging
import re

from lxml.etree import LxmlError

from notices.intake.furniture import strip_furniture
from notices.intake.tree import Element, clean, parse_html, text_of

SENTENCE = re.compile(r"[。；]")
FEWEST, LEAST = 2, 40  # sentences, and characters, of a text that is no menu or imprint

logging.getLogger("readability").setLevel(logging.WARNING)  # it tells every step of its search


def by_library(text: str) -> Element | None:
    """The element with the page's article, furniture stripped; None where the library finds none either."""
    # Imported when it is needed, which is seldom: it brings a second of imports into every process.
    from readability import Document  # noqa: PLC0415
    from readability.readability import Unparseable  # noqa: PLC0415

    try:
        found = parse_html(Document(text).summary(html_partial=True))
    except (Unparseable, LxmlError, ValueError):
        return None
    if found is None:
        return None
    strip_furniture(found)
    words = clean(text_of(found))
    return found if len(words) >= LEAST and len(SENTENCE.findall(words)) >= FEWEST else None
