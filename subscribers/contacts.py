"""A person's contacts: added, confirmed, suppressed, restored, each with its record."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from subscribers.models import Channel, Consent, Contact, LeaveToken, Subscriber

ASKING_PAUSE = timedelta(days=1)


def token_hash(token: str) -> str:
    """What is kept of a leave token when its contact is erased."""
    return hashlib.sha256(token.encode()).hexdigest()


def canonical(channel: Channel, address: str) -> str:
    """The one way to write an address: mail addresses in small letters, openids as they are."""
    address = address.strip()
    return address.lower() if channel == Channel.EMAIL else address


@transaction.atomic
def add_confirmed(subscriber: Subscriber, channel: Channel, address: str, now: datetime, how: str) -> Contact:
    """A contact whose owner has agreed to be told; `how` says by which way, for the record."""
    contact = _add(subscriber, channel, address, reachable_since=now, confirmed_at=now)
    Consent.objects.create(contact=contact, given=True, at=now, how=how)
    return contact


@transaction.atomic
def add_unconfirmed(subscriber: Subscriber, address: str, now: datetime) -> Contact:
    """A mail address whose owner is asked by mail first; until they confirm they are told nothing else."""
    return _add(subscriber, Channel.EMAIL, address, asked_at=now)


def _add(subscriber: Subscriber, channel: Channel, address: str, **columns: datetime) -> Contact:
    contact = Contact.objects.create(
        subscriber=subscriber, channel=channel, address=canonical(channel, address), **columns
    )
    LeaveToken.objects.create(token_hash=token_hash(contact.leave_token), contact=contact)
    return contact


def ask_again(contact_id: int, now: datetime) -> bool:
    """Asks once more for confirmation; False where that would be the second mail within a day.

    Nobody is to be flooded by somebody who types in their address.
    """
    waiting = Contact.objects.filter(pk=contact_id, channel=Channel.EMAIL, reachable_since=None, left_at=None)
    due = waiting.filter(Q(asked_at=None) | Q(asked_at__lte=now - ASKING_PAUSE), suppressed_at=None)
    return bool(due.update(asked_at=now))


@transaction.atomic
def confirm(contact_id: int, now: datetime, how: str) -> bool:
    """The owner agrees; False where there is nothing to confirm (any more)."""
    waiting = Contact.objects.filter(
        pk=contact_id, reachable_since=None, left_at=None, suppressed_at=None, asked_at__isnull=False
    )
    if not waiting.update(reachable_since=now, confirmed_at=now):
        return False
    Consent.objects.create(contact_id=contact_id, given=True, at=now, how=how)
    return True


def suppress(contact_id: int, why: str, now: datetime) -> bool:
    """Stops a contact that refuses for good; False when it was stopped already."""
    stopped = Contact.objects.filter(pk=contact_id, suppressed_at=None).update(
        suppressed_at=now, suppressed_why=why
    )
    return bool(stopped)


def restore(contact_id: int, now: datetime) -> None:
    """Lifts a suppression: what matched while it lasted is not made up (DESIGN 6.10).

    An address that was never confirmed stays so.
    """
    contact = Contact.objects.filter(pk=contact_id)
    contact.exclude(reachable_since=None).update(reachable_since=now)
    contact.update(suppressed_at=None, suppressed_why="")
