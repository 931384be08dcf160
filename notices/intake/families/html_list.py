"""What the HTML families share: a page becomes lines, or the reason why it has none."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from notices.intake.listing import ListPage, NoRows
from notices.intake.recipes import Recipe
from notices.intake.rows import read_unless_known
from notices.intake.tree import Element, elements, parse_html, text_at, xpath
from notices.intake.troubles import Why

NOT_HTML = re.compile(r"\s*(?:[{\[]|%PDF|PK\x03\x04|<\?xml(?![^>]*>\s*<(?:!doctype\s+)?html))", re.IGNORECASE)
Following = Callable[[], str | None]
NEXT_LINK = xpath("//a[contains(., '下一页') or contains(., '下页')]/@href")


def read_tree(text: str) -> Element | NoRows:
    """The page's tree, or that it is no web page."""
    if NOT_HTML.match(text):
        return NoRows(Why.WRONG_TYPE, "应是网页")
    root = parse_html(text)
    return NoRows(Why.CONTAINER_GONE, "空白页") if root is None else root


def page_of(root: Element, url: str, recipe: Recipe, following: Following) -> ListPage | NoRows:
    """The lines of a page, or whether at least the place for them is there.

    `following`: the next page's address, asked only where lines were read.
    """
    items, look = read_unless_known(root, url, recipe)
    if items:
        return ListPage(items, following(), look=look)
    if look and look == recipe.known_look:
        return ListPage((), look=look)
    container = recipe.container_of_rows
    there = container is not None and bool(elements(container, root))
    return NoRows(Why.NO_ITEMS if there else Why.CONTAINER_GONE)


def next_link(root: Element, url: str, recipe: Recipe) -> str | None:
    """The next page's address as the recipe or a link 下一页 gives it."""
    href = text_at(recipe.next or NEXT_LINK, root).split(" ")[0]
    return urljoin(url, href) if href and not href.startswith(("#", "javascript:")) else None


def list_page(text: str, url: str, recipe: Recipe) -> ListPage | NoRows:
    """A plain list page whose next page is linked."""
    root = read_tree(text)
    if isinstance(root, NoRows):
        return root
    return page_of(root, url, recipe, lambda: next_link(root, url, recipe))
