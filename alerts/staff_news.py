"""What staff must hear of: sources in trouble, and well again.

Read from the rows of incidents, each piece under a key of its own, so that it is told once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from alerts.models import StaffTold
from notices.intake import kinds_of_trouble
from notices.intake.doubts import Doubt
from notices.models import Family, Incident

# Whatever was over before so long is no news, though nobody could be told then.
STALE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. `event`: opened or closed. The words are Chinese. `waits`: staff must decide."""

    key: str
    event: str
    about: str
    short: str
    words: str
    since: datetime
    until: datetime | None
    url: str
    note: str = ""
    last_success: datetime | None = None
    proposal: Mapping[str, Any] = field(default_factory=dict)
    waits: bool = False


def untold(now: datetime) -> list[News]:
    """All that was not told yet, troubles first.

    That something is over is told only to those who heard that it began.
    """
    return [*_opened(), *_closed(now)]


def _opened() -> Iterator[News]:
    rows = Incident.objects.filter(~Exists(_told("opened")), closed_at=None)
    for incident in rows.defer("before", "after").select_related("source").order_by("pk"):
        yield _of_incident(incident, "opened")


def _closed(now: datetime) -> Iterator[News]:
    known, said = Exists(_told("opened")), Exists(_told("closed"))
    rows = Incident.objects.filter(known, ~said, closed_at__gte=now - STALE)
    for incident in rows.defer("before", "after").select_related("source").order_by("pk"):
        yield _of_incident(incident, "closed")


def _told(event: str) -> QuerySet[StaffTold]:
    key = Concat(Value("incident:"), Cast(OuterRef("pk"), CharField()), Value(f":{event}"))
    return StaffTold.objects.filter(key=key)


def _of_incident(incident: Incident, event: str) -> News:
    return News(
        key=f"incident:{incident.pk}:{event}",
        event=event,
        about=incident.source.name,
        short=kinds_of_trouble.name(incident.kind),
        words=kinds_of_trouble.explain(incident.kind, incident.detail),
        since=incident.opened_at,
        until=incident.closed_at,
        url=settings.BASE_URL + reverse("admin:notices_incident_change", args=[incident.pk]),
        note=incident.note,
        last_success=incident.source.last_success_at,
        proposal=_proposal(incident),
        waits=incident.kind == Doubt.FLOOD,
    )


def _proposal(incident: Incident) -> Mapping[str, Any]:
    """What would change; the family by its name."""
    told = incident.proposal or {}
    return {**told, "family": Family(told["family"]).label} if "family" in told else told
