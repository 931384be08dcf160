"""拓尔思 WCM: static pages, relative links, the list's second page is `index_1`."""

import posixpath
import re

from demo.web.families.pages import Document, Family, Listing, detail, rendered
from demo.web.sites import Notice, Site
from demo.web.visits import Visit

LIST_FILE = re.compile(r"index(?:_([1-9]\d*))?\.(\w+)")


class Trs(Family):
    """Each site has its own look (`templates/trs/<look>_list.html`), as TRS sites have.

    There is no other service: the search that such sites offer lies on another host.
    """

    def page_number(self, visit: Visit) -> int | None:
        """`/` and `index` are page 1, `index_1` page 2; only with the list's own extension."""
        folder, _, file = visit.path.rpartition("/")
        if folder != visit.site.path.rpartition("/")[0]:
            return None
        found = LIST_FILE.fullmatch(file or f"index.{visit.site.furniture['suffix']}")
        if found is None or found[2] != visit.site.furniture["suffix"]:
            return None
        return int(found[1] or 0) + 1

    def list_page(self, visit: Visit, shown: Listing) -> Document:
        """The list with its `createPageHTML` paging script."""
        links = {notice.url: _relative(visit.site, notice) for notice in shown.rows}
        template = f"trs/{visit.site.look}_list.html"
        return Document(rendered(template, site=visit.site, shown=shown, links=links))

    def detail_page(self, visit: Visit, notice: Notice) -> Document:
        """The notice between its crumbs and its share bar."""
        return detail(f"trs/{visit.site.look}_detail.html", visit, notice)


def _relative(site: Site, notice: Notice) -> str:
    """The href as WCM writes it: relative on the list's own host, absolute elsewhere."""
    if notice.host != site.host:
        return notice.url
    path = posixpath.relpath(notice.path, site.path.rpartition("/")[0] or "/")
    return path if path.startswith("../") else f"./{path}"
