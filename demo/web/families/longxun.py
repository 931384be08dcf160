"""龙讯: `ul.doc_list`, paging through the column's number, and a feed of the whole site."""

from demo.web.families.pages import Document, Family, Listing, detail, rendered
from demo.web.sites import Notice
from demo.web.visits import Visit

FEED_LENGTH = 20


class Longxun(Family):
    """Addresses of its notices carry a number and no date."""

    def page_number(self, visit: Visit) -> int | None:
        """The list's address is page 1; further pages lie at `/content/column/<id>?pageIndex=2`."""
        if visit.path in {visit.site.path, visit.site.path.removesuffix("index.html")}:
            return 1
        index = visit.query.get("pageIndex", "1")
        if visit.path != f"/content/column/{visit.site.furniture['column_id']}" or not index.isdecimal():
            return None
        return int(index)

    def list_page(self, visit: Visit, shown: Listing) -> Document:
        """The list with `Ls.pagination`."""
        return Document(rendered("longxun/list.html", site=visit.site, shown=shown))

    def detail_page(self, visit: Visit, notice: Notice) -> Document:
        """The notice in `div.wzcon`."""
        return detail("longxun/detail.html", visit, notice)

    def service(self, visit: Visit) -> Document | None:
        """`/rss/rss.xml?siteId=`: the newest notices as RSS."""
        asked = (visit.path, visit.query.get("siteId"))
        if asked != ("/rss/rss.xml", visit.site.furniture["site_id"]):
            return None
        rows = visit.visible[:FEED_LENGTH]
        return Document(rendered("longxun/rss.xml", site=visit.site, rows=rows), "text/xml")
