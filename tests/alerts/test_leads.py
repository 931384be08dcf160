"""Leads that people name themselves, leads that fall on one day, and reminders that outlive an address."""

from datetime import date, timedelta

import pytest

from alerts import marks
from alerts.compose import compose_alerts, compose_slot
from alerts.models import Delivery, DeliveryItem, Reminder, State, Told
from alerts.proof import overdue
from alerts.slots import Slot, reminded_of
from notices.models import Notice
from subscribers import contacts, lead_days
from subscribers.models import Cadence, Subscriber
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
SEEN = at("2019-10-21")


def remind(day: str) -> int:
    return compose_slot(Slot("remind", date.fromisoformat(day)), at(day, "08:30"))


def told(deadline: date) -> tuple[Subscriber, Notice]:
    someone, row = person(), notice(deadline=deadline, seen=SEEN)
    wish(someone, spec("余姚市"), Cadence.AT_ONCE)
    taken_in(row)
    compose_alerts(at("2019-10-21", "10:05"))
    Delivery.objects.update(state=State.SENT)
    return someone, row


@pytest.mark.parametrize(
    ("day", "ahead", "deadlines"),
    [
        ("2019-10-22", 7, ["2019-10-29"]),
        ("2019-10-25", 3, ["2019-10-28", "2019-10-29", "2019-10-30"]),
        ("2019-10-26", 3, []),
        # The eve of the national holiday answers for all of it.
        ("2019-09-30", 0, [f"2019-{day}" for day in ("09-30", *(f"10-0{n}" for n in range(1, 8)))]),
    ],
)
def test_reminded_of_takes_the_days_off_that_follow(day: str, ahead: int, deadlines: list[str]) -> None:
    assert [str(one) for one in reminded_of(date.fromisoformat(day), ahead)] == deadlines


def test_days_of_a_mask_are_those_that_were_written() -> None:
    assert lead_days.days(lead_days.parse("10,5,0") or 0) == [0, 5, 10]


@pytest.mark.parametrize("ahead", [0, 2, 5, 10, 30])
def test_reminder_comes_as_many_days_ahead_as_somebody_asked_for(ahead: int) -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, lead_days=str(ahead))
    taken_in(notice(deadline=date(2019, 10, 25) + timedelta(days=ahead), seen=SEEN))
    found = overdue(at("2019-10-25", "08:50"))
    assert (found, remind("2019-10-25")) == (["今天的截止提醒：应编发而未编发的有 1 人次"], 1)


def test_lead_of_a_deadline_that_became_known_after_the_morning_is_not_made_up() -> None:
    wish(person(), spec("余姚市"), lead_days="5")
    taken_in(notice(deadline=date(2019, 10, 26), seen=SEEN))
    late = compose_slot(Slot("remind", date(2019, 10, 21)), at("2019-10-21", "12:00"))
    assert (late, overdue(at("2019-10-21", "12:01"))) == (0, [])


def test_row_that_an_older_calendar_planned_is_moved() -> None:
    taken_in(notice(deadline=date(2019, 11, 1), seen=SEEN))
    Reminder.objects.filter(days=7).update(due_on=date(2019, 10, 26))
    wish(person(), spec("余姚市"))
    remind("2019-10-25")
    assert Reminder.objects.get(days=7).due_on == date(2019, 10, 25)


def test_leads_that_fall_on_one_day_are_one_item() -> None:
    someone = person()
    wish(someone, spec("余姚市"), lead_days="14,3,1")
    wish(someone, spec("浙江省"), lead_days="2")
    taken_in(notice(deadline=date(2019, 10, 28), seen=SEEN))  # a Monday
    remind("2019-10-25")
    assert DeliveryItem.objects.get().change == "remind:2019-10-28:3"
    Delivery.objects.update(state=State.SENT)
    assert (Told.objects.filter(change__startswith="remind").count(), overdue(at("2019-10-25", "09:00"))) == (
        3, []
    )  # fmt: skip


@pytest.mark.parametrize(("nearer", "day"), [("2019-11-08", "2019-11-07"), ("2019-10-23", "2019-10-23")])
def test_reminder_put_off_beyond_a_deadline_that_came_nearer_comes_before_it(nearer: str, day: str) -> None:
    someone, row = told(date(2019, 11, 20))
    marks.remind_later(someone.pk, row.pk, date(2019, 11, 18), SEEN)
    extended(row, at("2019-10-22", "16:00"), date.fromisoformat(nearer))
    assert remind(day) == 1


def test_reminder_put_off_to_the_day_off_before_which_one_came_comes_all_the_same() -> None:
    someone, row = told(date(2019, 11, 9))  # a Saturday: seven days ahead is one, too
    sent = [remind("2019-11-01")]
    Delivery.objects.update(state=State.SENT)
    marks.remind_later(someone.pk, row.pk, date(2019, 11, 2), at("2019-11-01", "09:00"))
    found = overdue(at("2019-11-02", "08:50"))
    sent += [remind("2019-11-02")]
    Delivery.objects.update(state=State.SENT)
    assert (sent, found, overdue(at("2019-11-02", "08:50"))) == (
        [1, 1], ["稍后提醒：今天应编发而未编发的有 1 人次"], []
    )  # fmt: skip


def test_reminder_put_off_beyond_a_deadline_that_is_past_is_forgotten() -> None:
    someone, row = told(date(2019, 11, 20))
    marks.remind_later(someone.pk, row.pk, date(2019, 11, 18), SEEN)
    extended(row, at("2019-10-22", "16:00"), date(2019, 10, 22))
    assert marks.standing(someone.pk, row.pk) == (None, None)


def stopped_for_a_day(someone: Subscriber) -> None:
    contact = someone.contacts.get()
    contacts.suppress(contact.pk, "信箱已满", at("2019-10-22"))
    contacts.restore(contact.pk, at("2019-10-23"))


def test_contact_that_was_stopped_for_a_time_is_reminded_of_what_was_told() -> None:
    someone, _ = told(date(2019, 10, 29))
    stopped_for_a_day(someone)
    found = overdue(at("2019-10-25", "08:50"))
    assert (found, remind("2019-10-25")) == (["今天的截止提醒：应编发而未编发的有 1 人次"], 1)


def test_contact_is_reminded_of_nothing_that_came_while_it_was_stopped() -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.AT_ONCE)
    contacts.suppress(someone.contacts.get().pk, "信箱已满", at("2019-10-20", "12:00"))
    taken_in(notice(deadline=date(2019, 10, 29), seen=SEEN))
    contacts.restore(someone.contacts.get().pk, at("2019-10-23"))
    assert (remind("2019-10-25"), overdue(at("2019-10-25", "09:00"))) == (0, [])


def test_reminder_that_was_put_off_comes_though_the_contact_was_stopped_for_a_time() -> None:
    someone, row = told(date(2019, 11, 20))
    marks.remind_later(someone.pk, row.pk, date(2019, 10, 25), SEEN)
    stopped_for_a_day(someone)
    assert remind("2019-10-25") == 1
