"""What staff must hear of: what was due and was not sent; sources in trouble; contacts that were stopped.

Read from the rows of alarms, incidents and contacts, each piece under a key of its own, so that it is told
once; and once more when a trouble is over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from alerts import alarm_news
from alerts.alarm_news import Trouble
from alerts.models import StaffTold
from notices.intake import kinds_of_trouble
from notices.intake.doubts import Doubt
from notices.models import Family, Incident
from subscribers.leaving import masked
from subscribers.models import Contact

# Whatever was over before so long is no news, though nobody could be told then.
STALE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. `waits`: staff must decide. The words are Chinese.

    `event`: opened, closed (a source's incident), overdue, made_up (an alarm), or stopped (a contact).
    """

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
    alarms = _of_alarms(now)
    begun = [one for one in alarms if one.until is None]
    over = [one for one in alarms if one.until is not None]
    return [*begun, *_opened(), *_stopped(now), *over, *_closed(now)]


def _of_alarms(now: datetime) -> list[News]:
    """What is due and not sent at this moment, and what was made up since it was told."""
    found = alarm_news.troubles(now - STALE)
    keys = {trouble: _alarm_key(trouble, "overdue") for trouble in found}
    over = {trouble: _alarm_key(trouble, "made_up") for trouble in found if trouble.is_over(now)}
    told = set(
        StaffTold.objects.filter(key__in=[*keys.values(), *over.values()]).values_list("key", flat=True)
    )
    news = [_of_trouble(one, "overdue") for one in found if one.until is None]
    news += [_of_trouble(one, "made_up") for one in over if keys[one] in told]
    return [one for one in news if one.key not in told]


def _alarm_key(trouble: Trouble, event: str) -> str:
    return f"alarm:{trouble.pk}:{event}"


def _of_trouble(trouble: Trouble, event: str) -> News:
    return News(
        key=_alarm_key(trouble, event),
        event=event,
        about="",
        short=trouble.short,
        words=trouble.said.rstrip("。"),
        since=trouble.since,
        until=trouble.until,
        url=settings.BASE_URL + reverse("admin:alerts_alarm_changelist"),
    )


def _stopped(now: datetime) -> Iterator[News]:
    """Contacts that refused for good; each stop is a piece of news of its own."""
    rows = Contact.objects.filter(suppressed_at__gte=now - STALE, left_at=None)
    keys = {_stop_key(contact): contact for contact in rows.select_related("subscriber").order_by("pk")}
    told = set(StaffTold.objects.filter(key__in=keys).values_list("key", flat=True))
    for key, contact in keys.items():
        if key not in told:
            yield _of_contact(key, contact)


def _stop_key(contact: Contact) -> str:
    stopped = contact.suppressed_at
    return f"contact:{contact.pk}:{stopped:%Y%m%dT%H%M%S}" if stopped else ""


def _of_contact(key: str, contact: Contact) -> News:
    return News(
        key=key,
        event="stopped",
        about=contact.subscriber.name,
        short=f"{contact.get_channel_display()} {masked(contact)}",
        words=contact.suppressed_why.rstrip("。"),
        since=contact.suppressed_at or contact.subscriber.created_at,
        until=None,
        url=settings.BASE_URL + reverse("admin:subscribers_subscriber_change", args=[contact.subscriber_id]),
    )


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
