"""RSS and Atom. The strict path reads what is tidy; feedparser judges the rest, given text and nothing else.

feedparser takes seconds over hostile text (facts/feeds.md B): what is too deep or too long for it is refused.
"""

import io
import re
from calendar import timegm
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from config.clock import SHANGHAI
from notices.intake.dates import date_in, date_of_url
from notices.intake.families import json_feed
from notices.intake.families.strict_feed import Entry, Feed, read_strictly
from notices.intake.listing import ListItem, ListPage, NoRows
from notices.intake.recipes import Recipe
from notices.intake.tree import clean, parse_html, text_of
from notices.intake.troubles import Why

SIGN = re.compile(r"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)", re.IGNORECASE | re.DOTALL)
ENTITY = re.compile(r"<!DOCTYPE[^>]*\[.*?<!ENTITY", re.IGNORECASE | re.DOTALL)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
ZONED = re.compile(r"(?:[A-Z]+|[+-]\d\d:?\d\d)$")
WHOLE = re.compile(
    r"https?://[\w.-]+/[\w./%-]*(?:\?[\w=&%.-]+)?", re.ASCII
)  # addresses that urljoin leaves alone
HEAD = 4096
MOST, DEEPEST = 4 << 20, 256  # characters and nested tags that feedparser is given
CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<(?P<close>/)?[A-Za-z][^<>]*?(?P<empty>/)?>")


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NoRows:
    """The entries of a feed that have a title and a link, in its order."""
    if json_feed.SIGN.match(text):
        return json_feed.parse_list(text, url, recipe)
    refused = refusal(text)
    if refused:
        return refused
    body = DECLARATION.sub("", text)
    strict = read_strictly(body)
    return (_list_page(strict, url) if strict else None) or _judged(body, url)


def refusal(text: str) -> NoRows | None:
    """Why a text is not read at all."""
    if PAGE.match(text) or not SIGN.search(text[:HEAD]):
        return NoRows(Why.WRONG_TYPE, "应是 RSS 或 Atom，返回的是网页")
    if ENTITY.search(text[:HEAD]):
        return NoRows(Why.BROKEN_FEED, "含有自定义实体，为安全起见不读")
    return None


def judge(text: str) -> tuple[Feed, bool]:
    """The entries as feedparser reads them, and whether it had to mend the text."""
    feed = _parse(text)
    entries = tuple(
        Entry(entry.get("title", ""), entry.get("link", "").strip(), _day(entry)) for entry in feed.entries
    )
    return Feed(entries, _next(feed)), bool(feed.bozo)


def entries_of(text: str) -> Sequence[Any]:
    """Feedparser's entries with all that they say; none where the text is not given to it."""
    if refusal(text) or not _is_safe(text):
        return ()
    entries: Sequence[Any] = _parse(DECLARATION.sub("", text)).entries
    return entries


def _is_safe(text: str) -> bool:
    """Whether feedparser will not take seconds over it."""
    return len(text) <= MOST and all(depth <= DEEPEST for depth in nesting(text))


def _judged(text: str, url: str) -> ListPage | NoRows:
    if not _is_safe(text):
        return NoRows(Why.BROKEN_FEED, "过长或嵌套过深，为安全起见不读")
    feed, mended = judge(text)
    return _list_page(feed, url) or NoRows(Why.BROKEN_FEED if mended else Why.NO_ITEMS)


def nesting(text: str) -> Iterator[int]:
    """How deep the tags of a text stand, tag by tag, however broken it is."""
    depth = 0
    for found in TAG.finditer(CDATA.sub("", text)):
        if found["close"]:
            depth -= 1
        elif not found["empty"]:
            depth += 1
        yield depth


def _parse(text: str) -> Any:
    """Feedparser's result. Bytes go in as a file: a bare string could be taken for a path or an address."""
    body = text.encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8"}
    return feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _list_page(feed: Feed, url: str) -> ListPage | None:
    items = tuple(line for entry in feed.entries if (line := _line(entry, url)))
    return ListPage(items, urljoin(url, feed.next_href) if feed.next_href else None) if items else None


def _line(entry: Entry, url: str) -> ListItem | None:
    """An entry that has a title and a link to a web page."""
    title = _plain(entry.title)
    if not title or not entry.link:
        return None
    try:
        address = entry.link if WHOLE.fullmatch(entry.link) else urljoin(url, entry.link)
    except ValueError:
        return None
    return ListItem(title, address, entry.day or date_of_url(address)) if address.startswith("http") else None


def _plain(title: str) -> str:
    """A feed's title may be HTML."""
    if "<" not in title and "&" not in title:
        return clean(title)
    root = parse_html(f"<p>{title}</p>")
    return clean(title if root is None else text_of(root))


def _day(entry: Any) -> date | None:
    """The day in Shanghai. A time without a zone is Shanghai's; feedparser misreads 2019年10月21日."""
    # dict's own get: feedparser's answers for `updated` with `published`, and warns.
    key = next((key for key in ("published", "updated", "created") if dict.get(entry, key)), "")
    raw, moment = entry.get(key, "").strip(), entry.get(f"{key}_parsed")
    if moment and (ZONED.search(raw) or not date_in(raw)):
        return datetime.fromtimestamp(timegm(moment), UTC).astimezone(SHANGHAI).date()
    return date_in(raw)


def _next(feed: Any) -> str:
    """The next page of a paged feed (RFC 5005), unresolved."""
    links = feed.feed.get("links", [])
    return next((link["href"] for link in links if link.get("rel") == "next" and "href" in link), "")
