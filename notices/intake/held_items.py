"""Items that were kept back because too many came at once: staff let them go, or lay them by."""

from datetime import datetime

from notices.models import Incident, Item, Source


def release(source: Source, now: datetime) -> int:
    """Their pages are fetched by the next poll and people are told; how many."""
    _done(source, now, "扣下的条目已放行。")
    return Item.objects.filter(source=source, held_at__isnull=False).update(held_at=None, next_try_at=now)


def dismiss(source: Source, now: datetime) -> int:
    """They are known from now on and nobody is told, as the lines of a first poll; how many."""
    _done(source, now, "扣下的条目已作旧闻记下，没有告知任何人。")
    return Item.objects.filter(source=source, held_at__isnull=False).update(held_at=None, baseline=True)


def _done(source: Source, now: datetime, note: str) -> None:
    open_ones = Incident.objects.filter(source=source, kind="flood", closed_at=None)
    open_ones.update(closed_at=now, note=note)
