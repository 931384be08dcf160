"""Leaving: one token, one POST, no login, for ever (DESIGN 6.8; RFC 8058)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from subscribers.contacts import token_hash
from subscribers.models import Channel, Consent, Contact, LeaveToken


@dataclass(frozen=True, slots=True)
class Left:
    """That a contact is told nothing any more; `already` when that was so before."""

    masked_address: str
    channel: str
    already: bool


def look_up(token: str) -> Contact | None:
    """The contact that a token stands for; None for an unknown token or an erased person."""
    known = LeaveToken.objects.select_related("contact__subscriber").filter(token_hash=token_hash(token))
    found = known.first()
    return found.contact if found else None


def erased(token: str) -> Left | None:
    """What there is to say of a token whose person was erased; None for any other."""
    gone = LeaveToken.objects.filter(token_hash=token_hash(token), contact=None).exists()
    return Left("", "", already=True) if gone else None


@transaction.atomic
def leave(token: str, now: datetime, how: str) -> Left | None:
    """Stops all to that contact. None only for a token that we never gave out."""
    known = LeaveToken.objects.filter(token_hash=token_hash(token)).first()
    if known is None:
        return None
    contact = known.contact
    if contact is None:
        return Left("", "", already=True)
    left_now = Contact.objects.filter(pk=contact.pk, left_at=None).update(left_at=now)
    if left_now:
        Consent.objects.create(contact=contact, given=False, at=now, how=how)
    return Left(masked(contact), contact.get_channel_display(), already=not left_now)


def masked(contact: Contact) -> str:
    """Enough of an address to be known by its owner and by nobody else."""
    if contact.channel != Channel.EMAIL:
        return f"{contact.address[:4]}…{contact.address[-2:]}"
    name, _, domain = contact.address.partition("@")
    return f"{name[:1]}***@{domain}"
