"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

import re
from datetime import datetime
from typing import Any

from config.clock import SHANGHAI
from notices.intake.families.json_list import Names, at, page_of_rows, read_json
from notices.intake.listing import ListPage, NoRows
from notices.intake.recipes import Recipe

SIGN = re.compile(r"[\s\ufeff]*\{(?=.{0,4000}?jsonfeed\.org\\?/version)", re.DOTALL)
NAMES = Names(
    title=("title", "summary", "content_text"),
    url=("url", "external_url", "link"),
    day=("day",),
)


def parse_list(text: str, url: str, _recipe: Recipe) -> ListPage | NoRows:
    """The items of a feed; an item without a title goes by the beginning of its text."""
    feed = read_json(text)
    if isinstance(feed, NoRows):
        return feed
    following = at(feed, "next_url")
    rows = at(feed, "items")
    items = [_row(row) for row in rows] if isinstance(rows, list) else rows
    return page_of_rows(items, url, NAMES, following if isinstance(following, str) else None)


def _row(row: Any) -> Any:
    """The item with the day in Shanghai of its RFC 3339 moment, and its id where that is an address."""
    if not isinstance(row, dict):
        return row
    named = str(row.get("id") or "")
    return {**row, "link": named if named.startswith("http") else "", "day": _day(row)}


def _day(row: Any) -> str:
    shown = str(at(row, "date_published") or at(row, "date_modified") or "")
    try:
        moment = datetime.fromisoformat(shown)
    except ValueError:
        return shown
    return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date().isoformat()
