"""What a feed itself says of an entry: for a notice whose page cannot be had. Pure.

The text may be the whole notice or its first lines, so it stands in until the page can be fetched.
"""

import html
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin

from notices.intake.answers import Fetched
from notices.intake.decoding import decode
from notices.intake.detail import Page, page_of_words
from notices.intake.families import feed, json_feed
from notices.intake.families.json_list import at, read_json
from notices.intake.identity import plain, url_key
from notices.intake.recipes import Recipe

# The label of a revision that was made from a feed, and what stands there.
LABEL, FEED = "正文来自", "订阅源所附文字"
FORMATTED = ("content_html", "content_text", "summary")


def page_in_feed(
    answer: Fetched, recipe: Recipe, url: str, title: str, published: date | None
) -> Page | None:
    """The notice at `url` as the feed tells it; None where the feed says nothing beyond the title.

    `answer`: the feed. `recipe`: its source's.
    """
    text = decode(answer.body, answer.content_type, recipe.charset)
    key = url_key(url)
    said = next((said for address, said in _entries(text, answer.url) if url_key(address) == key), "")
    page = page_of_words(title, published, said, url, {LABEL: FEED}) if said else None
    return page if page and plain(page.text) not in {"", plain(title)} else None


def _entries(text: str, url: str) -> Iterator[tuple[str, str]]:
    """Each entry's address and its longest text, as HTML."""
    if json_feed.SIGN.match(text):
        told = at(read_json(text), "items")
        for row in told if isinstance(told, list) else []:
            yield str(at(row, "url") or at(row, "id") or ""), _json_words(row)
        return
    for entry in feed.entries_of(text):
        yield urljoin(url, entry.get("link", "").strip()), _words(entry)


def _words(entry: Any) -> str:
    """content:encoded or atom:content, else summary or description."""
    parts = [*entry.get("content", []), entry.get("summary_detail", {})]
    said = [_html(part.get("value") or "", part.get("type") or "") for part in parts]
    return max(said, key=len, default="")


def _json_words(row: Any) -> str:
    said = {name: str(at(row, name) or "") for name in FORMATTED}
    formatted = said.pop("content_html")
    return formatted or _html(max(said.values(), key=len), "text/plain")


def _html(value: str, kind: str) -> str:
    """A text as HTML; of one that says to be plain each line is a paragraph."""
    if kind != "text/plain":
        return value
    return "".join(f"<p>{html.escape(line)}</p>" for line in value.splitlines() if line.strip())
