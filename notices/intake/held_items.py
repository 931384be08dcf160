"""Items that were kept back because too many came at once: staff let them go, or lay them by."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from notices.models import Incident, Item, Source


def held(source: Source) -> QuerySet[Item]:
    """All items of a source that wait for staff."""
    return Item.objects.filter(source=source, held_at__isnull=False)


@transaction.atomic
def release(items: QuerySet[Item], now: datetime) -> int:
    """Of these those that are held: the next poll fetches their pages and people are told; how many."""
    waiting = items.filter(held_at__isnull=False)
    sources = _sources(waiting)
    count = waiting.update(held_at=None, next_try_at=now)
    _close_where_none_is_left(sources, now, "扣下的条目已放行。")
    return count


@transaction.atomic
def dismiss(items: QuerySet[Item], now: datetime) -> int:
    """Of these those that are held: known from now on and told to nobody, as a first poll's; how many."""
    waiting = items.filter(held_at__isnull=False)
    sources = _sources(waiting)
    count = waiting.update(held_at=None, baseline=True)
    _close_where_none_is_left(sources, now, "扣下的条目已作旧闻记下，没有告知任何人。")
    return count


def _sources(items: QuerySet[Item]) -> list[int]:
    return list(items.order_by().values_list("source", flat=True).distinct())


def _close_where_none_is_left(sources: Iterable[int], now: datetime, note: str) -> None:
    still = Item.objects.filter(source__in=sources, held_at__isnull=False).values("source")
    floods = Incident.objects.filter(source__in=sources, kind="flood", closed_at=None)
    floods.exclude(source__in=still).update(closed_at=now, note=note)
