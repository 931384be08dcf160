"""大汉 jcms: the first rows stand as CDATA in a script, the rest comes from `dataproxy.jsp`."""

from demo.web.families.pages import Document, Family, Listing, detail, rendered
from demo.web.sites import Notice
from demo.web.visits import Visit

PROXY = "/module/web/jpage/dataproxy.jsp"


class HanwebJcms(Family):
    """`/col/col<n>/index.html` lists what lies at `/art/<y>/<m>/<d>/art_<n>_<id>.html`."""

    def page_number(self, visit: Visit) -> int | None:
        """The column's address, which is the only list page; later rows are not pages."""
        return 1 if visit.path in {visit.site.path, visit.site.path.removesuffix("index.html")} else None

    def list_page(self, visit: Visit, shown: Listing) -> Document:
        """The shell of the column with its datastore."""
        return Document(rendered("hanweb/column.html", site=visit.site, shown=shown, proxy=PROXY))

    def detail_page(self, visit: Visit, notice: Notice) -> Document:
        """The notice between its ContentStart and ContentEnd marks."""
        return detail("hanweb/article.html", visit, notice)

    def service(self, visit: Visit) -> Document | None:
        """`dataproxy.jsp`: rows `startrecord` to `endrecord` (from 1, inclusive) of the column as XML."""
        site = visit.site
        if (visit.path, visit.query.get("columnid")) != (PROXY, site.furniture["column_id"]):
            return None
        first, last = _record(visit, "startrecord", 1), _record(visit, "endrecord", site.per_page)
        rows, total = visit.visible[max(first, 1) - 1 : last], len(visit.visible)
        pages = -(-total // site.per_page)
        return Document(rendered("hanweb/datastore.xml", rows=rows, total=total, pages=pages), "text/xml")


def _record(visit: Visit, name: str, otherwise: int) -> int:
    given = visit.query.get(name, "")
    return int(given) if given.isdecimal() else otherwise
