"""Erasing a person on request: what names them goes, the log keeps counts alone (PIPL, article 47).

The rows of person and contacts stay, empty, since deliveries are counted by them; the way out of old mails
stays too, as a hash that names nobody (DESIGN 6.8). `erased` tells the rooms above to do their part.
"""

from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.dispatch import Signal

from subscribers.models import (
    Consent,
    Contact,
    LeaveToken,
    Membership,
    Subscriber,
    Subscription,
    new_leave_token,
)

NOBODY = "已删除"

erased = Signal()
"""Sent inside the transaction, with `subscriber_id` and `now`, by `erase`."""


@transaction.atomic
def erase(subscriber: Subscriber, now: datetime) -> bool:
    """Takes out all that names the person, for good; False when that was done before."""
    if subscriber.erased_at is not None:
        return False
    contacts = list(Contact.objects.filter(subscriber=subscriber).values_list("pk", flat=True))
    subscriptions = list(Subscription.objects.filter(subscriber=subscriber).values_list("pk", flat=True))
    _empty_contacts(contacts, now)
    Membership.objects.filter(subscriber=subscriber).delete()
    Subscription.objects.filter(pk__in=subscriptions).delete()
    Subscription.history.filter(id__in=subscriptions).delete()
    Subscriber.history.filter(id=subscriber.pk).delete()
    _forget_in_journal(Subscriber, [subscriber.pk])
    _forget_in_journal(Contact, contacts)
    _forget_in_journal(Subscription, subscriptions)
    Subscriber.objects.filter(pk=subscriber.pk).update(
        name=NOBODY, organisation="", paused_until=None, resumed_at=None, erased_at=now
    )
    erased.send(sender=Subscriber, subscriber_id=subscriber.pk, now=now)
    return True


def _empty_contacts(ids: list[int], now: datetime) -> None:
    LeaveToken.objects.filter(contact__in=ids).update(contact=None)
    Consent.objects.filter(contact__in=ids).delete()
    for contact_id in ids:
        Contact.objects.filter(pk=contact_id).update(
            address=f"{NOBODY} {contact_id}", left_at=now, reachable_since=None, suppressed_at=None,
            suppressed_why="", leave_token=new_leave_token(),
        )  # fmt: skip


def _forget_in_journal(model: type[models.Model], ids: list[int]) -> None:
    """The admin's journal writes the row's name down with every change."""
    kind = ContentType.objects.get_for_model(model)
    LogEntry.objects.filter(content_type=kind, object_id__in=[str(pk) for pk in ids]).update(
        object_repr=NOBODY, change_message=""
    )
