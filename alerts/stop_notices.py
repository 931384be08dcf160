"""Telling a person by mail that their WeChat was stopped (DESIGN 6.10).

A message that stands in for one that was refused says so itself; this is for whoever has none waiting. Where
it is the mail address that was stopped, WeChat has no template for it: the pages that a tap opens say it.
"""

from datetime import datetime, timedelta

from django.conf import settings

from alerts import wording
from alerts.letter_items import LetterOrder
from alerts.models import Delivery, DeliveryKind
from alerts.queueing import queue
from alerts.rendering import TEMPLATE_VERSION, RenderedMail, fold, mail_environment
from config.clock import SHANGHAI
from subscribers.models import Channel, Contact

PRIORITY = 5
# By then what waited for the stopped contact has its stand-in (alerts.ledger).
AFTER = timedelta(minutes=2)
# What could not be told for so long is no news any more.
LONGEST_WAIT = timedelta(days=7)


def compose_stop_notices(now: datetime) -> int:
    """One mail for each stop that nothing else told of; the deliveries made. May run twice, and at once."""
    stopped = Contact.objects.filter(
        channel=Channel.WECHAT, left_at=None,
        suppressed_at__gt=now - LONGEST_WAIT, suppressed_at__lte=now - AFTER,
    )  # fmt: skip
    return queue([row for contact in stopped if (row := _delivery(contact, now))])


def _delivery(stopped: Contact, now: datetime) -> Delivery | None:
    told_by = Contact.objects.filter(
        subscriber=stopped.subscriber_id, channel=Channel.EMAIL, reachable_since__lte=now,
        suppressed_at=None, left_at=None,
    ).first()  # fmt: skip
    if told_by is None or _was_said(stopped, told_by):
        return None
    return Delivery(
        key=f"stopped:{stopped.suppressed_at:%Y%m%dT%H%M%S}:{stopped.pk}", kind=DeliveryKind.STOPPED,
        contact=told_by, channel=told_by.channel, slot=str(now.astimezone(SHANGHAI).date()),
        template_version=TEMPLATE_VERSION, composed_at=now,
        priority=PRIORITY,
    )  # fmt: skip


def _was_said(stopped: Contact, told_by: Contact) -> bool:
    stand_ins = Delivery.objects.filter(contact=told_by, stands_for__contact=stopped)
    return stand_ins.filter(composed_at__gte=stopped.suppressed_at).exists()


def stop_notice(order: LetterOrder) -> RenderedMail:
    """The mail: what comes to an end, what comes here instead, and how to have it back."""
    said = {
        "name": order.name,
        "staff_address": settings.MAIL_FROM.rpartition("<")[2].rstrip(">"),
        "leave_url": order.leave_url,
        "subject": wording.STOPPED_SUBJECT,
    }
    env = mail_environment()
    html, text = (env.get_template(f"mail/stopped.{part}").render(said) for part in ("html", "txt"))
    return RenderedMail(wording.STOPPED_SUBJECT, fold(html), fold(text))


def stopped_beside(contact: Contact) -> list[Contact]:
    """The person's other contacts that are stopped, for the pages that this one opens."""
    others = Contact.objects.filter(subscriber=contact.subscriber_id, left_at=None).exclude(pk=contact.pk)
    return list(others.exclude(suppressed_at=None).order_by("pk"))
