"""The files that a notice links to. Their names carry meaning: 申报书, 汇总表, 指南 (facts/feeds.md C3)."""

import re
from dataclasses import dataclass
from posixpath import basename
from urllib.parse import unquote, urljoin, urlsplit

from notices.intake.tree import Element, clean, elements, text_of, xpath

FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|zip|rar|7z)$", re.IGNORECASE)
LINKS = xpath(".//a[@href]")
NAMELESS = re.compile(r"(?:点击|附件|文件|立即|此处)*下载|附件\s*\d*|点击(?:这里|此处|查看)|查看")
AREA = re.compile(r"attach|fujian|(?:^|[\s_-])fj|enclosure|annex", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AttachmentLink:
    """A file's name for people and its absolute address."""

    name: str
    url: str


def is_file(url: str) -> bool:
    """Whether an address leads to a document or archive rather than a page."""
    return FILE.search(url.partition("?")[0].rstrip()) is not None or FILE.search(url.rstrip()) is not None


def find_attachments(root: Element, body: Element | None, base: str) -> tuple[AttachmentLink, ...]:
    """The files linked in the body, then those that stand elsewhere on the page marked as attachments."""
    inside = [] if body is None else elements(LINKS, body)
    beside = [link for link in elements(LINKS, root) if _is_promising(link) and _is_area(link)]
    found: dict[str, AttachmentLink] = {}
    for link in [*filter(_is_promising, inside), *beside]:
        url = _address(link, base)
        if url:
            found.setdefault(url, AttachmentLink(_name(link, url), url))
    return tuple(found.values())


def _is_promising(link: Element) -> bool:
    """Whether the address or the name that people see ends as a file's does."""
    return is_file(link.get("href") or "") or FILE.search(text_of(link).rstrip()) is not None


def _address(link: Element, base: str) -> str:
    try:
        url = urljoin(base, (link.get("href") or "").strip())
    except ValueError:
        return ""
    return url if url.startswith(("http://", "https://")) and url.isprintable() else ""


def _is_area(link: Element) -> bool:
    """Whether the link stands under the word 附件 or in a block that the page names so."""
    for outer in list(link.iterancestors())[:3]:
        marks = f"{outer.get('class') or ''} {outer.get('id') or ''}"
        if AREA.search(marks) or clean(text_of(outer)).startswith("附件"):
            return True
    return False


def _name(link: Element, url: str) -> str:
    """The link's text, its title, or the file's own name; the first that says something."""
    shown = (clean(text_of(link)), clean(link.get("title") or ""))
    telling = (name for name in shown if name and not NAMELESS.fullmatch(name))
    return next(telling, "") or unquote(basename(urlsplit(url).path)) or shown[0]
