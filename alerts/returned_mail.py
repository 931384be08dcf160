"""Mails that came back: recognised as ours by a token, and written down as receipts.

Where `BOUNCE_ADDRESS` is set every mail has a return path of its own (bounce+17-4f…@example.cn), which nobody
can make up; where a relay wants a fixed sender, the headers that come back name the message by the address
for leaving in it, which nobody can guess.
"""

import hashlib
import hmac
import re
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils.crypto import salted_hmac

from alerts import receipts
from alerts.channels.email import bounces
from alerts.channels.email.bounces import Bounce
from alerts.models import Delivery
from alerts.naming import identifier
from config.alone import alone
from subscribers.models import Channel, Contact

SALT = "kuaixun.returned_mail"
BROKEN = "broken"
_TOKEN = re.compile(r"\+(?P<pk>\d{1,18})-(?P<seal>[0-9a-f]{16})@", re.IGNORECASE)
# Of a contact's messages, the latest are the ones that come back.
LATEST = 300


def return_path(delivery_id: int) -> str:
    """The envelope sender of a delivery; empty where none is set up."""
    local, _, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{delivery_id}-{_seal(delivery_id)}@{domain}" if local else ""


def _seal(delivery_id: int) -> str:
    return salted_hmac(SALT, str(delivery_id), algorithm="sha256").hexdigest()[:16]


def take_in(content: bytes, now: datetime) -> str:
    """What a mail that came was: a verdict that was written down, `known`, `stranger` or `other`."""
    bounce = bounces.read(content)
    if bounce is None:
        return "other"
    delivery = _by_path(bounce) or _by_headers(bounce)
    if delivery is None:
        return "stranger"
    fresh = receipts.note(
        hashlib.sha256(content).hexdigest(), channel=Channel.EMAIL, contact_id=delivery.contact_id,
        delivery=delivery, verdict=bounce.verdict, said=bounce.said, at=now,
    )  # fmt: skip
    return bounce.verdict if fresh else "known"


def taken(content: bytes, now: datetime) -> str:
    """As `take_in`; `broken` for a mail that breaks our code and must not keep the others from being read."""
    return alone("a mail that came back", partial(take_in, content, now)) or BROKEN


def _by_path(bounce: Bounce) -> Delivery | None:
    for address in bounce.came_to:
        found = _TOKEN.search(address)
        if found and hmac.compare_digest(_seal(int(found["pk"])), found["seal"].lower()):
            return Delivery.objects.filter(pk=int(found["pk"]), channel=Channel.EMAIL).first()
    return None


def _by_headers(bounce: Bounce) -> Delivery | None:
    if not bounce.leave_token:
        return None
    contact = Contact.objects.filter(leave_token=bounce.leave_token, channel=Channel.EMAIL).first()
    name = bounce.message_id.partition("@")[0]
    latest = Delivery.objects.filter(contact=contact).order_by("-pk")[:LATEST] if contact else []
    return next((row for row in latest if identifier(row.key) == name), None)
