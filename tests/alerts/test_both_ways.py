"""Somebody with two channels or two subscriptions: each thing is said once on each channel."""

from datetime import date

import pytest

from alerts import marks
from alerts.compose import compose_due, compose_follow_ups, compose_slot
from alerts.models import Change, Delivery, DeliveryItem, Told
from alerts.slots import Slot
from subscribers.contacts import add_unconfirmed, suppress
from subscribers.models import Cadence, Channel, Subscriber
from tests.builders import START, at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db

DEADLINE = date(2019, 11, 6)


def both_ways() -> Subscriber:
    """A person on mail and WeChat whose WeChat refuses."""
    who = person(wechat=True)
    wish(who, spec("余姚市"), by_email=True, by_wechat=True)
    suppress(who.contacts.get(channel=Channel.WECHAT).pk, "43004", START)
    return who


def remind(day: str) -> None:
    compose_slot(Slot("remind", date.fromisoformat(day)), at(day, "08:30"))


def test_reminder_that_stands_in_for_wechat_is_one_item() -> None:
    both_ways()
    taken_in(notice(deadline=DEADLINE))
    remind("2019-10-30")

    assert list(DeliveryItem.objects.values_list("change", flat=True)) == ["remind:2019-11-06:7"]
    assert Told.objects.filter(change__startswith="remind").count() == 2


def test_put_off_reminder_that_stands_in_for_wechat_is_one_item() -> None:
    who = person(wechat=True)
    wish(who, spec("余姚市"), by_email=True, by_wechat=True)
    row = notice(deadline=DEADLINE)
    taken_in(row)
    compose_slot(Slot("daily", date(2019, 10, 21)), at("2019-10-21", "08:30"))
    marks.remind_later(who.pk, row.pk, date(2019, 10, 28), at("2019-10-22"))
    suppress(who.contacts.get(channel=Channel.WECHAT).pk, "43004", at("2019-10-23"))
    remind("2019-10-28")

    assert Delivery.objects.filter(kind="reminder").count() == 1
    assert DeliveryItem.objects.filter(delivery__kind="reminder").count() == 1


def test_urgent_change_that_stands_in_for_wechat_is_one_item() -> None:
    who = person(wechat=True)
    wish(who, spec("余姚市"), by_email=True, by_wechat=True)
    row = notice()
    taken_in(row)
    compose_slot(Slot("daily", date(2019, 10, 21)), at("2019-10-21", "08:30"))
    suppress(who.contacts.get(channel=Channel.WECHAT).pk, "43004", at("2019-10-21", "12:00"))
    Change.objects.create(notice=row, by=notice(), how="extends", at=at("2019-10-22"), urgent=True)
    compose_follow_ups(at("2019-10-22", "10:06"))

    assert DeliveryItem.objects.filter(delivery__kind="follow_up").count() == 1


def morning(day: str) -> None:
    for kind in ("remind", "weekly", "daily"):
        compose_slot(Slot(kind, date.fromisoformat(day)), at(day, "08:30"))


def said() -> list[tuple[str, int]]:
    return list(DeliveryItem.objects.order_by("pk").values_list("delivery__kind", "notice_id"))


def test_daily_and_weekly_on_the_weekly_day_say_each_notice_once() -> None:
    who = person()
    wish(who, spec("余姚市"), Cadence.DAILY)
    wish(who, spec("浙江省"), Cadence.WEEKLY, weekday=1)
    ours, theirs = notice(seen=at("2019-10-20")), notice(region="杭州市", seen=at("2019-10-20"))
    taken_in(ours, theirs)
    morning("2019-10-21")  # a Monday

    assert sorted(pk for _, pk in said()) == sorted([ours.pk, theirs.pk])


def test_nothing_but_the_confirmation_goes_to_one_who_has_not_confirmed() -> None:
    who = person(email=False, wechat=True)
    wish(who, spec("余姚市"), Cadence.AT_ONCE, by_email=True, by_wechat=True)
    add_unconfirmed(who, "new@example.com", START)
    suppress(who.contacts.get(channel=Channel.WECHAT).pk, "43004", START)
    row = notice(deadline=DEADLINE)
    taken_in(row)
    marks.follow(who.pk, row.pk, "email", START)
    marks.follow(who.pk, row.pk, "wechat", START)
    for day in range(21, 32):
        compose_due(at(f"2019-10-{day}", "09:00"))
        compose_due(at(f"2019-10-{day}", "09:10"))

    assert set(Delivery.objects.values_list("kind", "contact__address")) == {("confirm", "new@example.com")}
