"""Double opt-in: a mail address is told nothing until its owner says yes on the page that this mail names.

The asking is a column of the contact; the mail is a delivery like all others, ahead of them in priority and
not held back by night: whoever asked is waiting for it.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from alerts import wording
from alerts.letter_items import LetterOrder
from alerts.models import Delivery, DeliveryKind
from alerts.queueing import queue
from alerts.rendering import TEMPLATE_VERSION, RenderedMail, fold, mail_environment
from config.clock import SHANGHAI
from subscribers.models import Channel, Contact

PRIORITY = 1

# An asking that could not be composed for so long is not made up: its owner has forgotten it.
LONGEST_WAIT = timedelta(days=7)


def compose_confirmations(now: datetime) -> int:
    """One mail for each asking; the deliveries made. May run twice, and at once."""
    asked = Contact.objects.filter(
        channel=Channel.EMAIL, asked_at__gt=now - LONGEST_WAIT, asked_at__lte=now,
        reachable_since=None, suppressed_at=None, left_at=None,
    )  # fmt: skip
    answered = Delivery.objects.filter(
        contact=OuterRef("pk"), kind=DeliveryKind.CONFIRM, composed_at__gte=OuterRef("asked_at")
    )
    rows = [_delivery(contact, now) for contact in asked.exclude(Exists(answered))]
    return queue(rows)


def _delivery(contact: Contact, now: datetime) -> Delivery:
    return Delivery(
        key=f"confirm:{contact.asked_at:%Y%m%dT%H%M%S}:{contact.pk}", kind=DeliveryKind.CONFIRM,
        contact=contact, channel=contact.channel, slot=str(now.astimezone(SHANGHAI).date()),
        template_version=TEMPLATE_VERSION, composed_at=now,
        priority=PRIORITY,
    )  # fmt: skip


def confirmation(order: LetterOrder) -> RenderedMail:
    """The mail that asks: what will come, how often, and the page on which to say yes."""
    said = {
        "name": order.name,
        "wishes": order.wishes,
        "confirm_url": f"{order.own_url}/confirm/",
        "leave_url": order.leave_url,
        "subject": wording.CONFIRM_SUBJECT,
    }
    env = mail_environment()
    html, text = (env.get_template(f"mail/confirm.{part}").render(said) for part in ("html", "txt"))
    return RenderedMail(wording.CONFIRM_SUBJECT, fold(html), fold(text))
