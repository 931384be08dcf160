"""Bytes of a page to text, without losing 镕, 喆 or 䶮.

Pages that say gb2312 are written in GBK or GB 18030; decoded as declared, libxml2 loses every link after
the first rare character and says nothing (facts/feeds.md section 0, point 6).
"""

import codecs
import re
from contextlib import suppress

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MARKS = tuple(bom for bom, _ in BOMS)
HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
DECLARED = re.compile(
    rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
HEAD = 4096  # bytes within which a page says its encoding; browsers take 1024, these pages put scripts first
CHINESE = frozenset(
    {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936", "euc-cn", "hz-gb-2312", "chinese"}
)


def decode(body: bytes, content_type: str = "", forced: str = "") -> str:
    """The page's text, decoded as `encoding_of` says. What no encoding explains becomes U+FFFD."""
    if not forced and not body.startswith(MARKS):
        with suppress(UnicodeDecodeError):
            return body.decode("utf-8")  # as `encoding_of` would say, without decoding twice
    return _decoded(body, encoding_of(body, content_type, forced))


def encoding_of(body: bytes, content_type: str = "", forced: str = "") -> str:
    """Python's name of a page's encoding. The order: `forced` by the recipe, BOM, strict UTF-8, header, page,
    GB 18030.

    Strict UTF-8 comes early because Chinese in another encoding practically never is valid UTF-8. Where
    header and page contradict each other the one that decodes with fewer errors wins.
    """
    if forced:
        return codec(forced) or "gb18030"
    for bom, name in BOMS:
        if body.startswith(bom):
            return name
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _least_errors(body, [*_claims(body, content_type), "gb18030", "utf-8"])
    return "utf-8"


def codec(label: str) -> str:
    """Python's name for a declared encoding, gb2312 and gbk read as gb18030; empty when it is unknown."""
    name = label.strip().lower()
    if name in CHINESE:
        return "gb18030"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _claims(body: bytes, content_type: str) -> list[str]:
    """The encodings that header and page claim, in that order."""
    claims = HEADER_CHARSET.findall(content_type)
    claims += [(xml or meta).decode("ascii") for xml, meta in DECLARED.findall(body[:HEAD])]
    # Latin-1 never fails to decode, so its claim is worth nothing against a Chinese page.
    return [name for name in map(codec, claims) if name not in {"", "iso8859-1", "cp1252", "ascii"}]


def _least_errors(body: bytes, names: list[str]) -> str:
    return min(dict.fromkeys(names), key=lambda name: _decoded(body, name).count("\ufffd"))


def _decoded(body: bytes, name: str) -> str:
    return body.decode(name, "replace")
