"""The delivery ledger: claimed under a lease, settled by the owner alone (DESIGN 6.3, 6.4).

A delivery that is open has a row in `Outgoing`, which a sender claims and settling deletes. Whoever writes
both takes that row first, so that no two wait for one another in a ring. Leases and back-off are on the
machine's clock. A lease or a wait that lies further ahead than it could have been set means that the clock
was moved, and counts as over (alerts.leases).
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from alerts import ladder, lanes, leases, standing_in
from alerts.lanes import LONGEST_WAIT
from alerts.leases import LEASE
from alerts.models import Delivery, Outgoing, Result, State
from alerts.outcomes import Delivered, News, Outcome, Refused, Sent, TryLater, result_of
from alerts.record_sent import recorded, recorded_one
from alerts.told import release
from subscribers.contacts import suppress

logger = logging.getLogger(__name__)

TABLE = "alerts_outgoing"
IN_ORDER = ("priority", "delivery_id")
SUSPECTS_IN_ORDER = ("attempts", "delivery_id")
BATCH = 64
LONGEST_BACK_OFF = 3600.0


def back_off(attempts: int) -> float:
    """Seconds to wait after so many attempts: 1, 2, 4 … to an hour."""
    return float(min(2.0 ** min(max(attempts - 1, 0), 12), LONGEST_BACK_OFF))


_ON_CHANNEL = "d.channel = %(channel)s"
# What is usual, said in the same statement as the claim.
_NONE_RESTS = f"NOT EXISTS (SELECT 1 {lanes.RESTING})"
_NOT_RESTING = """
NOT EXISTS (
    SELECT 1 FROM alerts_delivery v JOIN subscribers_contact c ON c.id = v.contact_id
    WHERE v.id = d.delivery_id AND ({addressed})
)
"""
# Whoever asked to be confirmed is up and waiting for the mail.
_BY_NIGHT = """
(EXISTS (SELECT 1 FROM alerts_delivery v WHERE v.id = d.delivery_id AND v.kind = 'confirm') OR EXISTS (
    SELECT 1 FROM alerts_deliveryitem i JOIN notices_deadline dl ON dl.id = i.deadline_id
    WHERE i.delivery_id = d.delivery_id AND dl.day = %(night_of)s
))
"""


def claim(
    channel: str, owner: str, machine: float, limit: int = BATCH, night_of: date | None = None
) -> list[int]:
    """Takes up to `limit` deliveries for `owner`; ids in the order in which they should go out.

    By night, `night_of` names the day: only what is due on it may go.
    """
    plain = claim_plain(channel, owner, machine, limit, night_of)
    return plain or claim_past(channel, owner, machine, limit, night_of)


def claim_plain(
    channel: str, owner: str, machine: float, limit: int = BATCH, night_of: date | None = None
) -> list[int]:
    """As `claim`, in one statement: nothing while a lane rests, and nothing that a moved clock holds back."""
    which, values = _free(channel, [], night_of)
    plain = f"{which} AND {_NONE_RESTS} AND {leases.PLAIN}"
    return leases.take(TABLE, plain, owner, machine, limit, IN_ORDER, **values)


def claim_past(
    channel: str, owner: str, machine: float, limit: int = BATCH, night_of: date | None = None
) -> list[int]:
    """As `claim`, past the lanes that rest; what waits by a clock that was set back, too."""
    resting = lanes.resting(channel, machine)
    if channel in resting:
        return []
    which, values = _free(channel, resting, night_of)
    fresh = f"{which} AND {leases.FRESH}"
    ids = leases.take(TABLE, fresh, owner, machine, limit, IN_ORDER, **values)
    return ids or _claim_suspect(which, values, owner, machine)


def _free(channel: str, resting: list[str], night_of: date | None) -> tuple[str, dict[str, Any]]:
    """Which deliveries may go out on a channel at all, as a condition and its values."""
    conditions, values = [_ON_CHANNEL], {"channel": channel}
    if night_of is not None:
        conditions.append(_BY_NIGHT)
        values["night_of"] = str(night_of)
    if resting:
        domains = {f"domain{place}": _at(name.partition(":")[2]) for place, name in enumerate(resting)}
        addressed = " OR ".join(rf"c.address LIKE %({name})s ESCAPE '\'" for name in domains)
        conditions.append(_NOT_RESTING.format(addressed=addressed))
        values |= domains
    return " AND ".join(conditions), values


def _at(domain: str) -> str:
    """The pattern of its addresses."""
    return "%@" + domain.replace("_", r"\_")


@transaction.atomic
def _claim_suspect(which: str, values: dict[str, Any], owner: str, machine: float) -> list[int]:
    suspect = f"{which} AND {leases.SUSPECTED}"
    for pk in leases.take(TABLE, suspect, owner, machine, 1, SUSPECTS_IN_ORDER, **values):
        attempts = Outgoing.objects.values_list("attempts", flat=True).get(pk=pk)
        logger.error("delivery %s: its sender died %s times; it is tried alone", pk, attempts - 1)
        Outgoing.objects.filter(pk=pk).update(not_before=machine + LEASE + back_off(attempts))
        return [pk]
    return []


def renew(ids: Iterable[int], owner: str, machine: float) -> int:
    """Lengthens the leases that `owner` still holds; how many those are."""
    held = Outgoing.objects.filter(pk__in=list(ids), state=State.CLAIMED, lease_owner=owner)
    mine = held.filter(lease_until__gt=machine, lease_until__lte=machine + LEASE)
    return mine.update(lease_until=machine + LEASE)


def give_back(ids: Iterable[int], owner: str) -> int:
    """Puts back what was claimed and not started."""
    held = Outgoing.objects.filter(pk__in=list(ids), state=State.CLAIMED, lease_owner=owner)
    return held.update(state=State.QUEUED, lease_owner="", lease_until=0.0, attempts=F("attempts") - 1)


def settle_sent(sent: Mapping[int, Sent], owner: str, now: datetime) -> int:
    """Records what was handed over in one call, all in one statement; how many were still `owner`'s.

    Not for what is handed over one by one: each is settled before the next is started (DESIGN 6.3).
    """
    if not sent:
        return 0
    # In the order of ids, so that two senders never wait for one another in a ring.
    ids = sorted(sent)
    return recorded(ids, [sent[pk] for pk in ids], owner, now)


def settle(delivery_id: int, owner: str, outcome: Outcome, now: datetime, machine: float) -> bool:
    """Records what became of a send; False when somebody else owns the delivery by now.

    A fault of our own configuration ends nothing: staff mend it, and the delivery goes out then. Trouble of
    the whole channel counts against no message; what rests is the channel.
    """
    if isinstance(outcome, Sent):
        return recorded_one(delivery_id, outcome, owner, now)
    return _settle_unsent(delivery_id, owner, outcome, now, machine)


@transaction.atomic
def _settle_unsent(
    delivery_id: int, owner: str, outcome: TryLater | Refused, now: datetime, machine: float
) -> bool:
    held = Outgoing.objects.select_for_update().filter(pk=delivery_id, state=State.CLAIMED, lease_owner=owner)
    outgoing = held.first()
    if outgoing is None:
        return False
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery_id)
    delivery.attempts = outgoing.attempts
    _follow(delivery, outcome, result_of(outcome), now, machine)
    return True


@transaction.atomic
def hear(delivery_id: int, news: News, now: datetime, machine: float) -> bool:
    """Draws the consequences of what was heard of a message after it was handed over.

    False while it is being sent anew: to be asked again then. What has ended otherwise stays as it is.
    """
    outgoing = Outgoing.objects.select_for_update().filter(pk=delivery_id).first()
    if outgoing is not None and outgoing.state == State.CLAIMED:
        return False
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery_id)
    if outgoing is not None:
        delivery.attempts = outgoing.attempts
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
    attempts = delivery.attempts - blameless
    Outgoing.objects.update_or_create(
        delivery=delivery,
        defaults={
            "state": State.QUEUED, "not_before": machine + min(wait, LONGEST_WAIT), "attempts": attempts,
            "channel": delivery.channel, "priority": delivery.priority,
        },
    )  # fmt: skip
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.QUEUED, attempts=attempts, settled_at=None, result=result, outcome=outcome.said
    )


def _refuse(delivery: Delivery, outcome: Refused, result: str, now: datetime) -> None:
    """Another may speak for it, else its told rows are released; only a contact's own fault stops it."""
    Outgoing.objects.filter(pk=delivery.pk).delete()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.REFUSED, attempts=delivery.attempts, settled_at=now, result=result, outcome=outcome.said
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
    left = cancel(Outgoing.objects.filter(delivery__contact__left_at__isnull=False), now)
    release([delivery.pk for delivery in left])
    stopped = cancel(Outgoing.objects.filter(delivery__contact__suppressed_at__isnull=False), now)
    for delivery in stopped:
        standing_in.cancelled(delivery, now)
    return len(left) + len(stopped)


@transaction.atomic
def cancel(outgoing: QuerySet[Outgoing], now: datetime) -> list[Delivery]:
    """Ends those deliveries that nobody is sending; which these are."""
    queued = outgoing.filter(state=State.QUEUED).select_for_update(of=("self",), skip_locked=True)
    ids = sorted(queued.values_list("pk", flat=True))
    Outgoing.objects.filter(pk__in=ids).delete()
    ended = Delivery.objects.filter(pk__in=ids)
    ended.update(state=State.CANCELLED, settled_at=now)
    return list(ended.select_related("contact").order_by("pk"))


def open_deliveries() -> int:
    """How many are not settled yet."""
    return Outgoing.objects.count()


def any_waiting(machine: float) -> bool:
    """Whether a sender would find something to claim."""
    return leases.any_waiting(TABLE, machine)
