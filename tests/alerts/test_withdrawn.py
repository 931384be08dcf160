"""What was withdrawn, corrected or given results: who hears of it when, and who is reminded no more."""

from datetime import date, datetime

import pytest

from alerts import marks
from alerts.compose import compose_alerts, compose_follow_ups, compose_slot
from alerts.models import Change, Delivery, State
from alerts.presenting import letter_orders
from alerts.proof import overdue
from alerts.slots import Slot
from notices.lexicon.kinds import Kind
from notices.models import Notice
from subscribers.models import Cadence, Subscriber
from tests.alerts.test_follow_ups import first_notice
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
DEADLINE = date(2019, 10, 29)
FRIDAY = at("2019-10-25", "08:30")


def changed(first: Notice, how: str, seen: datetime) -> Notice:
    """A notice that surely changes `first` and names no day."""
    later = notice("关于有关事项的通知", kind=Kind.EXTENSION, seen=seen)
    Notice.objects.filter(pk=later.pk).update(follows=first, follows_how=how)
    later.refresh_from_db()
    taken_in(later)
    return later


@pytest.fixture
def told() -> tuple[Subscriber, Notice]:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.AT_ONCE)
    row = first_notice()
    compose_alerts(at("2019-10-21", "10:05"))
    Delivery.objects.update(state=State.SENT)
    return someone, row


def remind(moment: datetime) -> int:
    return compose_slot(Slot("remind", moment.date()), moment)


@pytest.mark.parametrize("how", ["withdraws", "corrects"])
def test_change_without_a_day_is_told_at_once_while_the_deadline_is_near(
    told: tuple[Subscriber, Notice], how: str
) -> None:
    changed(told[1], how, at("2019-10-23"))
    change = Change.objects.get()
    assert (change.old_on, change.new_on, change.urgent) == (DEADLINE, None, True)
    assert compose_follow_ups(at("2019-10-23", "10:01")) == 1


@pytest.mark.parametrize(("how", "reminders"), [("withdraws", 0), ("corrects", 1)])
def test_nobody_is_reminded_of_what_was_withdrawn(
    told: tuple[Subscriber, Notice], how: str, reminders: int
) -> None:
    marks.follow(told[0].pk, told[1].pk, "email", at("2019-10-22"))
    changed(told[1], how, at("2019-10-23"))
    compose_follow_ups(at("2019-10-23", "10:01"))
    Delivery.objects.update(state=State.SENT)
    assert remind(FRIDAY) == reminders
    assert reminders or overdue(at("2019-10-25", "09:00")) == []


def test_put_off_reminder_of_what_was_withdrawn_does_not_come(told: tuple[Subscriber, Notice]) -> None:
    marks.remind_later(told[0].pk, told[1].pk, FRIDAY.date(), at("2019-10-22"))
    changed(told[1], "withdraws", at("2019-10-23"))
    compose_follow_ups(at("2019-10-23", "10:01"))
    Delivery.objects.update(state=State.SENT)
    assert (remind(FRIDAY), overdue(at("2019-10-25", "09:00"))) == (0, [])


def test_whoever_was_not_told_before_reads_that_it_is_withdrawn() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY)
    changed(first_notice(), "withdraws", at("2019-10-23"))
    compose_slot(Slot("weekly", date(2019, 10, 28)), at("2019-10-28", "08:30"))
    order = letter_orders([pk := Delivery.objects.get().pk])[pk]
    assert [item.change for item in order.items] == ["withdraws"]


@pytest.mark.parametrize(
    ("hows", "said"), [(["corrects", "results"], "results"), (["withdraws", "corrects"], "withdraws")]
)
def test_notice_that_was_changed_twice_stands_once_in_a_message(
    told: tuple[Subscriber, Notice], hows: list[str], said: str
) -> None:
    for how in hows:
        changed(told[1], how, at("2019-10-23"))
    compose_follow_ups(at("2019-10-23", "10:01"))
    row = Delivery.objects.get(kind="follow_up")
    assert row.items.count() == 2
    assert [item.change for item in letter_orders([row.pk])[row.pk].items] == [said]


@pytest.mark.parametrize("how", ["withdraws", "corrects", "results"])
def test_message_of_a_change_leads_to_the_notice_that_says_so(
    told: tuple[Subscriber, Notice], how: str
) -> None:
    by = changed(told[1], how, at("2019-10-23"))
    compose_follow_ups(at("2019-10-23", "10:01"))
    row = Delivery.objects.get(kind="follow_up")
    facts = letter_orders([row.pk])[row.pk].items[0].facts
    assert (facts.changed_by_title, facts.changed_by_url) == (by.title, by.url)


def test_whoever_reads_first_that_it_is_withdrawn_is_led_to_the_withdrawal() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY)
    by = changed(first_notice(), "withdraws", at("2019-10-23"))
    compose_slot(Slot("weekly", date(2019, 10, 28)), at("2019-10-28", "08:30"))
    order = letter_orders([pk := Delivery.objects.get().pk])[pk]
    assert order.items[0].facts.changed_by_url == by.url


def test_message_made_before_the_withdrawal_is_sent_as_it_was(told: tuple[Subscriber, Notice]) -> None:
    changed(told[1], "withdraws", at("2019-10-23"))
    order = letter_orders([pk := Delivery.objects.get().pk])[pk]
    assert [(item.change, item.facts.changed_by_url) for item in order.items] == [("new", "")]


def test_change_whose_link_was_a_mistake_is_told_no_more(told: tuple[Subscriber, Notice]) -> None:
    later = changed(told[1], "withdraws", at("2019-10-23"))
    Notice.objects.filter(pk=later.pk).update(follows=None, follows_how="", matched_at=None)
    taken_in(later, now=at("2019-10-23", "10:01"))
    assert compose_follow_ups(at("2019-10-23", "10:02")) == 0
    assert remind(FRIDAY) == 1


def test_change_that_was_linked_to_another_notice_is_told_to_its_readers(
    told: tuple[Subscriber, Notice],
) -> None:
    later = changed(first_notice(), "withdraws", at("2019-10-22"))
    Notice.objects.filter(pk=later.pk).update(follows=told[1], matched_at=None)
    taken_in(later, now=at("2019-10-23", "10:01"))
    assert compose_follow_ups(at("2019-10-23", "10:02")) == 1
    assert Change.objects.get().notice == told[1]
