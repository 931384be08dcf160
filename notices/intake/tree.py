"""Pages as trees: lxml with the few typed questions that we ask of it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias, cast

from lxml import etree
from lxml.etree import _Element

Element: TypeAlias = _Element
BLANK = re.compile(r"\s+")
LONGEST_TAG, MOST_ATTRIBUTES = 16_384, 1000
LONG_TAG = re.compile(rf"(<[a-zA-Z][\w:-]*)[^<>]{{{LONGEST_TAG},}}")
HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff，。、；：！？（）《》“”〔〕]"
BETWEEN_HAN = re.compile(rf"(?<={HAN})\s+(?={HAN})")
BROKEN_HAN = re.compile(rf"(?<={HAN})[ \t]*[\r\n]\s*(?={HAN})")
# Not seen by readers; and control characters and lone surrogates are not even held by databases.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200d\u2060\ufeff\ud800-\udfff]+")


def parse_html(text: str) -> Element | None:
    """The page's tree, without comments; None when there is nothing in it.

    libxml2 compares each attribute of a tag with all others of it: a tag with thousands of them loses them.
    It would trust the encoding that the page declares, so it is given UTF-8 and told so. Plain elements:
    those of lxml.html cost a look-up in Python for every node that is touched.
    """
    if _may_hold_long_tag(text):
        text = LONG_TAG.sub(_bare, text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _may_hold_long_tag(text: str) -> bool:
    """Whether more than the longest tag's length lies anywhere between one "<" and the next."""
    at = 0
    while len(text) - at > LONGEST_TAG:
        following = text.rfind("<", at, at + LONGEST_TAG + 1)
        if following < 0:
            return True
        at = following + 1
    return False


def _bare(tag: re.Match[str]) -> str:
    """A tag without its attributes where they are too many; one with a picture in it has few and is long."""
    return tag[0] if len(tag[0].split()) < MOST_ATTRIBUTES else f"{tag[1]} "


def clean(text: str) -> str:
    """Text on one line; blanks that a page's layout put between Chinese characters are dropped."""
    if " " not in text and text.isprintable():
        return text  # most titles; str looks through them ten times as fast as a pattern
    seen = UNSEEN.sub("", text).strip()
    return BETWEEN_HAN.sub("", BLANK.sub(" ", seen)) if BLANK.search(seen) else seen


def flow(text: str) -> str:
    """Running text on one line: a line break in the source is layout, a blank between two names is meant."""
    if " " not in text and text.isprintable():
        return text
    seen = UNSEEN.sub("", text).strip()
    return BLANK.sub(" ", BROKEN_HAN.sub("", seen)) if BLANK.search(seen) else seen


def text_of(element: Element) -> str:
    """All text within an element, as it stands."""
    if not len(element):  # most have no children, and an iterator costs ten times as much
        return element.text or ""
    return "".join(cast("list[str]", list(element.itertext())))


def elements(path: etree.XPath, at: Element) -> list[Element]:
    """The elements that an XPath finds; one that gives texts or a number finds none."""
    found = path(at)
    return [one for one in found if isinstance(one, Element)] if isinstance(found, list) else []


def text_at(path: etree.XPath, at: Element) -> str:
    """The text that an XPath finds, whatever kind of value it gives; several finds are parted by a blank."""
    found = path(at)
    if not isinstance(found, list):
        return str(found)
    return " ".join(text_of(one) if isinstance(one, Element) else str(one) for one in found)


@lru_cache(maxsize=2048)
def xpath(path: str) -> etree.XPath:
    """A compiled XPath, compiled once; etree.XPathSyntaxError when it is none."""
    return etree.XPath(path)


def attributes(element: Element) -> Mapping[str, str]:
    """An element's attributes by lower-case name."""
    return {str(name).lower(): str(value) for name, value in element.attrib.items()}
