"""The rows of list items: adding many at once, and following lines that moved or changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F

from notices.intake.identity import url_key
from notices.intake.listing import ListItem
from notices.intake.recognition import Recognised
from notices.models import Item, Notice

ADD = """
INSERT INTO notices_item
(source_id, url, url_key, title, published_on, first_seen_at, baseline, next_try_at, held_at,
 attempts, trouble) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 0, '') ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class NewItem:
    """A line to be kept: silently (`baseline`), for staff to look at (`held`), or to be visited now."""

    source_id: int
    line: ListItem
    baseline: bool = False
    held: bool = False


def add_items(items: Sequence[NewItem], now: datetime) -> None:
    """Keep the lines; one that is there already stays as it is.

    By hand, since building model rows costs eight times what writing them does (bench poll: 15,000 rows).
    """
    if not items:
        return
    moment = connection.ops.adapt_datetimefield_value(now)
    day = connection.ops.adapt_datefield_value
    rows = [
        (
            item.source_id, item.line.url, url_key(item.line.url), item.line.title, day(item.line.published),
            moment, item.baseline,
            None if item.baseline or item.held else moment, moment if item.held else None,
        )
        for item in items
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


def rename(found: Recognised, now: datetime) -> None:
    """Known items get their new address or words; a changed line is a reason to look at its page again."""
    for item_id, line in found.moved:
        item = Item.objects.get(pk=item_id)
        Notice.objects.filter(items=item, url=item.url).update(url=line.url)
        item.url, item.url_key = line.url, url_key(line.url)
        item.save(update_fields=["url", "url_key"])
    for item_id, line in found.changed:
        same = Item.objects.filter(pk=item_id)
        same.update(title=line.title, published_on=line.published or F("published_on"))
        same.filter(baseline=False, held_at=None).update(next_try_at=now)
