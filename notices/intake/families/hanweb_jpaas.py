"""大汉 jpaas: the page is a shell whose script names a unit; the unit's JSON holds the list as HTML.

江西's sites ask /queryList instead, by a form that names site and column, and get the rows as JSON
(facts/sources.yaml, hanweb_jpaas).
"""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from notices.intake.families.html_list import page_of, read_tree
from notices.intake.families.json_list import (
    Names,
    at,
    is_json,
    number_at,
    page_of_rows,
    read_json,
    with_query,
)
from notices.intake.listing import Form, ListPage, NeedsMore, NoRows
from notices.intake.recipes import Recipe
from notices.intake.tree import Element, attributes, elements, parse_html, xpath
from notices.intake.troubles import Why

SCRIPTS = xpath("//script[@url]")
UNIT = re.compile(r"/front/page/build/unit")
PAIR = re.compile(r"""["'](\w+)["']\s*:\s*["']([^"']*)["']""")
LIST_TAG = re.compile(
    r"列表|list|分页|内容区|内容|栏目", re.IGNORECASE
)  # how sites call the unit of the list
PAGER = xpath("//*[@rows and @count]")
QUERY_LIST = re.compile(r"""["']([^"'\s]*/queryList)["']""")
FIELD = re.compile(
    r"""["']?(webSiteCode|channelCode|channelId|unitid)(?:\[\])?["']?\s*[:=,]\s*\[?\s*["']([\w-]+)"""
)
COLUMN = re.compile(r"/(?P<site>\w+)/(?:col/)?(?P<column>\w+)/(?:index\.html)?$")
NAMES = Names(title=("title", "showTitle"), url=("address",), day=("pubDate", "deployTime"))
PAGE_SIZE = "15"


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NeedsMore | NoRows:
    """The lines, where the address is an interface's; else what must be asked for them."""
    if is_json(text):
        return parse_unit(text, url, url, recipe)
    root = read_tree(text)
    if isinstance(root, NoRows):
        return root
    asked = _unit(root, url) or _query_list(text, url)
    if asked:
        return asked
    return page_of(root, url, recipe, lambda: None)


def parse_unit(text: str, url: str, base: str, recipe: Recipe) -> ListPage | NoRows:
    """The lines of an interface's answer; relative links are those of the page `base`."""
    value = read_json(text)
    if isinstance(value, NoRows):
        return value
    if isinstance(at(value, "data", "results"), list):
        return _results(value, url, base)
    html = at(value, "data", "html")
    root = parse_html(html) if isinstance(html, str) and html.strip() else None
    if root is None:
        return NoRows(Why.NO_ITEMS if html == "" else Why.CONTAINER_GONE, "JSON 里没有 data.html")
    return page_of(root, base, recipe, lambda: _next_unit(root, url))


def _unit(root: Element, url: str) -> NeedsMore | None:
    """The request for the unit that holds the list: by its tag, else the last one of the page."""
    scripts = [attributes(script) for script in elements(SCRIPTS, root)]
    units = [script for script in scripts if UNIT.search(script["url"]) and script.get("querydata")]
    asked = [(script["url"], dict(PAIR.findall(script["querydata"]))) for script in units]
    if not asked:
        return None
    named = [one for one in asked if LIST_TAG.search(one[1].get("tagId", ""))]
    path, query = (named or asked)[-1]
    return NeedsMore(f"{urljoin(url, path)}?{urlencode(query)}", url)


def _query_list(text: str, url: str) -> NeedsMore | None:
    """The form that 江西's pages send, its fields read off the script, else off the address."""
    named = QUERY_LIST.search(text)
    if named is None:
        return None
    place = COLUMN.search(urlsplit(url).path)
    told = dict(FIELD.findall(text))
    site = told.get("webSiteCode") or (place["site"] if place else "")
    column = told.get("channelCode") or (place["column"] if place else "")
    by_id = told.get("channelId")
    if not site or not (column or by_id):
        return None
    which = ("channelId[]", by_id) if by_id and "channelCode" not in told else ("channelCode[]", column)
    unit = (("unitid", told["unitid"]),) if "unitid" in told else ()
    form = (("current", "1"), ("pageSize", PAGE_SIZE), ("webSiteCode[]", site), which, *unit)
    return NeedsMore(_noted(urljoin(url, named[1]), form), url, form)


def _noted(url: str, form: Form) -> str:
    """The address with its form behind #, which no server sees: the next page's form is made from it."""
    return f"{url.partition('#')[0]}#{urlencode(form)}"


def _next_unit(root: Element, url: str) -> str | None:
    """The unit's next page, as its pager counts: rows a page, rows in all, and where we are."""
    pager = next(iter(elements(PAGER, root)), None)
    if pager is None:
        return None
    told = attributes(pager)
    size, count, here = (number_at(told, key) for key in ("rows", "count", "pageno"))
    here = here or 1
    if not size or not count or here * size >= count:
        return None
    wanted = json.dumps({"pageNo": here + 1, "pageSize": size}, separators=(",", ":"))
    return with_query(url, paramJson=wanted)


def _results(value: Any, url: str, base: str) -> ListPage | NoRows:
    rows = [_row(at(result, "source") or result) for result in at(value, "data", "results")]
    form = _next_form(url, number_at(value, "data", "total"))
    return page_of_rows(rows, base, NAMES, _noted(url, form) if form else None, form)


def _row(source: Any) -> Any:
    """A result with its address out of `urls`, JSON within JSON."""
    if not isinstance(source, dict):
        return source
    urls = read_json(str(source.get("urls") or "{}"))
    address = source.get("url") or at(urls, "pc") or at(urls, "common")
    return {**source, "address": address}


def _next_form(url: str, total: int | None) -> Form:
    asked = dict(parse_qsl(urlsplit(url).fragment))
    here, size = number_at(asked, "current"), number_at(asked, "pageSize")
    if not here or not size or total is None or here * size >= total:
        return ()
    return tuple({**asked, "current": str(here + 1)}.items())
