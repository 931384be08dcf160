"""Incidents: one row per trouble of a source, from its second poll to its end, with the pages to it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from notices.intake.answers import Fetched
from notices.intake.kept_pages import pack
from notices.intake.repairs import proposal
from notices.intake.source_states import Sign
from notices.intake.troubles import Why
from notices.models import Incident, KeptPage, Source

DETAIL, TYPE, URL = 500, 200, 1000  # characters that the columns hold
KEEP_PAGES = timedelta(days=180)  # a page is some 20 KB, packed; what was wrong half a year ago is history
LOT = 500  # rows that lose their pages in one statement


def seen(source: Source, sign: Sign, now: datetime) -> Incident:
    """Note a trouble: on the open incident of its kind, else a new one.

    A source that cannot be read has one incident, whatever it says from poll to poll; its kind is the latest.
    """
    kinds = list(Why) if isinstance(sign.kind, Why) else [sign.kind]
    incident = Incident.objects.filter(source=source, closed_at=None, kind__in=kinds).first()
    if incident is None:
        return Incident.objects.create(
            source=source, opened_at=now, **_before(source), **_now(source, sign, now)
        )
    told = _now(source, sign, now) if incident.kind != sign.kind else {"last_seen_at": now}
    for name, value in told.items():
        setattr(incident, name, value)
    incident.seen += 1
    incident.save(update_fields=["seen", *told])
    return incident


def close(source_id: int, kinds: Collection[str], now: datetime) -> int:
    """The source's troubles of these kinds are over; how many incidents that closes."""
    open_ones = Incident.objects.filter(source_id=source_id, closed_at=None, kind__in=kinds)
    return open_ones.update(closed_at=now)


def forget_pages(now: datetime) -> int:
    """Incidents long over keep their words and lose their pages; how many did, at most `LOT` at once."""
    old = Incident.objects.filter(closed_at__lt=now - KEEP_PAGES)
    with_pages = old.filter(Q(before__isnull=False) | Q(after__isnull=False))
    lot = list(with_pages.values_list("pk", flat=True)[:LOT])
    return Incident.objects.filter(pk__in=lot).update(before=None, after=None)


def kept_page(source: Source, page: Fetched, now: datetime) -> KeptPage:
    """The row that keeps a source's page as it is when it is well."""
    return KeptPage(
        source=source,
        url=page.url[:URL],
        content_type=page.content_type[:TYPE],
        body=pack(page.body),
        seen_at=now,
    )


def _before(source: Source) -> dict[str, Any]:
    kept = KeptPage.objects.filter(source=source).first()
    return {"before": bytes(kept.body), "before_type": kept.content_type} if kept else {}


def _now(source: Source, sign: Sign, now: datetime) -> dict[str, Any]:
    page = sign.page
    return {
        "kind": sign.kind,
        "detail": sign.detail[:DETAIL],
        "last_seen_at": now,
        "after": pack(page.body) if page else None,
        "after_type": page.content_type[:TYPE] if page else "",
        "proposal": proposal(source, sign, now),
    }
