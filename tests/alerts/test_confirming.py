"""Double opt-in: an address is asked, and told nothing else before its owner says yes."""

import pytest

from alerts import ledger
from alerts.compose import compose_alerts, compose_due
from alerts.confirming import compose_confirmations, confirmation
from alerts.models import Delivery
from alerts.outcomes import Refused
from alerts.presenting import letter_orders
from subscribers.contacts import add_unconfirmed, ask_again, confirm
from subscribers.leaving import leave
from subscribers.models import Cadence, Contact
from subscribers.subscribing import subscribe
from tests.builders import START, at, notice, person, spec, taken_in

pytestmark = pytest.mark.django_db
ASKED = at("2019-10-21", "10:00")
NIGHT = at("2019-10-21", "23:00")
T = 1_000_000.0


def unconfirmed() -> Contact:
    """Somebody at 余姚 whose address was typed in and not confirmed yet."""
    someone = person(email=False)
    subscribe(someone, spec("余姚市"), START, cadence=Cadence.AT_ONCE)
    return add_unconfirmed(someone, "Chen@example.com", ASKED)


def test_asking_makes_one_mail_however_often_it_is_composed() -> None:
    unconfirmed()
    assert [compose_confirmations(ASKED), compose_confirmations(at("2019-10-21", "10:01"))] == [1, 0]


def test_unconfirmed_contact_is_told_nothing_else() -> None:
    unconfirmed()
    taken_in(notice(seen=at("2019-10-21", "10:30")))
    compose_due(at("2019-10-21", "10:40"))
    assert list(Delivery.objects.values_list("kind", flat=True)) == ["confirm"]


def test_confirmed_contact_is_told_what_matches_from_then_on() -> None:
    contact = unconfirmed()
    taken_in(notice(seen=at("2019-10-21", "10:30")))
    assert confirm(contact.pk, at("2019-10-21", "11:00"), "确认页")
    taken_in(notice(seen=at("2019-10-21", "11:10")))
    assert compose_alerts(at("2019-10-21", "11:20")) == 1
    assert Delivery.objects.get().items.count() == 1


def test_confirming_is_recorded_once() -> None:
    contact = unconfirmed()
    assert [confirm(contact.pk, at("2019-10-21", "11:00"), "确认页") for _ in range(2)] == [True, False]
    assert [(row.given, row.how) for row in contact.consents.all()] == [(True, "确认页")]


def test_who_left_or_was_stopped_cannot_be_confirmed_by_an_old_link() -> None:
    left, stopped = unconfirmed(), add_unconfirmed(person(email=False), "b@example.com", ASKED)
    leave(left.leave_token, ASKED, "退订页")
    Contact.objects.filter(pk=stopped.pk).update(suppressed_at=ASKED)
    assert not confirm(left.pk, ASKED, "确认页")
    assert not confirm(stopped.pk, ASKED, "确认页")


def test_confirmation_goes_before_everything_else() -> None:
    other = person()
    subscribe(other, spec("余姚市"), START, cadence=Cadence.AT_ONCE)
    other.contacts.update(reachable_since=START)
    taken_in(notice(seen=ASKED))
    compose_alerts(at("2019-10-21", "10:05"))
    contact = unconfirmed()
    compose_confirmations(at("2019-10-21", "10:06"))
    first = Delivery.objects.get(pk=ledger.claim("email", "a", T)[0])
    assert (first.kind, first.contact) == ("confirm", contact)


def test_confirmation_is_not_held_back_by_night() -> None:
    unconfirmed()
    compose_confirmations(NIGHT)
    assert len(ledger.claim("email", "a", T, night_of=NIGHT.date())) == 1


def test_asking_again_waits_a_day() -> None:
    contact = unconfirmed()
    compose_confirmations(ASKED)
    assert not ask_again(contact.pk, at("2019-10-22", "09:59"))
    assert ask_again(contact.pk, at("2019-10-22", "10:00"))
    assert compose_confirmations(at("2019-10-22", "10:00")) == 1


def test_refused_confirmation_stops_the_contact_and_is_not_asked_again() -> None:
    contact = unconfirmed()
    compose_confirmations(ASKED)
    (pk,) = ledger.claim("email", "a", T)
    ledger.settle(pk, "a", Refused("550 无此邮箱", "contact"), ASKED, T)
    contact.refresh_from_db()
    assert (contact.suppressed_at, ask_again(contact.pk, at("2019-11-01"))) == (ASKED, False)


def test_mail_says_what_will_come_and_leads_to_the_page() -> None:
    contact = unconfirmed()
    compose_confirmations(ASKED)
    delivery = Delivery.objects.get()
    mail = confirmation(letter_orders([delivery.pk])[delivery.pk])
    for part in (mail.html, mail.text):
        assert f"/u/{contact.leave_token}/confirm/" in part
        assert "即时：浙江省宁波市余姚市 · 全部主题" in part
        assert f"/u/{contact.leave_token}/" in part
