"""When two lines are one item, and two pages one notice (DESIGN 4.2). Pure.

Within a source an item is its canonical address. Across sites a notice is one only where issuer and 文号
agree, or issuer, title, date and body do; everything else stays a notice of its own, since a lost notice is
worse than a second one.
"""

import hashlib
import re
import unicodedata
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from notices.intake.metas import DOC_NO

DEFAULT_PORTS = {"http": 80, "https": 443}
INDEX = re.compile(r"/(?:index|default)\.s?html?$")
INDEXES = tuple(f"/{name}.{ext}" for name in ("index", "default") for ext in ("html", "htm", "shtml", "shtm"))
SIMPLE = re.compile(r"https?://(?:www\.)?([a-z0-9.-]+)(/[\w.~/-]*)?", re.ASCII)
TRACKING = re.compile(r"utm_\w+|spm|from|timestamp|_t|t")
NOT_WORDS = re.compile(r"[\W_]+")
OWN_DOC_NO = re.compile(rf"(?:文号[：:]?)?({DOC_NO})")
OPENING_LINES = 8  # a notice's own 文号 stands alone on one of its first lines; later ones are cited
# 本站, 市经信局, 综合处: a name that many places share tells nothing about who issued it.
UNSPECIFIC = re.compile(
    r"(?:本[站网]|[我本]?[省市县区][^省市县区]{1,12}|.{0,10}[处科室]|.*(?:网站?|中心|编辑部)|\S{0,2})"
)


def canonical(url: str) -> str:
    """An address without scheme, www., default port, fragment, index file and tracking."""
    if (simple := SIMPLE.fullmatch(url)) and "//" not in (path := simple[2] or "/"):
        return simple[1] + (INDEX.sub("/", path) if path.endswith(INDEXES) else path)  # as below, but quick
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    port = parts.port if parts.port != DEFAULT_PORTS.get(parts.scheme) else None
    asked = sorted(
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])
    )
    return f"{host}{f':{port}' if port else ''}{place(url)}{'?' if asked else ''}{urlencode(asked)}"


def place(url: str) -> str:
    """The path alone: the alias under which an item is still known when its site changes its name."""
    path = re.sub(r"/{2,}", "/", unquote(urlsplit(url).path)) or "/"
    return INDEX.sub("/", path)


@lru_cache(maxsize=8192)  # a poll asks for a line's key several times
def url_key(url: str) -> str:
    """The key of an item within its source: 64 hex digits."""
    return _digest("url", canonical(url))


def identities(
    *, source: str, url: str, issuer: str, doc_no: str, title: str, published: date | None, text: str
) -> tuple[str, ...]:
    """The names a notice may be known by, the strongest first; the last, by its address, it always has."""
    names = []
    if issuer and doc_no:
        names.append(_digest("document", plain(issuer), doc_no))
    if issuer and published and plain(text):
        names.append(_digest("content", plain(issuer), plain(title), published.isoformat(), plain(text)))
    return (*names, _digest("address", source, url_key(url)))


def same_title(one: str, other: str) -> bool:
    """Whether two titles can be of one document: a policy and its 解读 may carry one 文号, not one title."""
    a, b = plain(one), plain(other)
    return a == b or (min(len(a), len(b)) >= 10 and (a in b or b in a) and abs(len(a) - len(b)) <= 15)


def specific_issuer(hint: str, usual: str) -> str:
    """The issuer: the page's own word if it names a place or a ministry, else the source's usual one."""
    return usual if not hint or UNSPECIFIC.fullmatch(hint) else hint


def own_doc_no(label: str, text: str) -> str:
    """A notice's own 文号 in one spelling: the label's, else one alone on a first line, else empty."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][:OPENING_LINES]
    found = (OWN_DOC_NO.fullmatch(line) for line in [label, *lines])
    number = next((match[1] for match in found if match), "")
    return NOT_WORDS.sub("", unicodedata.normalize("NFKC", number)).replace("第", "")


def plain(text: str) -> str:
    """Text without blanks, punctuation and width, for comparison."""
    return NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
