"""Less instead of leaving: each offer is one POST, and each can be taken back on the same page."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from subscribers.models import Cadence, Contact, List, Membership, Subscriber, Subscription
from subscribers.subscribing import join, set_list_filter
from tests.builders import START, at, person, spec, wish

pytestmark = pytest.mark.django_db
NOW = at("2019-10-25", "09:00")


@pytest.fixture
def contact() -> Contact:
    """Somebody with a daily and an immediate subscription."""
    someone = person()
    wish(someone, spec("余姚市"), Cadence.DAILY)
    wish(someone, spec("淮北市"), Cadence.AT_ONCE)
    return someone.contacts.get()


def less(contact: Contact, act: str) -> str:
    with time_machine.travel(NOW, tick=False):
        answer = Client(enforce_csrf_checks=True).post(f"/u/{contact.leave_token}/less/", {"do": act})
    assert answer.status_code == 200
    return answer.content.decode()


def cadences() -> set[str]:
    return set(Subscription.objects.filter(ended_at=None).values_list("cadence", flat=True))


@pytest.mark.parametrize("act", ["weekly", "reminders", "daily"])
def test_one_post_changes_the_cadence_of_all(contact: Contact, act: str) -> None:
    page = less(contact, act)

    assert cadences() == {act}
    assert "改为" in page


def test_cadence_of_a_list_changes_for_its_member_alone(contact: Contact) -> None:
    group, other = List.objects.create(name="客户"), person()
    set_list_filter(group, spec("北京市"), START)
    for someone in (contact.subscriber, other):
        join(group, someone, START, cadence=Cadence.DAILY)
    less(contact, "weekly")

    assert Membership.objects.get(subscriber=contact.subscriber).cadence == "weekly"
    assert Membership.objects.get(subscriber=other).cadence == "daily"
    assert Subscription.objects.get(subscriber=other, ended_at=None).cadence == "daily"


def test_one_post_pauses_for_thirty_days_and_one_resumes(contact: Contact) -> None:
    page = less(contact, "pause")

    assert Subscriber.objects.get().paused_until == NOW + timedelta(days=30)
    assert "2019年11月24日" in page
    assert "恢复接收" in page
    less(contact, "resume")
    assert Subscriber.objects.get().paused_until is None


@pytest.mark.parametrize("act", ["", "resume", "weekly; drop", "at_once"])
def test_what_is_not_offered_changes_nothing(contact: Contact, act: str) -> None:
    before = cadences()

    assert "没有改动" in less(contact, act)
    assert cadences() == before


def test_get_is_refused(contact: Contact) -> None:
    assert Client().get(f"/u/{contact.leave_token}/less/").status_code == 405


def test_unknown_token_is_told_so() -> None:
    assert Client().post("/u/AAAAAAAAAAAAAAAAAAAAAA/less/", {"do": "pause"}).status_code == 404


def test_left_contact_is_offered_nothing(contact: Contact) -> None:
    Client().post(f"/u/{contact.leave_token}/")

    assert "没有改动" in less(contact, "pause")
    assert Subscriber.objects.get().paused_until is None


def test_leave_page_offers_buttons_and_no_mail_to_write(contact: Contact) -> None:
    page = Client().get(f"/u/{contact.leave_token}/").content.decode()

    for words in ("改为每周一封", "只收截止提醒", "暂停 30 天"):
        assert f">{words}</button>" in page
