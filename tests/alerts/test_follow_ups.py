from datetime import date, datetime

import pytest

from alerts.compose import compose_alerts, compose_follow_ups, compose_slot
from alerts.models import Change, Delivery, DeliveryItem, Reminder
from alerts.slots import Slot
from notices.lexicon.kinds import Kind
from notices.models import Deadline, Notice
from subscribers.models import Cadence
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
AFTERNOON = at("2019-10-25", "16:00")
OLD, NEW = date(2019, 10, 29), date(2019, 11, 5)


def extended(first: Notice, seen: datetime = AFTERNOON, new: date = NEW) -> Notice:
    """A notice that surely moves the deadline of `first`, as notices.understanding records it."""
    later = notice("关于延长申报时间的通知", kind=Kind.EXTENSION, seen=seen)
    Notice.objects.filter(pk=later.pk).update(follows=first, follows_how="extends")
    moved = Deadline.objects.create(notice=first, reading=later.readings.get(), on=new, quote="延长至")
    first.deadlines.filter(is_main=True).update(superseded_by=moved)
    Deadline.objects.filter(pk=moved.pk).update(is_main=True)
    later.refresh_from_db()
    taken_in(later)
    return later


def first_notice(deadline: date = OLD) -> Notice:
    row = notice("关于推荐绿色工厂的通知", deadline=deadline, seen=at("2019-10-21"))
    taken_in(row)
    return row


def told() -> list[tuple[str, str, str]]:
    rows = DeliveryItem.objects.order_by("pk")
    return list(rows.values_list("delivery__kind", "notice__title", "change"))


def test_extension_is_told_at_once_to_those_who_were_told() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    first = first_notice()
    compose_alerts(at("2019-10-21", "10:05"))
    later = extended(first)
    compose_follow_ups(at("2019-10-25", "16:01"))
    assert told()[1:] == [("follow_up", first.title, f"extends:{later.pk}")]


def test_extension_is_no_second_item_for_those_who_were_told() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    first = first_notice()
    compose_alerts(at("2019-10-21", "10:05"))
    extended(first)
    assert compose_alerts(at("2019-10-25", "16:06")) == 0


def test_follow_up_is_told_once() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    first = first_notice()
    compose_alerts(at("2019-10-21", "10:05"))
    extended(first)
    said = [compose_follow_ups(at("2019-10-25", clock)) for clock in ("16:01", "16:02")]
    assert said == [1, 0]


def test_others_get_one_item_with_the_new_date() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY)
    first = first_notice()
    extended(first)
    compose_slot(Slot("weekly", date(2019, 10, 28)), at("2019-10-28", "08:30"))
    item = DeliveryItem.objects.get()
    assert (item.notice, item.change, item.deadline) == (first, "new", first.deadlines.get(on=NEW))


def test_those_who_came_between_get_one_item_too() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE, since=at("2019-10-24"))
    first = first_notice()
    extended(first)
    compose_alerts(at("2019-10-25", "16:06"))
    assert told() == [("alert", first.title, "new")]


def test_reminders_move_with_the_deadline() -> None:
    wish(person(), spec("余姚市"))
    first = first_notice()
    extended(first)
    sent = {
        day: compose_slot(Slot("remind", date.fromisoformat(day)), at(day, "08:30"))
        for day in ("2019-10-28", "2019-10-29", "2019-11-01", "2019-11-04")
    }
    assert sent == {"2019-10-28": 0, "2019-10-29": 1, "2019-11-01": 1, "2019-11-04": 1}


def test_change_far_from_any_deadline_waits_for_the_cadence() -> None:
    wish(person(), spec("余姚市"), Cadence.DAILY)
    first = first_notice(deadline=date(2019, 12, 20))
    compose_slot(Slot("daily", date(2019, 10, 22)), at("2019-10-22", "08:30"))
    later = extended(first, new=date(2019, 12, 31))
    at_once = compose_follow_ups(at("2019-10-25", "16:01"))
    compose_slot(Slot("daily", date(2019, 10, 28)), at("2019-10-28", "08:30"))
    assert (at_once, told()[1:]) == (0, [("digest", first.title, f"extends:{later.pk}")])


def test_change_keeps_both_dates() -> None:
    extended(first_notice())
    change = Change.objects.get()
    assert (change.old_on, change.new_on, change.urgent) == (OLD, NEW, True)


def test_taking_in_twice_changes_nothing() -> None:
    later = extended(first_notice())
    before = (Change.objects.count(), Reminder.objects.count(), Delivery.objects.count())
    Notice.objects.filter(pk=later.pk).update(matched_at=None)
    taken_in(later)
    assert (Change.objects.count(), Reminder.objects.count(), Delivery.objects.count()) == before
