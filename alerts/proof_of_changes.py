"""The proof that who was told of a notice heard how it was changed; a part of `alerts.proof`.

Changes near a deadline at once, the others at the cadences of those whom the notice met (DESIGN 6.7).
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from alerts.models import Change, Mark, Match, Refusal, Told
from alerts.proof_rows import ALERTS, awake, digests, standing
from alerts.proof_times import ALERT_PATIENCE, LOOK_BACK, PATIENCE, awake_since, passed_slot
from subscribers.models import Channel, Contact


def untold_at_once(now: datetime) -> Iterator[str]:
    """What could not wait, of the last days."""
    if not awake_since(now, PATIENCE):
        return
    urgent = Change.objects.filter(urgent=True, at__gte=now - LOOK_BACK, at__lte=now - PATIENCE)
    missing = sum(_uninformed(change, now - PATIENCE) for change in urgent)
    if missing:
        yield f"延期、撤销等变更：有 {missing} 人曾获告知而未收到后续"


def untold_by_cadence(now: datetime) -> Iterator[str]:
    """What waited for an alert or a digest that is past."""
    due = [(asked, passed_slot(now) or now) for asked in digests(now).values()]
    if awake_since(now, ALERT_PATIENCE):
        due.append((ALERTS, now - ALERT_PATIENCE))
    missing = 0
    for asked, before in due:
        for change in Change.objects.filter(urgent=False, at__gte=now - LOOK_BACK, at__lte=before):
            missing += sum(_unheard(change, asked, before, channel) for channel in Channel)
    if missing:
        yield f"变更：有 {missing} 人次曾获告知，到时未收到后续"


CHECKS = (untold_at_once, untold_by_cadence)


def _uninformed(change: Change, before: datetime) -> int:
    told = Told.objects.filter(awake(before), _earlier(change), notice=change.notice_id).filter(
        delivery__contact__left_at=None, delivery__contact__suppressed_at=None
    )
    silent = told.exclude(Exists(_heard(change)) | Exists(_refusals(change)) | Exists(_muted(change)))
    return silent.values("subscriber").distinct().count()


def _unheard(change: Change, asked: Q, before: datetime, channel: str) -> int:
    """People whose subscription brought the notice, and should have brought the change by then."""
    contact = Contact.objects.filter(
        subscriber=OuterRef("subscriber"), channel=channel, left_at=None, suppressed_at=None,
        reachable_since__lte=change.at,
    )  # fmt: skip
    told = Told.objects.filter(
        _earlier(change), notice=change.notice_id, subscriber=OuterRef("subscriber"), channel=channel
    )
    met = Match.objects.filter(notice=change.notice_id, filter=OuterRef("filter"))
    rows = standing(asked, channel, before).filter(Exists(contact), Exists(told), Exists(met), ended_at=None)
    heard = _heard(change).filter(channel=channel)
    refused = Refusal.objects.filter(
        contact__subscriber=OuterRef("subscriber"), contact__channel=channel,
        notice=change.notice_id, change=change.key,
    )  # fmt: skip
    silent = rows.exclude(Exists(heard) | Exists(refused) | Exists(_muted(change)))
    return silent.values("subscriber").distinct().count()


def _earlier(change: Change) -> Q:
    """Told rows of messages that were handed over, composed before the change was known."""
    before = Q(delivery__composed_at__lt=change.at) | Q(delivery__stands_for__composed_at__lt=change.at)
    return Q(before, change="new", delivery__state="sent", delivery__items__notice=change.notice_id)


def _heard(change: Change) -> QuerySet[Told]:
    return Told.objects.filter(
        notice=change.notice_id, change=change.key, delivery__items__change=change.key,
        subscriber=OuterRef("subscriber"),
    )  # fmt: skip


def _refusals(change: Change) -> QuerySet[Refusal]:
    return Refusal.objects.filter(
        contact=OuterRef("delivery__contact"), notice=change.notice_id, change=change.key
    )


def _muted(change: Change) -> QuerySet[Mark]:
    return Mark.objects.filter(notice=change.notice_id, state="muted", subscriber=OuterRef("subscriber"))
