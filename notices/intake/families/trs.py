"""拓尔思 WCM: static lists with relative addresses; page 2 is index_1 with the extension of page 1."""

import re

from notices.intake.absolute import joined
from notices.intake.families.html_list import next_link, page_of, read_tree
from notices.intake.families.json_list import Names, at, is_json, page_of_rows, read_json
from notices.intake.listing import ListPage, NoRows
from notices.intake.recipes import Recipe

PAGER_CALL = "createPageHTML("
PAGER = re.compile(
    r"""createPageHTML\(\s*(?P<count>\d+)\s*,\s*(?P<at>\d+)\s*,\s*["'](?P<stem>[\w-]+)["']\s*,\s*["'](?P<ext>\w+)"""
)
COUNT = re.compile(r"countPage\s*=\s*(\d+)")
AT = re.compile(r"currentPage\s*=\s*(\d+)")
FILE = re.compile(r"/(?P<stem>[a-zA-Z][\w-]*?)(?:_(?P<at>\d+))?\.(?P<ext>s?html?)$")
NAMES = Names(
    title=("doctitle", "title", "TITLE"),
    url=("docpuburl", "url", "URL"),
    day=("docreltime", "PubDate", "pubDate", "docpubtime"),
)


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NoRows:
    """The lines of a TRS list, or of its search interface where the recipe names that."""
    if recipe.api and is_json(text):
        return _search_results(text, url)
    root = read_tree(text)
    if isinstance(root, NoRows):
        return root
    return page_of(
        root,
        url,
        recipe,
        lambda: next_link(root, url, recipe) if recipe.next else _next_page(text, url),
    )


def _search_results(text: str, url: str) -> ListPage | NoRows:
    """The documents of was5 or fjdzapp searches, and of a column's static JSON."""
    value = read_json(text)
    return value if isinstance(value, NoRows) else page_of_rows(at(value, "data"), url, NAMES)


def _next_page(text: str, url: str) -> str | None:
    """Page number n (from 0) of a list is index_n; the script in the page says how many there are."""
    script = text.find(PAGER_CALL)  # quicker than the pattern over a whole page
    pager = PAGER.search(text, script) if script >= 0 else None
    file = FILE.search(url.partition("?")[0])
    if pager:
        count, at, stem, ext = int(pager["count"]), int(pager["at"]), pager["stem"], pager["ext"]
    else:
        found = COUNT.search(text)
        here = AT.search(text)
        count, at = int(found[1]) if found else 0, int(here[1]) if here else 0
        stem, ext = (file["stem"], file["ext"]) if file else ("index", "html")
    if file:
        ext = file["ext"]
    return joined(url, f"{stem}_{at + 1}.{ext}") if at + 1 < count else None
