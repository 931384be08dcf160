"""The delivery ledger: claimed under a lease, settled by the owner alone (DESIGN 6.3, 6.4).

Leases and back-off are on the machine's clock. A lease or a wait that lies further ahead than it could have
been set means that the clock was moved, and counts as over (alerts.leases).
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from alerts import dialect, ladder, lanes, leases, standing_in
from alerts.lanes import LONGEST_WAIT
from alerts.leases import LEASE
from alerts.models import OPEN_STATES, Delivery, Result, State
from alerts.outcomes import Delivered, News, Outcome, Refused, Sent, TryLater, result_of
from alerts.told import release
from subscribers.contacts import suppress

logger = logging.getLogger(__name__)

BATCH = 64
LONGEST_BACK_OFF = 3600.0


def back_off(attempts: int) -> float:
    """Seconds to wait after so many attempts: 1, 2, 4 … to an hour."""
    return float(min(2.0 ** min(max(attempts - 1, 0), 12), LONGEST_BACK_OFF))


_ON_CHANNEL = "d.channel = %(channel)s"
_NOT_RESTING = """
NOT EXISTS (SELECT 1 FROM subscribers_contact c WHERE c.id = d.contact_id AND ({addressed}))
"""
# Whoever asked to be confirmed is up and waiting for the mail.
_BY_NIGHT = """
(d.kind = 'confirm' OR EXISTS (
    SELECT 1 FROM alerts_deliveryitem i JOIN notices_deadline dl ON dl.id = i.deadline_id
    WHERE i.delivery_id = d.id AND dl.day = %(night_of)s
))
"""


def claim(
    channel: str, owner: str, machine: float, limit: int = BATCH, night_of: date | None = None
) -> list[int]:
    """Takes up to `limit` deliveries for `owner`; ids in the order in which they should go out.

    By night, `night_of` names the day: only what is due on it may go.
    """
    resting = lanes.resting(channel, machine)
    if channel in resting:
        return []
    which, values = _free(channel, resting, night_of)
    fresh = f"{which} AND {leases.FRESH}"
    ids = leases.take("alerts_delivery", fresh, owner, machine, limit, first="priority", **values)
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
    for pk in leases.take("alerts_delivery", suspect, owner, machine, 1, first="attempts", **values):
        attempts = Delivery.objects.values_list("attempts", flat=True).get(pk=pk)
        logger.error("delivery %s: its sender died %s times; it is tried alone", pk, attempts - 1)
        Delivery.objects.filter(pk=pk).update(not_before=machine + LEASE + back_off(attempts))
        return [pk]
    return []


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
    provider_id = %(provider_id)s, outcome = %(outcome)s
WHERE id = %(id)s AND state = 'claimed' AND lease_owner = %(owner)s
"""
_ALL_SENT = """
UPDATE alerts_delivery SET state = 'sent', result = 'accepted', settled_at = %(now)s,
    provider_id = told.provider_id, outcome = told.outcome
FROM ({told}) AS told WHERE alerts_delivery.id = told.id AND state = 'claimed' AND lease_owner = %(owner)s
"""


def settle_sent(sent: Mapping[int, Sent], owner: str, now: datetime) -> int:
    """Records what was handed over in one call, all in one statement; how many were still `owner`'s.

    Not for what is handed over one by one: each is settled before the next is started (DESIGN 6.3).
    """
    if not sent:
        return 0
    # In the order of ids, so that two senders never wait for one another in a ring.
    ids = sorted(sent)
    told, values = dialect.listed(
        id=ids,
        provider_id=[sent[pk].provider_id[:200] for pk in ids],
        outcome=[sent[pk].said for pk in ids],
    )
    return dialect.run_prepared(_ALL_SENT.format(told=told), now=now, owner=owner, **values)


def _settle_sent(delivery_id: int, outcome: Sent, owner: str, now: datetime) -> bool:
    provider_id = outcome.provider_id[:200]
    settled = dialect.run_prepared(
        _SENT, id=delivery_id, owner=owner, now=now, provider_id=provider_id, outcome=outcome.said
    )
    return bool(settled)


def settle(delivery_id: int, owner: str, outcome: Outcome, now: datetime, machine: float) -> bool:
    """Records what became of a send; False when somebody else owns the delivery by now.

    A fault of our own configuration ends nothing: staff mend it, and the delivery goes out then. Trouble of
    the whole channel counts against no message; what rests is the channel.
    """
    if isinstance(outcome, Sent):
        return _settle_sent(delivery_id, outcome, owner, now)
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
    queued = Delivery.objects.filter(settled_at=None, state=State.QUEUED)
    left = queued.filter(contact__left_at__isnull=False)
    ids = list(left.values_list("pk", flat=True))
    release(ids)
    cancelled = Delivery.objects.filter(pk__in=ids).update(state=State.CANCELLED, settled_at=now)
    stopped = queued.filter(contact__suppressed_at__isnull=False)
    for delivery in stopped.select_related("contact"):
        standing_in.cancel(delivery, now)
        cancelled += 1
    return cancelled


def open_deliveries() -> int:
    """How many are not settled yet."""
    return Delivery.objects.filter(settled_at=None, state__in=OPEN_STATES).count()


def any_waiting(machine: float) -> bool:
    """Whether a sender would find something to claim."""
    return leases.any_waiting("alerts_delivery", machine)
