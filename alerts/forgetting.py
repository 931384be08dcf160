"""What alerts does when a person is erased: the ledger keeps kind, channel, state and times, and no words."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from alerts import ledger
from alerts.models import (
    Delivery,
    DeliveryItem,
    Follow,
    Mark,
    Outgoing,
    PairStop,
    Receipt,
    Refusal,
    SoftBounce,
    StaffLetter,
)
from alerts.told import release
from subscribers.erasing import erased


@receiver(erased)
def forget(subscriber_id: int, now: datetime, **_: Any) -> None:
    """Ends what waits, and takes out what was said of what, and the other side's words, which name people."""
    own = Delivery.objects.filter(contact__subscriber=subscriber_id)
    ledger.cancel(Outgoing.objects.filter(delivery__contact__subscriber=subscriber_id), now)
    own.update(outcome="", provider_id="")
    release(own.values_list("pk", flat=True))
    DeliveryItem.objects.filter(delivery__in=own).delete()
    Mark.objects.filter(subscriber=subscriber_id).delete()
    Follow.objects.filter(subscriber=subscriber_id).delete()
    Refusal.objects.filter(contact__subscriber=subscriber_id).delete()
    SoftBounce.objects.filter(contact__subscriber=subscriber_id).delete()
    Receipt.objects.filter(contact__subscriber=subscriber_id).delete()
    # Letters to staff that told of a stop, known by the page that they name.
    page = reverse("admin:subscribers_subscriber_change", args=[subscriber_id])
    StaffLetter.objects.filter(text__contains=page).delete()
    PairStop.objects.filter(contact__subscriber=subscriber_id).delete()
