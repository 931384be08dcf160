"""What the parts of the proof ask of rows alike: who met what, who was told, who could be (alerts.proof)."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alerts.models import Refusal, Told, Unfiled
from alerts.proof_times import passed_slot, weekdays_at_work
from subscribers.models import Contact, Subscription

# Matches that the index by filter has, and the few of the last minutes that it has not.
FILED = Q(filter__matches__filed=True)
UNFILED = Q(filter__matches__filed=False, filter__matches__notice__in=Unfiled.objects.values("pk"))

ALERTS = Q(cadence="at_once")


def digests(now: datetime) -> dict[str, Q]:
    """The digests that this morning brought, in words: which subscriptions have them."""
    slot = passed_slot(now)
    if slot is None:
        return {}
    at_work = weekdays_at_work(slot.date())
    daily, weekly = Q(cadence="daily"), Q(cadence="weekly")
    always, working = Q(workdays_only=False), Q(workdays_only=True, weekday__in=at_work)
    return {
        "每日摘要": daily & (always | Q(workdays_only=True) if at_work else always),
        "每周摘要": weekly & (always & Q(weekday=slot.isoweekday()) | working),
    }


def standing(asked: Q, channel: str, before: datetime) -> QuerySet[Subscription]:
    """Subscriptions by a channel that were what they are before that moment, of people who were awake.

    Whoever came back, or changed something, after it is told at the next one.
    """
    rows = Subscription.objects.filter(asked, awake(before), began_at__lte=before)
    return rows.filter(**{f"by_{channel}": True})


def awake(before: datetime) -> Q:
    """Whose pause, if any, was over by then, in its time or by their own wish."""
    over = Q(subscriber__paused_until=None) | Q(subscriber__paused_until__lte=before)
    return over & (Q(subscriber__resumed_at=None) | Q(subscriber__resumed_at__lte=before))


def met(rows: QuerySet[Subscription], channel: str, among: Q, usable: Q) -> QuerySet[Any]:
    """Subscriptions × matches that they cover, `met` at a time, with a `subject` to be told of.

    An edit leaves what was pending to the row that it ended. `usable` says since when a contact must be.
    """
    notice = "filter__matches__notice"
    counts = Coalesce("since", "began_at")
    beside = rows.filter(among).annotate(
        met=F("filter__matches__matched_at"),
        seen=F(f"{notice}__first_seen_at"),
        subject=Coalesce(f"{notice}__follows_id", f"{notice}_id"),
    )
    contact = Contact.objects.filter(
        usable, subscriber=OuterRef("subscriber"), channel=channel, left_at=None, suppressed_at=None
    )
    pending = Q(ended_at=None) | Q(moved=True, met__lt=F("ended_at"))
    return beside.filter(pending, Exists(contact), met__gte=counts, seen__gte=counts)


def in_message(channel: str, **change: str) -> QuerySet[Told]:
    """What stands in a message to the person of the outer row, about its subject."""
    return Told.objects.filter(
        subscriber=OuterRef("subscriber"), notice=OuterRef("subject"), channel=channel,
        delivery__items__notice=OuterRef("subject"), **change,
    )  # fmt: skip


def was_refused(channel: str) -> QuerySet[Refusal]:
    """What was refused there about the outer row's subject."""
    return Refusal.objects.filter(
        contact__subscriber=OuterRef("subscriber"), contact__channel=channel, notice=OuterRef("subject")
    )
