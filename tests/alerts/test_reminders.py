from datetime import date

import pytest

from alerts.compose import compose_slot
from alerts.models import Delivery, DeliveryItem, Reminder, Told
from alerts.slots import Slot
from notices.lexicon.kinds import Kind
from subscribers.models import Cadence
from subscribers.subscribing import edit, unsubscribe
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
DEADLINE = date(2019, 10, 29)


def remind(day: str) -> int:
    """Composes a morning's reminders."""
    return compose_slot(Slot("remind", date.fromisoformat(day)), at(day, "08:30"))


def test_reminders_are_planned_a_row_a_lead() -> None:
    taken_in(notice(deadline=DEADLINE, seen=at("2019-10-21")))
    planned = Reminder.objects.order_by("due_on").values_list("days", "due_on")
    assert list(planned) == [(7, date(2019, 10, 22)), (3, date(2019, 10, 25)), (1, date(2019, 10, 28))]


def test_reminder_goes_to_those_who_met_the_notice() -> None:
    wish(person(), spec("余姚市"))
    wish(person(), spec("安徽省"))
    taken_in(notice(deadline=DEADLINE))
    remind("2019-10-22")
    assert list(DeliveryItem.objects.values_list("change", flat=True)) == ["remind:2019-10-29:7"]


def test_reminder_that_comes_first_counts_as_telling() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, weekday=5)
    taken_in(notice(deadline=DEADLINE))
    remind("2019-10-22")
    weekly = compose_slot(Slot("weekly", date(2019, 10, 25)), at("2019-10-25", "08:30"))
    assert (weekly, Told.objects.filter(change="new").count()) == (0, 1)


def test_several_reminders_of_a_day_are_one_message() -> None:
    wish(person(), spec("余姚市"))
    taken_in(notice("甲", deadline=DEADLINE), notice("乙", deadline=DEADLINE))
    remind("2019-10-22")
    assert (Delivery.objects.count(), DeliveryItem.objects.count()) == (1, 2)


@pytest.mark.parametrize(("lead_days", "sent"), [("", 1), ("7", 1), ("3,1", 0), ("无", 0)])
def test_lead_days_are_the_subscribers_own(lead_days: str, sent: int) -> None:
    wish(person(), spec("余姚市"), lead_days=lead_days)
    taken_in(notice(deadline=DEADLINE))
    assert remind("2019-10-22") == sent


@pytest.mark.parametrize(("day", "sent"), [("2019-10-22", 0), ("2019-10-25", 1), ("2019-10-28", 1)])
def test_consultations_are_reminded_of_three_and_one_day_ahead(day: str, sent: int) -> None:
    wish(person(), spec("余姚市"))
    taken_in(notice(kind=Kind.CONSULTATION, deadline=DEADLINE))
    assert remind(day) == sent


def test_missed_day_is_not_made_up_late() -> None:
    wish(person(), spec("余姚市"))
    taken_in(notice(deadline=DEADLINE))
    assert remind("2019-10-23") == 0


def test_reminder_is_said_once_on_each_channel() -> None:
    someone = person(wechat=True)
    wish(someone, spec("余姚市"), by_wechat=True)
    wish(someone, spec("浙江省"), Cadence.WEEKLY)
    taken_in(notice(deadline=DEADLINE))
    remind("2019-10-22")
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["email", "wechat"]


def test_reminder_goes_on_after_the_cadence_was_changed() -> None:
    subscription = wish(person(), spec("余姚市"))
    taken_in(notice(deadline=DEADLINE))
    edit(subscription, spec("余姚市"), at("2019-10-21", "12:00"), cadence=Cadence.WEEKLY)
    assert remind("2019-10-22") == 1


@pytest.mark.parametrize("place", ["浙江省", "安徽省"])
def test_reminder_goes_on_after_the_filter_was_edited(place: str) -> None:
    subscription = wish(person(), spec("余姚市"))
    taken_in(notice(deadline=DEADLINE))
    edit(subscription, spec(place), at("2019-10-21", "12:00"))
    assert remind("2019-10-22") == 1


def test_reminder_after_edits_goes_by_the_terms_of_the_last() -> None:
    subscription = wish(person(), spec("余姚市"))
    taken_in(notice(deadline=DEADLINE))
    middle = edit(subscription, spec("浙江省"), at("2019-10-21", "12:00"), lead_days="3")
    edit(middle, spec("安徽省"), at("2019-10-21", "13:00"), lead_days="1")
    assert [remind(day) for day in ("2019-10-22", "2019-10-25", "2019-10-28")] == [0, 0, 1]


def test_reminder_of_another_subscription_does_not_outlive_its_own() -> None:
    someone = person()
    ended = wish(someone, spec("余姚市"))
    wish(someone, spec("安徽省"))
    taken_in(notice(deadline=DEADLINE))
    unsubscribe(edit(ended, spec("浙江省"), at("2019-10-21", "12:00")), at("2019-10-21", "13:00"))
    assert remind("2019-10-22") == 0


def test_edit_inherits_no_reminder_of_what_is_older_than_the_subscription() -> None:
    subscription = wish(person(), spec("安徽省"))
    taken_in(notice(deadline=DEADLINE))
    edit(subscription, spec("余姚市"), at("2019-10-21", "12:00"))
    assert remind("2019-10-22") == 0


def test_reminder_is_said_once_after_an_edit_that_meets_the_notice_again() -> None:
    wish(person(), spec("浙江省"))
    subscription = wish(someone := person(), spec("余姚市"))
    taken_in(notice(deadline=DEADLINE))
    edit(subscription, spec("浙江省"), at("2019-10-21", "12:00"))
    remind("2019-10-22")
    assert Delivery.objects.filter(contact__subscriber=someone).count() == 1
