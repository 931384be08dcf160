"""A person's contacts: added, confirmed, suppressed, restored, each with its record."""

import hashlib
from datetime import datetime

from django.db import transaction

from subscribers.models import Channel, Consent, Contact, LeaveToken, Subscriber


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
    contact = Contact.objects.create(
        subscriber=subscriber, channel=channel, address=canonical(channel, address), reachable_since=now
    )
    LeaveToken.objects.create(token_hash=token_hash(contact.leave_token), contact=contact)
    Consent.objects.create(contact=contact, given=True, at=now, how=how)
    return contact


def suppress(contact_id: int, why: str, now: datetime) -> bool:
    """Stops a contact that refuses for good; False when it was stopped already."""
    stopped = Contact.objects.filter(pk=contact_id, suppressed_at=None).update(
        suppressed_at=now, suppressed_why=why
    )
    return bool(stopped)


def restore(contact_id: int, now: datetime) -> None:
    """Lifts a suppression: what matched while it lasted is not made up (DESIGN 6.10)."""
    Contact.objects.filter(pk=contact_id).update(suppressed_at=None, suppressed_why="", reachable_since=now)
