"""Whoever is stopped on one channel hears of it on another."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alerts import ledger
from alerts.compose import compose_alerts
from alerts.delivering import mail
from alerts.models import Delivery, StaffLetter
from alerts.outcomes import Refused
from alerts.presenting import letter_orders
from alerts.staff_letters import compose as compose_staff_letters
from alerts.stop_notices import compose_stop_notices
from subscribers.contacts import suppress
from subscribers.erasing import erase
from subscribers.models import Cadence, Contact
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOON, SOON = at("2019-10-21", "12:00"), at("2019-10-21", "12:02")


def stopped(channel: str = "wechat") -> Contact:
    """Somebody with both channels, one of which was stopped at noon."""
    contact = person(wechat=True).contacts.get(channel=channel)
    suppress(contact.pk, "43004 没有关注", NOON)
    return contact


def test_stop_of_wechat_is_told_by_mail_once() -> None:
    stopped()
    made = [compose_stop_notices(now) for now in (NOON, SOON, at("2019-10-21", "12:05"))]
    row = Delivery.objects.get()
    said = mail(letter_orders([row.pk])[row.pk], row.contact.address)
    assert (made, row.kind, row.channel) == ([0, 1, 0], "stopped", "email")
    assert (said.subject, "您的微信收不到我们的消息" in said.text) == ("【快讯】您的微信提醒已停止", True)


def test_second_stop_is_told_again() -> None:
    contact = stopped()
    compose_stop_notices(SOON)
    Contact.objects.filter(pk=contact.pk).update(suppressed_at=at("2019-10-22"))
    assert compose_stop_notices(at("2019-10-22", "10:02")) == 1


def _mail_stopped(contact: Contact) -> None:
    Contact.objects.filter(channel="email").update(suppressed_at=NOON)


def _left(contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(left_at=NOON)


def _long_ago(contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(suppressed_at=at("2019-10-14"))


@pytest.mark.parametrize("act", [_mail_stopped, _left, _long_ago])
def test_stop_is_not_told_where_it_cannot_or_need_not_be(act: Callable[[Contact], None]) -> None:
    act(stopped())
    assert compose_stop_notices(SOON) == 0


def test_stand_in_that_says_it_is_enough() -> None:
    wish(person(wechat=True), spec("余姚市"), Cadence.AT_ONCE, by_email=False, by_wechat=True)
    taken_in(notice(seen=at("2019-10-21", "11:50")))
    compose_alerts(at("2019-10-21", "11:56"))
    (pk,) = ledger.claim("wechat", "a", 1.0)
    ledger.settle(pk, "a", Refused("43004 没有关注", "contact"), NOON, 1.0)
    assert (compose_stop_notices(SOON), Delivery.objects.filter(stands_for=pk).count()) == (0, 1)


@pytest.mark.parametrize(("channel", "said"), [("email", True), ("wechat", True), ("", False)])
def test_pages_of_the_other_contact_say_it(client: Client, channel: str, said: bool) -> None:
    someone = person(wechat=True)
    row = notice()
    other = someone.contacts.exclude(channel=channel).order_by("pk")[0]
    Contact.objects.filter(subscriber=someone, channel=channel).update(suppressed_at=NOON)
    page = client.get(f"/u/{other.leave_token}/n/{row.pk}/").content.decode()
    assert ("收不到我们的消息，已经停发" in page) is said


def test_letter_to_staff_of_a_stop_goes_with_the_person(settings: Any) -> None:
    settings.STAFF_MAIL = ["duty@example.org"]
    kept, gone = stopped(), stopped()
    compose_staff_letters(SOON)
    erase(gone.subscriber, at("2019-10-22"))
    assert [str(kept.subscriber_id) in row.text for row in StaffLetter.objects.all()] == [True]
