"""The told rows that rest on deliveries.

No index names the delivery (decision 16): its items and its person lead to them.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from alerts import looks, open_changes
from alerts.models import Delivery, DeliveryItem, Told


def told_by(delivery_ids: Collection[int]) -> QuerySet[Told]:
    """What these deliveries tell, or have told; to be asked while they have their items."""
    items = DeliveryItem.objects.filter(delivery__in=delivery_ids)
    people = Delivery.objects.filter(pk__in=delivery_ids).values_list("contact__subscriber", flat=True)
    return Told.objects.filter(
        notice__in=set(items.values_list("notice_id", flat=True)),
        subscriber__in=set(people),
        delivery__in=delivery_ids,
    )


def release(delivery_ids: Collection[int]) -> None:
    """What these deliveries were to tell is untold again: it is looked for anew."""
    people = Delivery.objects.filter(pk__in=delivery_ids).values_list("contact__subscriber", flat=True)
    looks.forget(set(people))
    rows = told_by(delivery_ids)
    open_changes.reopen(set(rows.exclude(change="new").values_list("notice_id", flat=True)))
    rows.delete()
