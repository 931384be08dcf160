"""What was heard of messages after they were handed over: written down once, then heeded.

A webhook or a mailbox writes a row and answers at once; the sweep takes the rows (DESIGN 6.1). WeChat may
tell the result of a message before we recorded that it took it: a row whose message is not found waits.
"""

import hashlib
import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from alerts import ledger
from alerts.channels.email import bounces
from alerts.channels.email.answers import later
from alerts.channels.wechat import callbacks
from alerts.models import Delivery, Receipt
from alerts.outcomes import Delivered, News, Refused, TryLater
from config.alone import alone
from subscribers.models import Channel

logger = logging.getLogger(__name__)

# A sender records within a second what it handed over, and is repaired within minutes.
PATIENCE = timedelta(minutes=10)
# What came back so often is not sent again; deadlines are told by mail then.
ENOUGH = {Channel.EMAIL: 3, Channel.WECHAT: 2}
GIVEN_UP = "{said}（已退回 {times} 次，不再重发）"
LOT = 200
LONGEST_REST = 6 * 3600.0


def note(key: str, **columns: Any) -> bool:
    """Writes a receipt down under what makes it unlike all others; False when it was there already."""
    name = hashlib.sha256(key.encode()).hexdigest()
    return Receipt.objects.get_or_create(key=name, defaults=columns)[1]


def waiting() -> bool:
    """Whether any receipt is not heeded yet."""
    return Receipt.objects.filter(taken_at=None).exists()


def take(now: datetime, machine: float) -> int:
    """Heeds what waits, the oldest first; how many were done with.

    What breaks our code rests for longer each time, and the proof raises an alarm. A rest that lies further
    ahead than any is from a clock that was set back, and over.
    """
    rested = Q(not_before__lte=machine) | Q(not_before__gt=machine + LONGEST_REST)
    waits = Receipt.objects.filter(rested, taken_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(_taken(pk, now, machine) for pk in list(waits[:LOT]))


def _taken(pk: int, now: datetime, machine: float) -> bool:
    done = alone(f"receipt {pk}", partial(_take, pk, now, machine))
    if done is None:
        failures = Receipt.objects.values_list("failures", flat=True).get(pk=pk) + 1
        Receipt.objects.filter(pk=pk).update(failures=failures, not_before=machine + rest(failures))
    return bool(done)


def rest(failures: int) -> float:
    """Seconds until a receipt that broke our code so often is tried again: 2, 4, 8 minutes to six hours."""
    return min(60.0 * 2.0 ** min(failures, 12), LONGEST_REST)


@transaction.atomic
def _take(pk: int, now: datetime, machine: float) -> bool:
    """Of two that take the same one, the second finds it done."""
    receipt = Receipt.objects.select_for_update().filter(pk=pk, taken_at=None).first()
    if receipt is None:
        return False
    delivery_id = receipt.delivery_id or _sent_as(receipt)
    if delivery_id is None:
        return _unmatched(receipt, now)
    if not ledger.hear(delivery_id, _news(receipt, delivery_id), now, machine):
        return False
    Receipt.objects.filter(pk=pk).update(taken_at=now, delivery=delivery_id)
    return True


def _sent_as(receipt: Receipt) -> int | None:
    mine = Delivery.objects.filter(contact=receipt.contact_id, provider_id=receipt.provider_id)
    return mine.values_list("pk", flat=True).first()


def _unmatched(receipt: Receipt, now: datetime) -> bool:
    if now - receipt.at < PATIENCE:
        return False
    logger.warning("receipt %s (%s) belongs to no message of ours", receipt.pk, receipt.verdict)
    Receipt.objects.filter(pk=receipt.pk).update(taken_at=now)
    return True


def _news(receipt: Receipt, delivery_id: int) -> News:
    """What its verdict means; the last of several returns ends it."""
    if receipt.channel == Channel.WECHAT:
        news = callbacks.news(receipt.verdict, receipt.said)
    elif receipt.verdict == bounces.DELIVERED:
        news = Delivered(receipt.said)
    else:
        news = later(receipt.verdict, receipt.said)
    before = Receipt.objects.filter(delivery=delivery_id, taken_at__isnull=False)
    times = before.exclude(verdict__in=(bounces.DELIVERED, callbacks.SUCCESS)).count() + 1
    if isinstance(news, TryLater) and times >= ENOUGH[Channel(receipt.channel)]:
        return Refused(GIVEN_UP.format(said=news.said, times=times), "message", news.ailment)
    return news
