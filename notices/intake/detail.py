"""A detail page: its title, day, issuer, body and files, as values."""

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin

import nh3
from lxml import etree

from notices.intake.answers import Fetched
from notices.intake.attachments import AttachmentLink, find_attachments, is_file
from notices.intake.body import find_body
from notices.intake.decoding import decode
from notices.intake.furniture import strip_furniture
from notices.intake.metas import Labels, read_labels
from notices.intake.plain_text import plain_text
from notices.intake.recipes import Recipe
from notices.intake.tree import Element, clean, elements, parse_html, text_at, text_of, xpath
from notices.intake.troubles import Why

TAGS = frozenset({
    "p", "div", "span", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "u",
    "s", "sub", "sup", "a", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "center", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col",
})  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "p": {"align"},
}
HEADING = xpath("//h1 | //h2 | //h3")
WINDOW_TITLE = xpath("//title")
PARTS = re.compile(r"\s*[_|–—]\s*|\s+-\s+")
CUT = re.compile(r"(?:\.{2,}|…+)$")
SHORTEST_TITLE = 6
NOT_A_PAGE = re.compile(r"pdf|msword|officedocument|ms-excel|octet-stream|zip|rar|ofd|^image/")


@dataclass(frozen=True, slots=True)
class Page:
    """What a detail page says: sanitised `html`, `text` in paragraphs, its labels as found in `meta`."""

    title: str
    published: date | None = None
    issuer_hint: str = ""
    html: str = ""
    text: str = ""
    attachments: tuple[AttachmentLink, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoPage:
    """A page without a notice, and why."""

    why: Why
    detail: str = ""


def read_page(answer: Fetched, recipe: Recipe, listed: str) -> Page | NoPage:
    """The notice on a fetched page, or on a bare file; `listed` is its title in the list."""
    if is_file(answer.url) or NOT_A_PAGE.search(answer.content_type):
        return Page(listed, attachments=(AttachmentLink(listed, answer.url),))
    text = decode(answer.body, answer.content_type, recipe.charset)
    root = parse_html(text)
    if root is None:
        return NoPage(Why.NO_BODY, "空白页")
    labels = read_labels(root)
    title = _title(root, labels, listed)
    body = find_body(text, root, title, recipe)
    attachments = find_attachments(root, body, answer.url)
    if body is None and not attachments:
        return NoPage(Why.NO_BODY)
    return _page(title, labels, body, attachments, answer.url)


def page_of_words(
    title: str, published: date | None, words: str, url: str, meta: dict[str, str]
) -> Page | None:
    """A page that was not fetched, from the HTML that somebody else gives of it; None where that is empty."""
    body = parse_html(f"<html><body>{words}</body></html>")
    if body is None:
        return None
    files = find_attachments(body, body, url)
    strip_furniture(body)
    return Page(title, published, "", _sanitised(body, url), plain_text(body), files, meta)


def _page(
    title: str, labels: Labels, body: Element | None, attachments: tuple[AttachmentLink, ...], url: str
) -> Page:
    text = "" if body is None else plain_text(body)
    html = "" if body is None else _sanitised(body, url)
    return Page(title, labels.published, labels.issuer, html, text, attachments, labels.known)


def _title(root: Element, labels: Labels, listed: str) -> str:
    """ArticleTitle; else a heading or window title that completes the list's title; else that."""
    if len(labels.title) >= SHORTEST_TITLE:
        return labels.title
    stem = CUT.sub("", listed)
    shown = [clean(text_of(heading)) for heading in elements(HEADING, root)]
    shown += [clean(part) for part in PARTS.split(text_at(WINDOW_TITLE, root))]
    return next((title for title in shown if title.startswith(stem)), listed)


def _sanitised(body: Element, url: str) -> str:
    """The body's HTML with absolute links and nothing that runs, loads or styles."""
    for link in body.iter("a"):
        if link.get("href"):
            link.set("href", urljoin(url, (link.get("href") or "").strip()))
    raw = etree.tostring(body, encoding="unicode", method="html", with_tail=False)
    return nh3.clean(
        raw, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}
    ).strip()
