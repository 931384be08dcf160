"""When a contact refuses for good, another may speak for it (DESIGN 6.2, 6.10).

A deadline that WeChat will not carry is told by e-mail; and when a contact is stopped, what it was to say is
said on the person's other channel, which is also how they learn of it. Told rows stay under the channel that
was stood in for; what the other channel has told by itself is not said again.
"""

import secrets
from datetime import datetime

from alerts.models import Delivery, DeliveryItem, DeliveryKind, PairStop, Refusal, Told
from alerts.outcomes import Refused
from alerts.queueing import let_go
from alerts.rendering import TEMPLATE_VERSION
from alerts.told import release
from subscribers.models import Channel, Contact

DEADLINES = (DeliveryKind.REMINDER, DeliveryKind.FOLLOW_UP)


def other_way(kind: str, channel: str, scope: str) -> Channel | None:
    """The channel that may stand in for a refused one; None where the refusal is the end of it."""
    if scope == "contact":
        return Channel.EMAIL if channel == Channel.WECHAT else Channel.WECHAT
    if channel == Channel.WECHAT and kind in DEADLINES:
        return Channel.EMAIL
    return None


def refused(delivery: Delivery, outcome: Refused, now: datetime) -> Delivery | None:
    """What follows a refusal: a stand-in that was made, or told rows that are released.

    What was refused for its words or its template is remembered, so that it is not composed again for the
    same contact every few seconds.
    """
    if outcome.scope == "pair":
        PairStop.objects.get_or_create(
            contact=delivery.contact, kind=delivery.kind, defaults={"why": outcome.said, "at": now}
        )
    if outcome.scope != "contact":
        said = delivery.items.values_list("notice_id", "change")
        rows = [Refusal(contact=delivery.contact, notice_id=notice, change=change) for notice, change in said]
        Refusal.objects.bulk_create(rows, ignore_conflicts=True)
    made = stand_in(delivery, other_way(delivery.kind, delivery.channel, outcome.scope), now)
    release([delivery.pk])
    return made


def stand_in(delivery: Delivery, channel: Channel | None, now: datetime) -> Delivery | None:
    """Makes the delivery that speaks in place of one that cannot; None where nobody or nothing is left."""
    contact = _reachable(delivery, channel, now) if delivery.stands_for_id is None else None
    items = _not_said_there(delivery, contact) if contact else []
    if contact is None or not items:
        return None
    made = Delivery.objects.create(
        key=f"{delivery.key}:{contact.channel}", kind=delivery.kind, contact=contact, channel=contact.channel,
        cadence=delivery.cadence, slot=delivery.slot, composition=secrets.token_hex(16), composed_at=now,
        template_version=TEMPLATE_VERSION, priority=delivery.priority, stands_for=delivery,
    )  # fmt: skip
    let_go([made])
    for item in items:
        _hand_over(item, delivery, made)
    return made


def _reachable(delivery: Delivery, channel: Channel | None, now: datetime) -> Contact | None:
    usable = Contact.objects.filter(
        subscriber=delivery.contact.subscriber_id, channel=channel, reachable_since__lte=now,
        suppressed_at=None, left_at=None,
    )  # fmt: skip
    return usable.exclude(pair_stops__kind=delivery.kind).first()


def _not_said_there(delivery: Delivery, contact: Contact) -> list[DeliveryItem]:
    told = Told.objects.filter(subscriber=contact.subscriber_id, channel=contact.channel)
    said = set(told.filter(notice__in=delivery.items.values("notice")).values_list("notice_id", "change"))
    return [item for item in delivery.items.order_by("pk") if (item.notice_id, item.change) not in said]


def _hand_over(item: DeliveryItem, old: Delivery, new: Delivery) -> None:
    DeliveryItem.objects.create(
        delivery=new, notice_id=item.notice_id, change=item.change, revision_id=item.revision_id,
        reading_id=item.reading_id, deadline_id=item.deadline_id, filters=item.filters,
    )  # fmt: skip
    told = Told.objects.filter(notice=item.notice_id, subscriber=new.contact.subscriber_id, delivery=old)
    told.update(delivery=new)


def cancelled(delivery: Delivery, now: datetime) -> None:
    """What follows when a delivery to a stopped contact is cancelled: another speaks for it."""
    stand_in(delivery, other_way(delivery.kind, delivery.channel, "contact"), now)
    release([delivery.pk])
