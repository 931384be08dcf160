"""以最近一周开头, pauses, and cadences that change: nothing twice, nothing dropped."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from alerts.compose import compose_alerts, compose_due, compose_slot
from alerts.models import Delivery, DeliveryItem, Match, Told
from alerts.slots import Slot
from alerts.starting import start_all, waiting
from subscribers import less
from subscribers.contacts import add_unconfirmed, confirm
from subscribers.filters import FilterSpec
from subscribers.models import Cadence, Channel, Subscriber, Subscription
from subscribers.subscribing import edit, subscribe
from tests.builders import START, at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOW = at("2019-10-25")


def last_weeks() -> list[int]:
    """Notices of nine, five and two days ago."""
    rows = [notice(f"氢能 {days}", seen=NOW - timedelta(days=days)) for days in (9, 5, 2)]
    taken_in(*rows)
    return [row.pk for row in rows]


def said() -> list[int]:
    return sorted(DeliveryItem.objects.values_list("notice_id", flat=True))


@pytest.mark.parametrize("asked", [spec("余姚市"), spec(words=("氢能",)), spec(all_words=("氢能",))], ids=str)
def test_start_with_last_week_brings_seven_days_and_no_more(asked: FilterSpec) -> None:
    _, five, two = last_weeks()
    subscribe(person(since=NOW), asked, NOW, cadence=Cadence.AT_ONCE, with_last_week=True)
    compose_due(NOW + timedelta(minutes=1))
    compose_due(NOW + timedelta(minutes=7))
    assert said() == sorted([five, two])


def test_without_it_nothing_older_is_inherited() -> None:
    last_weeks()
    subscribe(person(since=NOW), spec("余姚市"), NOW, cadence=Cadence.AT_ONCE)
    compose_due(NOW + timedelta(minutes=7))
    assert said() == []


def test_start_is_made_once() -> None:
    last_weeks()
    subscribe(person(since=NOW), spec("余姚市"), NOW, with_last_week=True)
    assert [start_all(NOW), start_all(NOW), waiting()] == [2, 0, []]


def test_start_tells_nobody_else_who_uses_the_filter() -> None:
    last_weeks()
    subscribe(person(since=NOW), spec("余姚市"), NOW, cadence=Cadence.AT_ONCE)
    subscribe(someone := person(since=NOW), spec("余姚市"), NOW, cadence=Cadence.AT_ONCE, with_last_week=True)
    compose_due(NOW + timedelta(minutes=1))
    compose_due(NOW + timedelta(minutes=7))
    assert set(Told.objects.values_list("subscriber", flat=True)) == {someone.pk}


def test_start_with_an_old_filter_takes_its_matches() -> None:
    wish(person(), spec("余姚市"), since=NOW - timedelta(days=20))
    last_weeks()
    before = Match.objects.count()
    subscribe(someone := person(since=NOW), spec("余姚市"), NOW, cadence=Cadence.AT_ONCE, with_last_week=True)
    compose_due(NOW + timedelta(minutes=7))
    assert (Match.objects.count(), Told.objects.filter(subscriber=someone).count()) == (before, 2)


def test_start_waits_for_the_address_to_be_confirmed() -> None:
    last_weeks()
    someone = person(email=False)
    contact = add_unconfirmed(someone, "chen@example.com", NOW)
    subscribe(someone, spec("余姚市"), NOW, cadence=Cadence.AT_ONCE, with_last_week=True)
    compose_due(NOW + timedelta(minutes=7))
    assert said() == []
    confirm(contact.pk, NOW + timedelta(days=1), "确认页")
    compose_due(NOW + timedelta(days=1, minutes=7))
    assert len(said()) == 2


@pytest.mark.parametrize(("with_last_week", "reminded"), [(True, 1), (False, 0)])
def test_start_is_reminded_of_what_met_it_before_the_address_was_confirmed(
    with_last_week: bool, reminded: int
) -> None:
    someone = person(email=False)
    contact = add_unconfirmed(someone, "chen@example.com", NOW)
    subscribe(someone, spec("余姚市"), NOW, cadence=Cadence.WEEKLY, with_last_week=with_last_week)
    taken_in(notice(deadline=date(2019, 10, 31), seen=NOW + timedelta(hours=1)))
    confirm(contact.pk, NOW + timedelta(hours=2), "确认页")
    assert compose_slot(Slot("remind", date(2019, 10, 28)), at("2019-10-28", "08:30")) == reminded


CADENCES = [Cadence.AT_ONCE, Cadence.DAILY, Cadence.WEEKLY]
SUNDAY = START


def week_of(someone: Subscriber, before: Cadence, after: Cadence, changed_at: datetime) -> list[int]:
    """A notice every twelve hours for a week, all composed as the sweep would, the cadence changed once."""
    rows, moment = [], SUNDAY
    subscription = wish(someone, spec("余姚市"), before)
    while moment < SUNDAY + timedelta(days=9):
        if moment == changed_at:
            edit(subscription, spec("余姚市"), moment, cadence=after)
        if moment < SUNDAY + timedelta(days=7):
            rows.append(row := notice(seen=moment))
            taken_in(row)
        compose_due(moment + timedelta(hours=1))
        moment += timedelta(hours=12)
    return [row.pk for row in rows]


@pytest.mark.parametrize(
    ("before", "after"), [pair for pair in product(CADENCES, CADENCES) if pair[0] != pair[1]]
)
@pytest.mark.parametrize("hours", [36, 84])
def test_changing_cadence_neither_repeats_nor_drops(before: Cadence, after: Cadence, hours: int) -> None:
    rows = week_of(person(), before, after, SUNDAY + timedelta(hours=hours))
    assert said() == rows


def test_pause_ends_in_one_message_with_all_that_came_meanwhile() -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.AT_ONCE)
    less.pause(someone.pk, START)
    for day in (1, 9, 20):
        taken_in(notice(seen=START + timedelta(days=day)))
        assert compose_alerts(START + timedelta(days=day, minutes=6)) == 0
    assert compose_alerts(START + timedelta(days=30)) == 1
    assert len(said()) == 3


def test_pause_is_never_shortened() -> None:
    someone = person()
    Subscriber.objects.filter(pk=someone.pk).update(paused_until=START + timedelta(days=90))
    assert less.pause(someone.pk, START) == START + timedelta(days=90)


def test_only_reminders_brings_reminders_and_no_digest() -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.DAILY, lead_days="无")
    assert less.set_cadence(someone.pk, Cadence.REMINDERS, START) == 1
    taken_in(notice(seen=at("2019-10-21"), deadline=date(2019, 11, 6)))
    assert compose_slot(Slot("daily", date(2019, 10, 22)), at("2019-10-22", "08:30")) == 0
    assert compose_slot(Slot("remind", date(2019, 10, 30)), at("2019-10-30", "08:30")) == 1


def test_one_digest_for_all_subscriptions_with_each_notice_once_and_every_reason() -> None:
    someone = person(wechat=True)
    for asked in (spec("余姚市"), spec("浙江省", topic_names=["绿色工厂"])):
        wish(someone, asked, Cadence.DAILY, by_wechat=True)
    taken_in(notice(seen=at("2019-10-21")))
    assert compose_slot(Slot("daily", date(2019, 10, 22)), at("2019-10-22", "08:30")) == 2
    items = DeliveryItem.objects.filter(delivery__channel=Channel.EMAIL)
    assert [len(item.filters.split(",")) for item in items] == [2]


def test_empty_digest_is_not_made() -> None:
    wish(person(), spec("余姚市"), Cadence.DAILY)
    assert compose_slot(Slot("daily", date(2019, 10, 22)), at("2019-10-22", "08:30")) == 0
    assert not Delivery.objects.exists()


def test_weekly_instead_lets_the_pending_go_as_promised_and_then_comes_weekly() -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.DAILY)
    taken_in(notice(seen=at("2019-10-21")))
    less.set_cadence(someone.pk, Cadence.WEEKLY, at("2019-10-21", "12:00"))
    taken_in(notice(seen=at("2019-10-22")))
    assert compose_slot(Slot("daily", date(2019, 10, 22)), at("2019-10-22", "08:30")) == 1
    assert compose_slot(Slot("daily", date(2019, 10, 23)), at("2019-10-23", "08:30")) == 0
    assert compose_slot(Slot("weekly", date(2019, 10, 28)), at("2019-10-28", "08:30")) == 1
    assert Subscription.objects.get(ended_at=None).cadence == "weekly"
