"""Less instead of leaving: each is one act of the person, and each can be taken back (DESIGN 6.8)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from subscribers import lead_days
from subscribers.filters import FilterSpec
from subscribers.models import Cadence, Membership, Subscriber, Subscription
from subscribers.subscribing import edit

PAUSE = timedelta(days=30)


def pause(subscriber_id: int, now: datetime) -> datetime:
    """Nothing for 30 days; what matches meanwhile follows in one message. Never shortens a longer pause."""
    until = now + PAUSE
    person = Subscriber.objects.get(pk=subscriber_id)
    if person.paused_until is None or person.paused_until < until:
        person.paused_until = until
        person.save(update_fields=["paused_until"])
    return person.paused_until


def resume(subscriber_id: int, now: datetime) -> None:
    """Ends a pause."""
    person = Subscriber.objects.get(pk=subscriber_id)
    person.paused_until, person.resumed_at = None, now
    person.save(update_fields=["paused_until", "resumed_at"])


@transaction.atomic
def set_cadence(subscriber_id: int, cadence: Cadence, now: datetime) -> int:
    """All of a person's subscriptions at another cadence; what is pending is kept. How many changed."""
    running = Subscription.objects.filter(subscriber=subscriber_id, ended_at=None).exclude(cadence=cadence)
    changed = 0
    for row in running.select_related("filter", "list", "subscriber"):
        edit(row, FilterSpec.from_json(row.filter.spec), now, **_terms(row, cadence))
        changed += 1
    for membership in Membership.objects.filter(subscriber=subscriber_id, ended_at=None):
        for name, value in _terms(membership, cadence).items():
            setattr(membership, name, value)
        membership.save()
    return changed


def _terms(wish: Subscription | Membership, cadence: Cadence) -> dict[str, Any]:
    """Whoever wants reminders alone wants them, though they had none before."""
    if cadence == Cadence.REMINDERS and wish.lead_days.strip() == lead_days.NONE_WORD:
        return {"cadence": cadence, "lead_days": ""}
    return {"cadence": cadence}
