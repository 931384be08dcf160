"""JEECMS: `.jhtml` pages; the site of this family gives its list as RSS 2.0."""

from demo.web.families.pages import Document, Family, Listing, detail, rendered
from demo.web.sites import Notice
from demo.web.visits import Visit

SUMMARY_LENGTH = 120


class Jeecms(Family):
    """The list that is polled is the feed; the same list for people lies beside its notices."""

    def page_number(self, visit: Visit) -> int | None:
        """The feed is one page."""
        return 1 if visit.path == visit.site.path else None

    def list_page(self, visit: Visit, shown: Listing) -> Document:
        """RSS 2.0 with the beginning of each text as its description."""
        summaries = {notice.url: notice.text[:SUMMARY_LENGTH] + "…" for notice in shown.rows}
        text = rendered("jeecms/feed.xml", site=visit.site, shown=shown, summaries=summaries)
        return Document(text, "application/rss+xml")

    def detail_page(self, visit: Visit, notice: Notice) -> Document:
        """The notice in `#article_con`."""
        return detail("jeecms/detail.html", visit, notice)

    def service(self, visit: Visit) -> Document | None:
        """The list as a page for people."""
        folder = visit.site.furniture["people_folder"]
        if visit.path not in {folder, f"{folder}index.jhtml"}:
            return None
        rows = visit.visible[: visit.site.per_page]
        return Document(rendered("jeecms/list.html", site=visit.site, rows=rows))
