"""大汉 jcms: the first rows stand as XML records inside a script; further ones come from dataproxy.jsp."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from notices.intake.families.html_list import list_page
from notices.intake.listing import ListItem, ListPage, NoRows
from notices.intake.recipes import Recipe
from notices.intake.rows import read_rows
from notices.intake.tree import parse_html
from notices.intake.troubles import Why

PROXY = re.compile(r"""["'](?P<url>[^"'\s]*dataproxy\.jsp\?[^"'\s]*)["']""")
# Newer pages tell the proxy and its parameters apart, in a call of jpage.
JPAGE = re.compile(r"""(?:proxyUrl|url)\s*:\s*["'](?P<url>[^"'\s?]*dataproxy\.jsp)["']""")
ASKED = re.compile(
    r"""\b(webid|path|columnid|unitid|webname|sourceContentType|permissiontype|appid)\s*:\s*["']([^"']*)["']"""
)
TOTAL = re.compile(r"<totalrecord>(\d+)</totalrecord>|totalRecord\s*:\s*(\d+)")
PER_PAGE = 25


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NoRows:
    """The records of a column or of the proxy's answer; a page without records is read as HTML."""
    store = _between(text, "<datastore>", "</datastore>")
    if store is None:
        return list_page(text, url, recipe)
    records = [record for part in store.split("<record>")[1:] if (record := _record(part)) is not None]
    items = tuple(item for record in records for item in _lines(record, url, recipe))
    if not items:
        return NoRows(Why.CONTAINER_GONE if records else Why.NO_ITEMS)
    return ListPage(items, _next_page(text, url, len(records)))


def _record(part: str) -> str | None:
    """The CDATA of a record that is whole."""
    whole, end, _ = part.partition("</record>")
    return _between(whole, "<![CDATA[", "]]>") if end else None


def _between(text: str, begin: str, end: str) -> str | None:
    """What stands between two marks, sought once: a regular expression would start anew at every mark."""
    _, begun, rest = text.partition(begin)
    inside, ended, _ = rest.partition(end)
    return inside if begun and ended else None


def _lines(record: str, url: str, recipe: Recipe) -> tuple[ListItem, ...]:
    """A record holds one line; `rows` of a recipe are looked for within it."""
    root = parse_html(f"<html><body>{record}</body></html>")
    return () if root is None else read_rows(root, url, recipe)


def _next_page(text: str, url: str, here: int) -> str | None:
    """The next stretch of records, asked of the proxy that the page names (or that this answer came from)."""
    parts = urlsplit(_proxy(text, url))
    if "dataproxy.jsp" not in parts.path:
        return None
    asked = dict(parse_qsl(parts.query))
    before = int(asked.get("startrecord", "1")) - 1 if "dataproxy.jsp" in url else 0
    total = TOTAL.search(text)
    if total and before + here >= int(total[1] or total[2]):
        return None
    start = before + here + 1
    asked |= {
        "startrecord": str(start),
        "endrecord": str(start + PER_PAGE - 1),
        "perpage": str(PER_PAGE),
        "col": "1",
    }
    return parts._replace(query=urlencode(asked)).geturl()


def _proxy(text: str, url: str) -> str:
    """The proxy's address with all that it is to be asked; the page's own where it names none."""
    named = PROXY.search(text)
    if named:
        return urljoin(url, str(named["url"]).replace("&amp;", "&"))
    called = JPAGE.search(text)
    asked: dict[str, str] = {"appid": "1", **dict(ASKED.findall(text))}
    if called is None or not {"unitid", "columnid"} <= asked.keys():
        return url
    return f"{urljoin(url, called['url'])}?{urlencode(asked)}"
