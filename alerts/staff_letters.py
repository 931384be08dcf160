"""Mails to staff: each piece of news once, in a letter of its own; many at once in one letter.

That a piece is told and its letters are written in one transaction; letters then go out as deliveries do:
claimed under a lease, sent with the database closed, settled by the owner alone (DESIGN 6.3, 6.4).
"""

import hashlib
import logging
import os
import socket
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import QuerySet

from alerts import leases, ledger, staff_news
from alerts.channels.email import MailMessage, send_batch
from alerts.models import StaffLetter, StaffTold, State
from alerts.outcomes import Outcome, Refused, Sent
from alerts.rendering import fold, mail_environment
from alerts.staff_news import News
from config.clock import machine_now

logger = logging.getLogger(__name__)

MANY = 3  # pieces of news in one minute: more are one letter, as when our own line is down
TABLE = "alerts_staffletter"
SUBJECT = 300  # characters that the column holds


def addresses() -> list[str]:
    """Who is told: STAFF_MAIL, else the active staff logins that have an e-mail address."""
    if settings.STAFF_MAIL:
        return list(settings.STAFF_MAIL)
    staff = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    return list(staff.order_by("pk").values_list("email", flat=True).distinct())


@transaction.atomic
def compose(now: datetime) -> int:
    """Writes the letters for all news that nobody heard yet; how many. Without addresses the news waits."""
    to = addresses()
    news = [one for one in staff_news.untold(now) if _is_mine(one, now)] if to else []
    lots = [news] if len(news) > MANY else [[one] for one in news]
    letters = [_letter(lot, address, now) for lot in lots for address in to]
    return len(StaffLetter.objects.bulk_create(letters))


def waiting(machine: float) -> bool:
    """Whether a letter may go now."""
    return leases.any_waiting(TABLE, machine)


def deliver(now: datetime) -> int:
    """Sends the letters that may go now; how many were settled."""
    owner = f"{socket.gethostname()}:{os.getpid()}"
    ids = leases.take(TABLE, leases.WAITING, owner, machine_now(), ledger.BATCH)
    letters = list(StaffLetter.objects.filter(pk__in=ids).order_by("pk"))
    messages = [_message(letter) for letter in letters]
    if not connection.in_atomic_block:
        connection.close()
    send_batch(
        messages,
        settings.SMTP_URL,
        lambda at: _may_start(letters[at].pk, owner),
        lambda at, outcome: _settle(letters[at].pk, owner, outcome, now),
    )
    _held(ids, owner).update(state=State.QUEUED, lease_owner="", lease_until=0.0)
    return len(ids)


def _is_mine(one: News, now: datetime) -> bool:
    """Of two composers at once one gets a piece of news."""
    return StaffTold.objects.get_or_create(key=one.key, defaults={"at": now})[1]


def _letter(news: Sequence[News], address: str, now: datetime) -> StaffLetter:
    env = mail_environment()
    subject = " ".join(env.get_template("staff/subject.txt").render(news=news).split())[:SUBJECT]
    text = fold(env.get_template("staff/letter.txt").render(news=news))
    html = fold(env.get_template("staff/letter.html").render(subject=subject, text=text))
    return StaffLetter(address=address, subject=subject, text=text, html=html, composed_at=now)


def _message(letter: StaffLetter) -> MailMessage:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    name = hashlib.sha256(f"staff:{letter.pk}:{letter.composed_at.isoformat()}".encode()).hexdigest()[:32]
    return MailMessage(
        to=letter.address,
        from_=settings.MAIL_FROM,
        subject=letter.subject,
        html=letter.html,
        text=letter.text,
        message_id=f"{name}@{host}",
        date=letter.composed_at,
        leave_url="",
        list_id=f"staff.kuaixun.{host}",
    )


def _may_start(pk: int, owner: str) -> bool:
    """Only while the lease outlives the send's timeout; it is renewed for each letter."""
    machine = machine_now()
    mine = _held([pk], owner).filter(lease_until__gt=machine)
    return bool(mine.update(lease_until=machine + leases.LEASE))


def _settle(pk: int, owner: str, outcome: Outcome, now: datetime) -> None:
    """Whatever is no final refusal of this address is tried again."""
    mine = _held([pk], owner)
    match outcome:
        case Sent(said=said):
            mine.update(state=State.SENT, settled_at=now, outcome=said)
        case Refused(said=said, scope=scope) if scope != "configuration":
            logger.error("letter %s to staff refused (%s): %s", pk, scope, said)
            mine.update(state=State.REFUSED, settled_at=now, outcome=said)
        case _:
            letter = mine.first()
            wait = max(getattr(outcome, "after", 0.0), ledger.back_off(letter.attempts if letter else 1))
            mine.update(
                state=State.QUEUED,
                lease_owner="",
                not_before=machine_now() + min(wait, ledger.LONGEST_BACK_OFF),
                outcome=outcome.said,
            )


def _held(ids: Sequence[int], owner: str) -> QuerySet[StaffLetter]:
    return StaffLetter.objects.filter(pk__in=ids, state=State.CLAIMED, lease_owner=owner)
