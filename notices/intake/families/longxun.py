"""龙讯 (安徽): ul.doc_list with span.date, or a column whose rows come from /site/label/8888 as HTML.

Addresses carry numbers and no dates.
"""

import re
from dataclasses import replace
from urllib.parse import urlencode, urljoin, urlsplit

from notices.intake.families.html_list import list_page
from notices.intake.families.json_list import number_at, query_of, with_query
from notices.intake.listing import ListPage, NeedsMore, NoRows
from notices.intake.recipes import Recipe
from notices.intake.tree import attributes, elements, parse_html, xpath
from notices.intake.troubles import Why

LABEL = "/site/label/8888"
COLUMN = re.compile(r"(?P<before>.*)/public/column/(?P<organ>\d+)")
SITE_ID = xpath("//meta[translate(@name, 'SITED', 'sited') = 'siteid']")
PAGES = re.compile(r"pageCount\s*:\s*(\d+)")
PER_PAGE = 15


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NeedsMore | NoRows:
    """The lines of a list or of the label interface; a column without rows names that interface."""
    page = list_page(text, url, recipe)
    if LABEL in url:
        return (
            replace(page, next_url=_next(text, url, len(page.items))) if isinstance(page, ListPage) else page
        )
    if COLUMN.match(urlsplit(url).path) and not _has_documents(page):
        return _label_request(text, url) or NoRows(Why.CONTAINER_GONE)
    return page


def _has_documents(page: ListPage | NoRows) -> bool:
    """Whether the rows of a column are documents: the menu of a shell has no dates, and is never known."""
    return isinstance(page, ListPage) and (not page.items or any(item.published for item in page.items))


def _label_request(text: str, url: str) -> NeedsMore | None:
    """What the column's script would ask: site from the page's label, organ and category from the address."""
    column, root = COLUMN.match(urlsplit(url).path), parse_html(text)
    labels = [] if root is None else elements(SITE_ID, root)
    site = next((attributes(label).get("content", "") for label in labels), "")
    if column is None or not site:
        return None
    asked = {
        "labelName": "publicInfoList", "siteId": site, "pageSize": PER_PAGE, "pageIndex": 1, "action": "list",
        "isDate": "true", "dateFormat": "yyyy-MM-dd", "organId": column["organ"],
        "type": query_of(url).get("type", "4"), "catId": query_of(url).get("catId", ""),
    }  # fmt: skip
    return NeedsMore(urljoin(url, f"{column['before']}{LABEL}?{urlencode(asked)}"), url)


def _next(text: str, url: str, here: int) -> str | None:
    """The next page of the label interface: as its pager counts, else while pages are full."""
    asked = query_of(url)
    index, size = number_at(asked, "pageIndex") or 1, number_at(asked, "pageSize") or PER_PAGE
    pages = PAGES.search(text)
    more = index < int(pages[1]) if pages else here >= size
    return with_query(url, pageIndex=index + 1) if more else None
