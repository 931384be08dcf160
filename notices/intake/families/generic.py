"""Any other list: a page by the XPaths of its own recipe, else found by its links and dates; or JSON.

A JSON answer is searched for its longest list of rows that have a title and an address (辽宁's portal, say).
新华's sites show a page whose list lies in a file beside it (facts/sources.yaml, govcn_xinhua).
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from notices.intake.families.html_list import list_page
from notices.intake.families.json_list import Names, at, is_json, page_of_rows, read_json
from notices.intake.listing import ListPage, NeedsMore, NoRows
from notices.intake.recipes import Recipe

SHELL = re.compile(r"""<ul\b(?=[^>]*\bid=["']showData\d*["'])[^>]*\bdata=["'](?:datasource:)?(\w{16,})["']""")
NAMES = Names(
    title=("title", "doctitle", "docTitle", "showTitle", "TITLE", "name"),
    url=("url", "publishUrl", "docpuburl", "linkUrl", "link", "href", "URL"),
    day=("publishTime", "publishDate", "pubDate", "PubDate", "docreltime", "releaseDate", "date", "time"),
)
DEEPEST = 6  # levels of an answer that are looked into


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NeedsMore | NoRows:
    """The lines of the list, of a page or of JSON; or the file beside the page that holds them."""
    if is_json(text):
        value = read_json(text)
        return value if isinstance(value, NoRows) else page_of_rows(_longest(value), url, NAMES)
    shell = None if recipe.rows else SHELL.search(text)
    if shell:
        return NeedsMore(urljoin(url, f"ds_{shell[1]}.json"), url)
    return list_page(text, url, recipe)


def _longest(value: Any) -> list[Any] | None:
    """The list with most rows that can be lines; None where no list has one."""
    return max(_lists(value, DEEPEST), key=_usable, default=None)


def _lists(value: Any, deep: int) -> Iterator[list[Any]]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, list):
        yield value
    if deep:
        for one in inside:
            yield from _lists(one, deep - 1)


def _usable(rows: list[Any]) -> int:
    return sum(
        any(at(row, key) for key in NAMES.title) and any(at(row, key) for key in NAMES.url) for row in rows
    )
