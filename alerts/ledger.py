"""The delivery ledger: claimed under a lease, settled by the owner alone (DESIGN 6.3, 6.4).

Leases and back-off are on the machine's clock. A lease or a wait that lies further ahead than it could have
been set means that the clock was moved, and counts as over. What another set since we looked at the clock
lies further ahead, too, by a little: hence SKEW.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alerts import dialect, ladder, lanes, standing_in
from alerts.lanes import LONGEST_WAIT
from alerts.models import OPEN_STATES, Delivery, DeliveryItem, DeliveryKind, Result, State, Told
from alerts.outcomes import Delivered, News, Outcome, Refused, Sent, TryLater, result_of
from subscribers.contacts import suppress

logger = logging.getLogger(__name__)

LEASE = 60.0
# No claim goes by a reading of the clock that is older; SQLite lets a writer wait for five seconds.
SKEW = 10.0
BATCH = 64
LONGEST_BACK_OFF = 3600.0
# A delivery whose senders died so often is tried alone and after all others: it may be what kills them.
SUSPECT = 3


def back_off(attempts: int) -> float:
    """Seconds to wait after so many attempts: 1, 2, 4 … to an hour."""
    return float(min(2.0 ** min(max(attempts - 1, 0), 12), LONGEST_BACK_OFF))


def _rested(machine: float) -> Q:
    return Q(not_before__lte=machine) | Q(not_before__gt=machine + LONGEST_WAIT)


def _lapsed(machine: float) -> Q:
    over = Q(lease_until__lte=machine) | Q(lease_until__gt=machine + LEASE + SKEW)
    return Q(state=State.CLAIMED) & over


def fresh(machine: float) -> Q:
    """Deliveries that may be claimed at this moment, a batch at a time."""
    return (Q(state=State.QUEUED) & _rested(machine)) | (_lapsed(machine) & Q(attempts__lt=SUSPECT))


def suspect(machine: float) -> Q:
    """Deliveries that may be claimed at this moment, one by one."""
    return _lapsed(machine) & Q(attempts__gte=SUSPECT) & _rested(machine)


def waiting(machine: float) -> Q:
    """Whatever may be claimed at this moment."""
    return fresh(machine) | suspect(machine)


@transaction.atomic
def claim(
    channel: str, owner: str, machine: float, limit: int = BATCH, night_of: date | None = None
) -> list[int]:
    """Takes up to `limit` deliveries for `owner`; ids in the order in which they should go out.

    By night, `night_of` names the day: only what is due on it may go.
    """
    if lanes.rests(channel, machine):
        return []
    free = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(channel=channel)
    free = free.exclude(lanes.resting_domains(channel, machine))
    if night_of is not None:
        # Whoever asked to be confirmed is up and waiting for the mail.
        free = free.filter(_due(night_of) | Q(kind=DeliveryKind.CONFIRM))
    ids = list(free.filter(fresh(machine)).order_by("priority", "pk").values_list("pk", flat=True)[:limit])
    if not ids:
        return _claim_suspect(free, owner, machine)
    _take(ids, owner, machine)
    return ids


def _due(day: date) -> Exists:
    return Exists(DeliveryItem.objects.filter(delivery=OuterRef("pk"), deadline__on=day))


def _claim_suspect(free: QuerySet[Delivery], owner: str, machine: float) -> list[int]:
    one = free.filter(suspect(machine)).order_by("attempts", "pk").first()
    if one is None:
        return []
    logger.error("delivery %s: its sender died %s times; it is tried alone", one.pk, one.attempts)
    _take([one.pk], owner, machine)
    Delivery.objects.filter(pk=one.pk).update(not_before=machine + LEASE + back_off(one.attempts + 1))
    return [one.pk]


def _take(ids: list[int], owner: str, machine: float) -> None:
    Delivery.objects.filter(pk__in=ids).update(
        state=State.CLAIMED, lease_owner=owner, lease_until=machine + LEASE, attempts=F("attempts") + 1
    )


def renew(ids: Iterable[int], owner: str, machine: float) -> int:
    """Lengthens the leases that `owner` still holds; how many those are."""
    held = Delivery.objects.filter(pk__in=list(ids), state=State.CLAIMED, lease_owner=owner)
    mine = held.filter(lease_until__gt=machine, lease_until__lte=machine + LEASE)
    return mine.update(lease_until=machine + LEASE)


def give_back(ids: Iterable[int], owner: str) -> int:
    """Puts back what was claimed and not started."""
    held = Delivery.objects.filter(pk__in=list(ids), state=State.CLAIMED, lease_owner=owner)
    return held.update(state=State.QUEUED, lease_owner="", lease_until=0.0, attempts=F("attempts") - 1)


_SENT = """
UPDATE alerts_delivery SET state = 'sent', result = 'accepted', settled_at = %(now)s,
    provider_id = told.provider_id, outcome = told.outcome
FROM ({rows}) AS told WHERE alerts_delivery.id = told.id AND state = 'claimed' AND lease_owner = %(owner)s
"""


def settle_sent(sent: Mapping[int, Sent], owner: str, now: datetime) -> int:
    """Records what was handed over, all in one statement; how many of them were still `owner`'s."""
    if not sent:
        return 0
    values: dict[str, Any] = {"now": now, "owner": owner}
    rows = []
    # In the order of ids, so that two senders never wait for one another in a ring.
    for place, (pk, outcome) in enumerate(sorted(sent.items())):
        rows.append(
            f"SELECT %(id{place})s AS id, %(provider{place})s AS provider_id, %(said{place})s AS outcome"
        )
        values |= {
            f"id{place}": pk,
            f"provider{place}": outcome.provider_id[:200],
            f"said{place}": outcome.said,
        }
    return dialect.run(_SENT.format(rows=" UNION ALL ".join(rows)), **values)


def settle(delivery_id: int, owner: str, outcome: Outcome, now: datetime, machine: float) -> bool:
    """Records what became of a send; False when somebody else owns the delivery by now.

    A fault of our own configuration ends nothing: staff mend it, and the delivery goes out then. Trouble of
    the whole channel counts against no message; what rests is the channel.
    """
    if isinstance(outcome, Sent):
        return bool(settle_sent({delivery_id: outcome}, owner, now))
    return _settle_unsent(delivery_id, owner, outcome, now, machine)


@transaction.atomic
def _settle_unsent(
    delivery_id: int, owner: str, outcome: TryLater | Refused, now: datetime, machine: float
) -> bool:
    held = Delivery.objects.select_for_update(of=("self",)).filter(
        pk=delivery_id, state=State.CLAIMED, lease_owner=owner
    )
    delivery = held.first()
    if delivery is None:
        return False
    _follow(delivery, outcome, result_of(outcome), now, machine)
    return True


@transaction.atomic
def hear(delivery_id: int, news: News, now: datetime, machine: float) -> bool:
    """Draws the consequences of what was heard of a message after it was handed over.

    False while it is being sent anew: to be asked again then. What has ended otherwise stays as it is.
    """
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery_id)
    if delivery.state == State.CLAIMED:
        return False
    if delivery.state not in (State.SENT, State.QUEUED):
        return True
    if isinstance(news, Delivered):
        Delivery.objects.filter(pk=delivery.pk).update(result=Result.DELIVERED)
    else:
        _follow(delivery, news, _heard(news), now, machine)
    return True


def _heard(news: TryLater | Refused) -> str:
    """Refused after it was taken is bounced; our own faults keep their name."""
    at_fault = isinstance(news, Refused) and news.scope in ("contact", "message")
    return Result.BOUNCED if at_fault or news.ailment else result_of(news)


def _follow(
    delivery: Delivery, outcome: TryLater | Refused, result: str, now: datetime, machine: float
) -> None:
    outcome = ladder.climbed(delivery.contact_id, outcome, now)
    if isinstance(outcome, Refused) and outcome.scope == "configuration":
        logger.error("delivery %s: %s", delivery.pk, outcome.said)
        outcome = TryLater(outcome.said, LONGEST_BACK_OFF, "domain")
    if isinstance(outcome, TryLater):
        _put_off(delivery, outcome, result, machine)
    else:
        _refuse(delivery, outcome, result, now)


def _put_off(delivery: Delivery, outcome: TryLater, result: str, machine: float) -> None:
    if outcome.scope != "message":
        lanes.rest(lanes.of(delivery, outcome.scope), outcome, machine)
    blameless = outcome.scope == "channel"
    wait = outcome.after if blameless else max(outcome.after, back_off(delivery.attempts))
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.QUEUED,
        not_before=machine + min(wait, LONGEST_WAIT),
        attempts=delivery.attempts - blameless,
        settled_at=None,
        result=result,
        outcome=outcome.said,
    )


def _refuse(delivery: Delivery, outcome: Refused, result: str, now: datetime) -> None:
    """Another may speak for it, else its told rows are released; only a contact's own fault stops it."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.REFUSED, settled_at=now, result=result, outcome=outcome.said
    )
    if outcome.scope == "contact":
        suppress(delivery.contact_id, outcome.said, now)
    logger.warning("delivery %s refused (%s): %s", delivery.pk, outcome.scope, outcome.said)
    standing_in.refused(delivery, outcome, now)


@transaction.atomic
def cancel_unreachable(now: datetime) -> int:
    """Cancels what waits for contacts that left or are stopped; what is being sent may yet arrive.

    Who left is told nothing more; for a contact that was stopped another may speak.
    """
    left = Delivery.objects.filter(state=State.QUEUED, contact__left_at__isnull=False)
    ids = list(left.values_list("pk", flat=True))
    Told.objects.filter(delivery__in=ids).delete()
    cancelled = Delivery.objects.filter(pk__in=ids).update(state=State.CANCELLED, settled_at=now)
    stopped = Delivery.objects.filter(state=State.QUEUED, contact__suppressed_at__isnull=False)
    for delivery in stopped.select_related("contact"):
        standing_in.cancel(delivery, now)
        cancelled += 1
    return cancelled


def open_deliveries() -> int:
    """How many are not settled yet."""
    return Delivery.objects.filter(state__in=OPEN_STATES).count()


def any_waiting(machine: float) -> bool:
    """Whether a sender would find something to claim."""
    return Delivery.objects.filter(waiting(machine)).exists()
