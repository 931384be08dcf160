"""广东 gkmlpt: JSON of /gkmlpt/api/all/<channel>, 100 articles a page; columns may also be plain lists."""

import re
from urllib.parse import urljoin, urlsplit

from notices.intake.families.html_list import next_link, page_of, read_tree
from notices.intake.families.json_list import (
    Names,
    at,
    is_json,
    number_at,
    page_of_rows,
    query_of,
    read_json,
    with_query,
)
from notices.intake.listing import ListPage, NeedsMore, NoRows
from notices.intake.recipes import Recipe

SHELL = re.compile(r"(?P<before>.*?)/gkmlpt/(?:index|policy)")
SITE_ID = re.compile(r"""\bSID["']?\s*:\s*["']?(\d+)""")
PER_PAGE = 100
NAMES = Names(
    title=("title",),
    url=("post_url", "url"),
    day=("created_at", "display_publish_time", "first_publish_time", "date", "create_time"),
)


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NeedsMore | NoRows:
    """The articles of the interface, the lines of a plain list, or the request that a shell stands for."""
    if is_json(text):
        return _articles(text, url)
    shell = SHELL.match(urlsplit(url).path)
    if shell:
        return _request(text, url, shell["before"])
    root = read_tree(text)
    if isinstance(root, NoRows):
        return root
    return page_of(root, url, recipe, lambda: next_link(root, url, recipe))


def _request(text: str, url: str, before: str) -> NeedsMore:
    """The channel stands in the address behind #, none is all; the site's number stands in the page."""
    channel = urlsplit(url).fragment
    asked = urljoin(url, f"{before}/gkmlpt/api/all/{channel if channel.isdigit() else 0}?page=1")
    site = SITE_ID.search(text)
    return NeedsMore(with_query(asked, sid=site[1]) if site else asked, url.partition("#")[0])


def _articles(text: str, url: str) -> ListPage | NoRows:
    value = read_json(text)
    if isinstance(value, NoRows):
        return value
    total, here = number_at(value, "total"), number_at(query_of(url), "page") or 1
    following = with_query(url, page=here + 1) if total and here * PER_PAGE < total else None
    return page_of_rows(at(value, "articles"), url, NAMES, following)
