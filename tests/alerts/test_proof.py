from collections.abc import Callable
from datetime import date, datetime

import pytest

from alerts import marks, pace
from alerts.compose import compose_alerts, compose_due, compose_follow_ups, compose_slot
from alerts.models import Alarm, Delivery, DeliveryItem, Outgoing, State
from alerts.proof import overdue, prove
from alerts.slots import Slot
from config.clock import machine_now
from notices.models import Notice
from subscribers.models import Cadence, Subscriber
from subscribers.subscribing import edit
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
TEN = at("2019-10-21", "10:00")


def seen(clock: datetime = TEN, deadline: date | None = None) -> Notice:
    row = notice(seen=clock, deadline=deadline)
    taken_in(row)
    return row


def sent() -> None:
    Delivery.objects.update(state=State.SENT)


def test_proof_finds_nothing_where_nothing_is_due() -> None:
    wish(person(), spec("安徽省"), Cadence.AT_ONCE)
    seen()
    assert overdue(at("2019-10-21", "10:30")) == []


@pytest.mark.parametrize(("clock", "found"), [("10:10", 0), ("10:30", 1)])
def test_proof_finds_an_alert_that_nobody_composed(clock: str, found: int) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    seen()
    assert len(overdue(at("2019-10-21", clock))) == found


def test_proof_names_how_many_were_not_told() -> None:
    for _ in range(3):
        wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    seen()
    assert overdue(at("2019-10-21", "10:30")) == ["即时：3 人有 3 条命中到时未告知"]


@pytest.mark.parametrize(
    ("cadence", "at_night", "morning", "found"),
    [
        (Cadence.DAILY, "2019-10-21", "2019-10-22", 1),
        (Cadence.WEEKLY, "2019-10-21", "2019-10-22", 0),
        (Cadence.WEEKLY, "2019-10-21", "2019-10-28", 1),
    ],
)
def test_proof_finds_a_digest_whose_slot_passed(
    cadence: Cadence, at_night: str, morning: str, found: int
) -> None:
    wish(person(), spec("余姚市"), cadence)
    seen()
    by_night = overdue(at(at_night, "23:00"))
    assert (by_night, len(overdue(at(morning, "08:50")))) == ([], found)


def test_proof_is_satisfied_once_all_was_told_and_sent() -> None:
    wish(person(wechat=True), spec("余姚市"), Cadence.AT_ONCE, by_wechat=True)
    wish(person(), spec("浙江省"), Cadence.DAILY)
    seen(deadline=date(2019, 10, 29))
    compose_alerts(at("2019-10-21", "10:05"))
    compose_due(at("2019-10-22", "08:30"))
    sent()
    assert overdue(at("2019-10-22", "08:50")) == []


def test_proof_sees_a_told_row_without_its_item() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    seen()
    compose_alerts(at("2019-10-21", "10:05"))
    sent()
    DeliveryItem.objects.all().delete()
    assert len(overdue(at("2019-10-21", "10:30"))) == 1


def test_proof_finds_a_delivery_that_lies() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    seen()
    compose_alerts(at("2019-10-21", "10:05"))
    Delivery.objects.update(outcome="451 稍后再试")
    assert overdue(at("2019-10-21", "10:30")) == [
        "1 个邮件投递编成已超过 15 分钟仍未送出；最近一次答复：451 稍后再试"
    ]


@pytest.mark.parametrize(("day", "hidden"), [("2019-10-21", True), ("2019-10-28", False)])
def test_proof_finds_what_senders_do_not_see_and_what_lies_for_days(day: str, hidden: bool) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    seen()
    compose_alerts(at("2019-10-21", "10:05"))
    if hidden:
        Outgoing.objects.all().delete()
    assert overdue(at(day, "10:30")) == ["1 个邮件投递编成已超过 15 分钟仍未送出"]


@pytest.mark.parametrize(
    ("lane", "clock", "found"),
    [
        ("email", "10:30", 0),
        ("email", "14:06", 1),
        ("email:example.com", "10:30", 0),
        ("email:qq.com", "10:30", 1),
    ],
)
def test_proof_gives_more_time_to_what_a_pace_keeps_back(lane: str, clock: str, found: int) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    seen()
    compose_alerts(at("2019-10-21", "10:05"))
    pace.book(lane, 1 / 60, 1, machine_now())
    assert len(overdue(at("2019-10-21", clock))) == found


@pytest.mark.parametrize("column", ["read_at", "matched_at"])
def test_proof_finds_a_notice_that_got_stuck(column: str) -> None:
    row = seen()
    Notice.objects.filter(pk=row.pk).update(**{column: None})
    assert len(overdue(at("2019-10-21", "10:30"))) == 1


def _unmarked(row: Notice, someone: Subscriber) -> None:
    """Nothing was done."""


def _done(row: Notice, someone: Subscriber) -> None:
    marks.done(someone.pk, row.pk, TEN)


@pytest.mark.parametrize(("act", "found"), [(_unmarked, 1), (_done, 0)])
def test_proof_finds_a_reminder_that_was_not_composed(
    act: Callable[[Notice, Subscriber], None], found: int
) -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.WEEKLY)
    act(seen(deadline=date(2019, 10, 29)), someone)
    assert len(overdue(at("2019-10-22", "08:50"))) == found


@pytest.mark.parametrize(("lead_days", "found"), [("7", 1), ("3", 0)])
def test_proof_finds_a_reminder_that_an_edit_lost(lead_days: str, found: int) -> None:
    subscription = wish(person(), spec("余姚市"), Cadence.WEEKLY)
    seen(deadline=date(2019, 10, 29))
    edit(subscription, spec("安徽省"), at("2019-10-21", "12:00"), lead_days=lead_days)
    assert len(overdue(at("2019-10-22", "08:50"))) == found


def test_proof_finds_a_follow_up_that_was_not_composed() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    first = seen(deadline=date(2019, 10, 29))
    compose_alerts(at("2019-10-21", "10:05"))
    sent()
    extended(first)
    before = overdue(at("2019-10-25", "16:30"))
    compose_follow_ups(at("2019-10-25", "16:31"))
    sent()
    assert (before, overdue(at("2019-10-25", "16:50"))) == (
        ["延期、撤销等变更：有 1 人曾获告知而未收到后续"], []
    )  # fmt: skip


def test_alarm_is_raised_once_and_ends_when_all_is_well() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    seen()
    for clock in ("10:30", "10:45"):
        prove(at("2019-10-21", clock))
    compose_slot(Slot("daily", date(2019, 10, 21)), at("2019-10-21", "10:50"))
    compose_alerts(at("2019-10-21", "10:50"))
    sent()
    prove(at("2019-10-21", "11:00"))
    alarm = Alarm.objects.get()
    assert (alarm.raised_at, alarm.seen_at, alarm.over_at) == tuple(
        at("2019-10-21", clock) for clock in ("10:30", "10:45", "11:00")
    )
