"""开普 ucap: static HTML lists (page 2 is name_2), or the JSON of /common/search/<channel>."""

import re
from urllib.parse import urljoin

from notices.intake.families.html_list import next_link, page_of, read_tree
from notices.intake.families.json_list import (
    Names,
    at,
    is_json,
    number_at,
    page_of_rows,
    read_json,
    with_query,
)
from notices.intake.listing import ListPage, NoRows
from notices.intake.recipes import Recipe
from notices.intake.troubles import Why

PAGER = re.compile(
    r"""createPageHTML\(\s*["'][\w-]+["']\s*,\s*(?P<count>\d+)\s*,\s*(?P<at>\d+)\s*,\s*["'](?P<stem>[\w-]+)["']\s*,\s*["'](?P<ext>\w+)"""
)

NAMES = Names(title=("title",), url=("url",), day=("publishedTimeStr", "publishedTime"))


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NoRows:
    """The lines of an HTML list, or the results of the JSON interface."""
    if is_json(text):
        return _json_page(text, url)
    if recipe.api:
        return NoRows(Why.WRONG_TYPE, "应是 JSON，返回的是网页")
    root = read_tree(text)
    if isinstance(root, NoRows):
        return root
    return page_of(root, url, recipe, lambda: _next_page(text, url) or next_link(root, url, recipe))


def _next_page(text: str, url: str) -> str | None:
    pager = PAGER.search(text)
    if pager is None or int(pager["at"]) >= int(pager["count"]):
        return None
    return urljoin(url, f"{pager['stem']}_{int(pager['at']) + 1}.{pager['ext']}")


def _json_page(text: str, url: str) -> ListPage | NoRows:
    value = read_json(text)
    if isinstance(value, NoRows):
        return value
    data = at(value, "data")
    page, size, total = (number_at(data, key) for key in ("page", "rows", "total"))
    following = with_query(url, page=page + 1) if page and size and total and page * size < total else None
    return page_of_rows(at(data, "results"), url, NAMES, following)
