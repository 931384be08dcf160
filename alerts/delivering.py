"""Sending: claim, load and render, close the database, send, settle one by one (DESIGN 4.6)."""

import logging
import os
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

from alerts import lanes, leases, ledger, pace
from alerts.channels.email import MailMessage, send_batch
from alerts.channels.wechat import WeChatMessage
from alerts.confirming import confirmation
from alerts.letter_items import LetterOrder
from alerts.letters import letter
from alerts.models import Delivery
from alerts.naming import identifier
from alerts.outcomes import Outcome, TryLater
from alerts.phone import phone_message
from alerts.presenting import letter_orders
from alerts.rendering import RenderedMail, render_mail
from alerts.returned_mail import return_path
from alerts.slots import is_quiet
from alerts.stop_notices import stop_notice
from alerts.wechat_account import gateway, template_mapping
from config.clock import SHANGHAI, machine_now
from subscribers.models import Channel

logger = logging.getLogger(__name__)

M = TypeVar("M", MailMessage, WeChatMessage)

# No send starts unless the lease outlives it. SMTP gives up after 20 s; a WeChat call takes 11 s at most,
# and up to three of them where the token must be fetched anew.
LONGEST_SEND = {Channel.EMAIL: 20.0, Channel.WECHAT: 35.0}
# After this a sender makes room for other tasks and is nudged anew: with two processes to a worker, what is
# due at once would else wait until a morning's digests are out.
SHIFT = 20.0
# A batch that goes slower is given back: Celery would cut it off at 240 s, perhaps between a yes and its
# record.
LONGEST_BATCH = 120.0
# Two answers in a row that are none: it is WeChat that is in trouble, and each more would take 11 s.
TROUBLES = 2


class Desk:
    """One sender at work on one claimed batch: answers whether a send may start, and settles it."""

    def __init__(
        self, ids: Sequence[int], owner: str, channel: Channel, now: datetime, claimed_at: float
    ) -> None:
        self.ids, self.owner, self.now, self.channel = list(ids), owner, now, channel
        self.longest_send = LONGEST_SEND[channel]
        self.claimed_at, self.lease_until = claimed_at, claimed_at + ledger.LEASE
        self._starts: dict[int, float] = {}
        self._ahead_of_monotonic = 0.0

    def keep_pace(self, domains: Mapping[int, str]) -> None:
        """Keeps those that may start within the next seconds, in that order; the others are given back."""
        machine = machine_now()
        self._starts = pace.plan(self.channel, domains, machine)
        self._ahead_of_monotonic = machine - time.monotonic()
        self.ids = sorted(self._starts, key=self._starts.__getitem__)

    def may_start(self, delivery_id: int) -> bool:
        """Only while the lease outlives the send's timeout; it is renewed when it grows short.

        A lease that seems longer than any is one whose clock was set back: others take it for over.
        """
        pace.wait_for(self._starts.get(delivery_id, 0.0) - self._ahead_of_monotonic)
        machine = machine_now()
        if machine > self.claimed_at + LONGEST_BATCH:
            return False
        if self.longest_send < self.lease_until - machine <= ledger.LEASE:
            return True
        rest = self.ids[self.ids.index(delivery_id) :]
        if ledger.renew(rest, self.owner, machine) < len(rest):
            return False
        self.lease_until = machine + ledger.LEASE
        return True

    def settle(self, delivery_id: int, outcome: Outcome) -> None:
        """Records what became of one delivery, at once."""
        if not ledger.settle(delivery_id, self.owner, outcome, self.now, machine_now()):
            logger.warning("delivery %s changed hands before it was settled", delivery_id)


def deliver(channel: Channel, now: datetime) -> bool:
    """Sends what is waiting on a channel, batch by batch, until none is left that may go now.

    True when its shift was over before that.

    Trouble of the channel itself ends it, and lets the channel rest: the others of the batch were not tried.
    """
    send = {Channel.EMAIL: _send_mails, Channel.WECHAT: _send_phone_messages}[channel]
    owner = f"{socket.gethostname()}:{os.getpid()}"
    night_of = now.astimezone(SHANGHAI).date() if is_quiet(now) else None
    ledger.cancel_unreachable(now)
    began = machine_now()
    while 0 <= machine_now() - began < SHIFT:
        ids, claimed_at = claim(channel, owner, night_of)
        if not ids:
            return False
        desk = Desk(ids, owner, channel, now, claimed_at)
        trouble = send(desk)
        ledger.give_back(ids, owner)
        if trouble:
            logger.error("%s: %s", channel, trouble.said)
            lanes.rest(channel, trouble, machine_now())
    return True


def claim(channel: Channel, owner: str, night_of: date | None) -> tuple[list[int], float]:
    """A batch, and the moment from which its lease counts."""
    machine = machine_now()
    ids = ledger.claim_plain(channel, owner, machine, night_of=night_of)
    return (ids, machine) if ids else _claim_past(channel, owner, night_of)


@transaction.atomic
def _claim_past(channel: Channel, owner: str, night_of: date | None) -> tuple[list[int], float]:
    """What is left, past the lanes that rest and a clock that was set back.

    The clock is read with SQLite's write lock in hand. Whoever was held up after reading it (a process may be
    frozen) takes nothing: leases given meanwhile would seem to come from a clock that was set back.
    """
    machine = machine_now()
    ids = ledger.claim_past(channel, owner, machine, night_of=night_of)
    if 0 <= machine_now() - machine < leases.SKEW:
        return ids, machine
    transaction.set_rollback(True)
    return [], machine


def _send_mails(desk: Desk) -> TryLater | None:
    addresses = dict(Delivery.objects.filter(pk__in=desk.ids).values_list("pk", "contact__address"))
    receivers = {pk: lanes.domain_lane(address) for pk, address in addresses.items()}
    ready = _made(desk, lambda order, pk: mail(order, addresses[pk]), receivers)
    return send_batch(
        [message for _, message in ready],
        settings.SMTP_URL,
        lambda position: desk.may_start(ready[position][0]),
        lambda position, outcome: desk.settle(ready[position][0], outcome),
    )


def _send_phone_messages(desk: Desk) -> TryLater | None:
    openids = dict(Delivery.objects.filter(pk__in=desk.ids).values_list("pk", "contact__address"))
    receivers = dict.fromkeys(openids, desk.channel.value)
    ready = _made(desk, lambda order, pk: phone(order, openids[pk]), receivers)
    account, troubles = gateway(), 0
    for pk, message in ready:
        if not desk.may_start(pk):
            break
        outcome = account.send(message)
        desk.settle(pk, outcome)
        troubles = troubles + 1 if isinstance(outcome, TryLater) else 0
        if isinstance(outcome, TryLater) and troubles == TROUBLES:
            return TryLater(outcome.said, after=min(outcome.after, 60.0))
    return None


def _made(
    desk: Desk, make: Callable[[LetterOrder, int], M], receivers: Mapping[int, str]
) -> list[tuple[int, M]]:
    """The batch's messages, made before the network is touched; one that cannot be made is put off.

    In the order in which they may start by the paces of their `receivers`; without those that may not yet.
    """
    orders = letter_orders(desk.ids)
    ready = {}
    for pk in desk.ids:
        try:
            ready[pk] = make(orders[pk], pk)
        except Exception as error:  # one poisoned row must not hold up the batch; it is logged and put off
            logger.exception("delivery %s cannot be made", pk)
            desk.settle(pk, TryLater(f"做不成信件：{error!r}；一小时后再试", after=ledger.LONGEST_BACK_OFF))
    desk.keep_pace({pk: receivers[pk] for pk in ready})
    if not connection.in_atomic_block:
        connection.close()
    return [(pk, ready[pk]) for pk in desk.ids]


def mail(order: LetterOrder, address: str) -> MailMessage:
    """The finished mail: Message-ID and Date are the delivery's own, whenever it is sent (DESIGN 6.3)."""
    rendered = _rendered(order)
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return MailMessage(
        to=address,
        from_=settings.MAIL_FROM,
        subject=rendered.subject,
        html=rendered.html,
        text=rendered.text,
        message_id=f"{identifier(order.key)}@{host}",
        date=order.composed_at,
        leave_url=order.leave_url,
        list_id=f"{order.cadence or order.kind}.kuaixun.{host}",
        envelope_from=return_path(order.number),
    )


def _rendered(order: LetterOrder) -> RenderedMail:
    match order.kind:
        case "confirm":
            return confirmation(order)
        case "stopped":
            return stop_notice(order)
        case _:
            return render_mail(letter(order))


def phone(order: LetterOrder, openid: str) -> WeChatMessage:
    """The finished template message; `client_msg_id` makes a retry harmless for ten minutes."""
    made = phone_message(order, template_mapping())
    return WeChatMessage(openid, made.template_id, made.data, made.url, identifier(order.key))
