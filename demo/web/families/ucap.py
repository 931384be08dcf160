"""开普 ucap: `list.shtml`, `list_2.shtml`, and the same list as JSON under the channel's id."""

import json
import re

from demo.web.families.pages import Document, Family, Listing, detail, listing, rendered
from demo.web.sites import Notice, Site
from demo.web.visits import Visit


class Ucap(Family):
    """Every page carries the moment it was made, so its bytes differ from fetch to fetch."""

    def page_number(self, visit: Visit) -> int | None:
        """`list.shtml` is page 1, `list_2.shtml` page 2."""
        stem, _, suffix = visit.site.path.rpartition(".")
        found = re.fullmatch(rf"{re.escape(stem)}(?:_([2-9]|[1-9]\d+))?\.{re.escape(suffix)}", visit.path)
        return None if found is None else int(found[1] or 1)

    def list_page(self, visit: Visit, shown: Listing) -> Document:
        """The list with the paging script of ucap."""
        return Document(rendered("ucap/list.html", site=visit.site, shown=shown, now=visit.now))

    def detail_page(self, visit: Visit, notice: Notice) -> Document:
        """The notice in its `ucaptitle`, `publishtime` and `ucapcontent` elements."""
        return detail("ucap/detail.html", visit, notice)

    def service(self, visit: Visit) -> Document | None:
        """`/common/search/<channelId>`: a page of the list as JSON, with the bodies."""
        site, channel = visit.site, visit.site.furniture["channel_id"]
        page = visit.query.get("page", "1")
        if visit.path != f"/common/search/{channel}" or not page.isdecimal():
            return None
        shown = listing(site, visit.visible, int(page))
        data = {
            "channelId": channel,
            "page": int(page),
            "rows": site.per_page,
            "total": len(visit.visible),
            "results": [_result(site, notice) for notice in shown.rows] if shown else [],
        }
        return Document(json.dumps({"data": data}, ensure_ascii=False), "application/json")


def _result(site: Site, notice: Notice) -> dict[str, str | int]:
    return {
        "manuscriptId": notice.number,
        "title": notice.title,
        "url": notice.path,
        "channelName": site.column,
        "publishedTime": int(notice.appears_at.timestamp() * 1000),
        "publishedTimeStr": f"{notice.appears_at:%Y-%m-%d %H:%M:%S}",
        "contentHtml": rendered("ucap/body.html", notice=notice),
    }
