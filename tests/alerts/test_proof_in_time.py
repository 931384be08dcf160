"""The proof and moments: no alarm for what is not due yet; what was changed meanwhile is not left out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alerts.compose import compose_due
from alerts.models import Delivery, State, Told
from alerts.proof import overdue
from notices.models import Notice
from subscribers import less
from subscribers.models import Cadence, Subscriber
from subscribers.subscribing import edit
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
MORNING, LATER = at("2019-10-22", "08:30"), at("2019-10-22", "10:30")


def call(deadline: date = date(2019, 10, 29)) -> Notice:
    row = notice("关于推荐绿色工厂的通知", deadline=deadline, seen=at("2019-10-21"))
    taken_in(row)
    return row


def morning(moment: str = "2019-10-22") -> None:
    """All that is due is composed and handed over."""
    compose_due(at(moment, "08:30"))
    Delivery.objects.update(state=State.SENT)


def _woken_by_time(someone: Subscriber) -> None:
    Subscriber.objects.filter(pk=someone.pk).update(paused_until=at("2019-10-22", "10:00"))


def _woken_by_hand(someone: Subscriber) -> None:
    less.pause(someone.pk, at("2019-10-20"))


@pytest.mark.parametrize("pause", [_woken_by_time, _woken_by_hand])
def test_whoever_came_back_after_the_morning_is_told_at_the_next(
    pause: Callable[[Subscriber], None],
) -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.DAILY)
    pause(someone)
    call()
    morning()
    if pause is _woken_by_hand:
        less.resume(someone.pk, at("2019-10-22", "10:00"))
    assert (overdue(LATER), len(overdue(at("2019-10-23", "08:50")))) == ([], 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"cadence": Cadence.WEEKLY, "lead_days": "无"}, {"cadence": Cadence.DAILY}),
        ({"cadence": Cadence.WEEKLY, "lead_days": "无"}, {"lead_days": "7"}),
        ({"cadence": Cadence.WEEKLY, "lead_days": "无", "weekday": 3}, {"weekday": 2}),
    ],
)
def test_what_was_changed_after_the_morning_is_due_at_the_next(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    row = wish(person(), spec("余姚市"), **before)
    call()
    morning()
    edit(row, spec("余姚市"), at("2019-10-22", "10:00"), **after)
    assert overdue(LATER) == []


def test_what_was_pending_before_an_edit_is_looked_for() -> None:
    row = wish(person(), spec("余姚市"), Cadence.DAILY, lead_days="无")
    call()
    edit(row, spec("安徽省"), at("2019-10-21", "12:00"))
    assert overdue(at("2019-10-22", "08:50")) == ["每日摘要：1 人有 1 条命中到时未告知"]


@pytest.mark.parametrize(
    ("cadence", "found"), [(Cadence.AT_ONCE, 1), (Cadence.DAILY, 1), (Cadence.WEEKLY, 0)]
)
def test_change_that_can_wait_is_looked_for_at_its_time(cadence: Cadence, found: int) -> None:
    wish(person(), spec("余姚市"), cadence)
    wish(person(), spec("安徽省"), Cadence.DAILY)
    row = call(date(2019, 12, 20))
    for day in ("2019-10-22", "2019-10-28"):
        morning(day)
    extended(row, at("2019-10-29"), date(2019, 12, 31))
    before = overdue(at("2019-10-30", "08:50"))
    morning("2019-10-30")
    lost = ["变更：有 1 人次曾获告知，到时未收到后续"]
    assert (before, overdue(at("2019-10-30", "08:50"))) == (lost * found, [])


def test_change_lost_after_it_was_composed_is_found() -> None:
    wish(person(), spec("余姚市"), Cadence.DAILY)
    row = call(date(2019, 12, 20))
    morning()
    extended(row, at("2019-10-22", "16:00"), date(2019, 12, 31))
    morning("2019-10-23")
    Told.objects.filter(change__startswith="extends").delete()
    assert len(overdue(at("2019-10-23", "08:50"))) == 1


def test_urgent_change_for_whoever_came_back_is_looked_for() -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.DAILY)
    row = call()
    morning()
    _woken_by_time(someone)
    extended(row, at("2019-10-22", "09:00"))
    found = [len(overdue(at("2019-10-22", clock))) for clock in ("10:10", "10:16")]
    assert found == [0, 1]
