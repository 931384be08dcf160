"""Pages that are kept for staff: packed small, and shown as text. Pure."""

import gzip
import zlib

from notices.intake.decoding import decode
from notices.intake.families.html_list import NOT_HTML
from notices.intake.furniture import drop
from notices.intake.plain_text import plain_text
from notices.intake.tree import elements, parse_html, xpath

MOST = 512 << 10  # bytes, packed
QUICK = 1
PROGRAM = xpath("//style | //script[not(contains(@type, 'xml'))]")  # 大汉 keeps its lines in a script of XML


def pack(body: bytes) -> bytes:
    """The page compressed; only its beginning where the whole would be more than `MOST`."""
    packed = gzip.compress(body, QUICK, mtime=0)
    return packed if len(packed) <= MOST else gzip.compress(body[:MOST], QUICK, mtime=0)


def unpack(packed: bytes) -> bytes:
    """What `pack` took."""
    return zlib.decompress(packed, wbits=31)


def text_of(packed: bytes, content_type: str) -> str:
    """The page as text."""
    return decode(unpack(packed), content_type)


def excerpt(packed: bytes, content_type: str, most: int) -> str:
    """What a reader would see of the page, at most so many characters; data as it stands."""
    text = text_of(packed, content_type)
    root = None if NOT_HTML.match(text) else parse_html(text)
    for hidden in [] if root is None else elements(PROGRAM, root):
        drop(hidden)
    return (text if root is None else plain_text(root))[:most].strip()
