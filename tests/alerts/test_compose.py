from datetime import date, datetime
from typing import Any

import pytest

from alerts.compose import compose_alerts, compose_due, compose_slot, left_to_compose
from alerts.models import Delivery, DeliveryItem, Told
from alerts.slots import Slot
from notices.models import Notice
from subscribers.models import Cadence, Contact, List, Subscriber
from subscribers.subscribing import edit, join, set_list_filter, unsubscribe
from tests.builders import at, notice, person, place, spec, taken_in, wish

pytestmark = pytest.mark.django_db
MORNING = at("2019-10-21", "10:00")
MONDAY = at("2019-10-21", "08:30")
TUESDAY = at("2019-10-22", "08:30")
DAILY = Slot("daily", date(2019, 10, 22))


def told(subscriber: Subscriber) -> list[tuple[str, str]]:
    """(kind of delivery, title) of all that a person was told, in order."""
    rows = DeliveryItem.objects.filter(delivery__contact__subscriber=subscriber).order_by("pk")
    return list(rows.values_list("delivery__kind", "notice__title"))


def seen(clock: datetime = MORNING, **columns: Any) -> Notice:
    """A notice that came in and was matched at once."""
    row = notice(seen=clock, **columns)
    taken_in(row)
    return row


def test_digest_tells_each_notice_once_with_all_its_reasons() -> None:
    someone = person()
    wish(someone, spec("浙江省"))
    wish(someone, spec("余姚市", topic_names=["绿色工厂"]))
    seen()
    compose_slot(DAILY, TUESDAY)
    item = DeliveryItem.objects.get()
    assert len(item.filters.split(",")) == 2


def test_digest_is_not_sent_empty() -> None:
    wish(person(), spec("安徽省"))
    seen()
    assert compose_slot(DAILY, TUESDAY) == 0


def test_slot_composes_once_however_often_it_is_asked() -> None:
    wish(person(), spec("浙江省"))
    seen()
    assert [compose_slot(DAILY, TUESDAY), compose_slot(DAILY, TUESDAY)] == [1, 0]


def test_match_after_the_slot_falls_into_the_next() -> None:
    someone = person()
    wish(someone, spec("浙江省"))
    compose_slot(DAILY, TUESDAY)
    seen(at("2019-10-22", "09:00"), title="晚到的通知")
    assert compose_slot(DAILY, at("2019-10-22", "09:10")) == 0
    compose_slot(Slot("daily", date(2019, 10, 23)), at("2019-10-23", "08:30"))
    assert told(someone) == [("digest", "晚到的通知")]


def test_new_subscription_inherits_nothing_older_than_itself() -> None:
    someone = person()
    seen()
    wish(someone, spec("浙江省"), since=at("2019-10-21", "12:00"))
    assert compose_slot(DAILY, TUESDAY) == 0


def test_at_once_beats_daily_on_the_same_channel() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.AT_ONCE)
    wish(someone, spec("余姚市"), Cadence.DAILY)
    seen(title="只说一次")
    compose_alerts(at("2019-10-21", "10:05"))
    compose_slot(DAILY, TUESDAY)
    assert told(someone) == [("alert", "只说一次")]


def test_each_channel_is_told_by_its_own_subscription() -> None:
    someone = person(wechat=True)
    wish(someone, spec("浙江省"), Cadence.DAILY)
    wish(someone, spec("余姚市"), Cadence.AT_ONCE, by_email=False, by_wechat=True)
    seen()
    compose_alerts(at("2019-10-21", "10:05"))
    compose_slot(DAILY, TUESDAY)
    assert set(Told.objects.values_list("channel", "change")) == {("email", "new"), ("wechat", "new")}


def test_alerts_wait_five_minutes_from_the_first_and_take_all() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.AT_ONCE)
    seen(at("2019-10-21", "10:00"), title="一")
    seen(at("2019-10-21", "10:04"), title="二")
    early = compose_alerts(at("2019-10-21", "10:04"))
    ripe = compose_alerts(at("2019-10-21", "10:05"))
    assert (early, ripe, told(someone)) == (0, 1, [("alert", "一"), ("alert", "二")])


def test_weekly_goes_out_on_the_chosen_weekday_alone() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.WEEKLY, weekday=3)
    seen()
    assert compose_slot(Slot("weekly", date(2019, 10, 22)), TUESDAY) == 0
    assert compose_slot(Slot("weekly", date(2019, 10, 23)), at("2019-10-23", "08:30")) == 1


def test_edit_keeps_what_was_pending() -> None:
    someone = person()
    subscription = wish(someone, spec("浙江省"))
    seen(title="改之前命中")
    edit(subscription, spec("安徽省"), at("2019-10-21", "12:00"))
    compose_slot(DAILY, TUESDAY)
    assert told(someone) == [("digest", "改之前命中")]


def test_cadence_changed_neither_repeats_nor_drops() -> None:
    someone = person()
    subscription = wish(someone, spec("浙江省"), Cadence.AT_ONCE)
    seen(title="已即时告知")
    compose_alerts(at("2019-10-21", "10:05"))
    edit(subscription, spec("浙江省"), at("2019-10-21", "12:00"), cadence=Cadence.DAILY)
    seen(at("2019-10-21", "15:00"), title="改后命中")
    compose_slot(DAILY, TUESDAY)
    assert told(someone) == [("alert", "已即时告知"), ("digest", "改后命中")]


def test_unsubscribed_is_told_nothing_more() -> None:
    someone = person()
    subscription = wish(someone, spec("浙江省"))
    seen()
    unsubscribe(subscription, at("2019-10-21", "12:00"))
    assert compose_slot(DAILY, TUESDAY) == 0


def test_paused_person_gets_one_catch_up_afterwards() -> None:
    someone = person()
    wish(someone, spec("浙江省"))
    Subscriber.objects.update(paused_until=at("2019-10-23", "00:00"))
    seen(title="暂停中")
    paused = compose_slot(DAILY, TUESDAY)
    compose_slot(Slot("daily", date(2019, 10, 23)), at("2019-10-23", "08:30"))
    assert (paused, told(someone)) == (0, [("digest", "暂停中")])


@pytest.mark.parametrize("column", ["left_at", "suppressed_at"])
def test_contact_that_cannot_be_told_gets_nothing(column: str) -> None:
    wish(person(), spec("浙江省"))
    Contact.objects.update(**{column: MONDAY})
    seen()
    assert compose_slot(DAILY, TUESDAY) == 0


def test_list_members_are_told_through_the_list() -> None:
    clients = List.objects.create(name="京津冀客户")
    set_list_filter(clients, spec("京津冀"), MONDAY)
    for _ in range(5):
        member = person(since=MONDAY)
        join(clients, member, MONDAY, cadence=Cadence.DAILY)
    seen(region="北京市")
    assert compose_slot(DAILY, TUESDAY) == 5


def test_due_finds_slots_that_nobody_composed() -> None:
    someone = person()
    wish(someone, spec("浙江省"))
    seen()
    before = left_to_compose(at("2019-10-22", "11:00"))
    compose_due(at("2019-10-22", "11:00"))
    assert (before > 0, left_to_compose(at("2019-10-22", "11:00"))) == (True, 0)
    assert [kind for kind, _ in told(someone)] == ["digest"]


def test_delivery_without_items_never_stays() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.AT_ONCE)
    seen()
    compose_alerts(at("2019-10-21", "10:05"))
    compose_alerts(at("2019-10-21", "10:06"))
    assert not Delivery.objects.filter(items=None).exists()


def test_daily_on_working_days_alone_waits_out_a_weekend() -> None:
    someone = person()
    wish(someone, spec("浙江省"), workdays_only=True)
    seen(at("2019-10-25", "15:00"), title="周五下午")
    days = (date(2019, 10, 26), date(2019, 10, 27), date(2019, 10, 28))
    assert [compose_slot(Slot("daily", day), at(str(day), "08:30")) for day in days] == [0, 0, 1]


def test_notice_older_than_the_subscription_stays_untold_though_it_matches_late() -> None:
    someone = person()
    row = seen(region="杭州市")
    wish(someone, spec("余姚市", above=False), since=at("2019-10-21", "12:00"))
    assert row.reading is not None
    row.reading.regions = [place("余姚市")]
    row.reading.save()
    Notice.objects.filter(pk=row.pk).update(matched_at=None)
    taken_in(row, now=at("2019-10-21", "15:00"))
    assert (compose_slot(DAILY, TUESDAY), row.matches.count()) == (0, 1)


def test_corrected_reading_reaches_those_whose_cadence_was_changed_meanwhile() -> None:
    someone = person()
    wanted = spec("余姚市", above=False)
    subscription = wish(someone, wanted)
    row = seen(region="杭州市")
    edit(subscription, wanted, at("2019-10-21", "12:00"), cadence=Cadence.DAILY, lead_days="5")
    assert row.reading is not None
    row.reading.regions = [place("余姚市")]
    row.reading.save()
    Notice.objects.filter(pk=row.pk).update(matched_at=None)
    taken_in(row, now=at("2019-10-21", "15:00"))
    assert compose_slot(DAILY, TUESDAY) == 1
