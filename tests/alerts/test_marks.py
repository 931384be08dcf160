from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alerts import marks
from alerts.compose import compose_alerts, compose_follow_ups, compose_slot
from alerts.models import DeliveryItem, Mark
from alerts.slots import Slot
from notices.models import Notice
from subscribers.models import Cadence, Subscriber
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
SEEN = at("2019-10-21")
DEADLINE = date(2019, 11, 6)
# Planned for it: 10-23 (14 days), 10-30 (7), 11-01 (3, moved back from a Sunday), 11-05 (1).


@pytest.fixture
def told() -> tuple[Subscriber, Notice]:
    """Somebody who was told of a notice with a deadline."""
    someone = person()
    wish(someone, spec("余姚市"), Cadence.AT_ONCE)
    row = notice(deadline=DEADLINE, seen=SEEN)
    taken_in(row)
    compose_alerts(at("2019-10-21", "10:05"))
    return someone, row


def remind(day: str) -> int:
    return compose_slot(Slot("remind", date.fromisoformat(day)), at(day, "08:30"))


@pytest.mark.parametrize("act", [marks.done, marks.mute])
def test_done_and_muted_stop_reminders(told: tuple[Subscriber, Notice], act: Callable[..., Any]) -> None:
    act(told[0].pk, told[1].pk, SEEN)
    assert [remind("2019-10-30"), remind("2019-11-05")] == [0, 0]


def test_mark_of_one_person_leaves_others_their_reminders(told: tuple[Subscriber, Notice]) -> None:
    wish(person(), spec("余姚市"))
    marks.done(told[0].pk, told[1].pk, SEEN)
    assert remind("2019-10-30") == 1


def test_mark_taken_back_lets_reminders_go_on(told: tuple[Subscriber, Notice]) -> None:
    marks.mute(told[0].pk, told[1].pk, SEEN)
    assert (marks.clear(told[0].pk, told[1].pk), marks.clear(told[0].pk, told[1].pk)) == (True, False)
    assert remind("2019-10-30") == 1


def test_later_holds_reminders_until_its_day_and_then_lets_them_go_on(
    told: tuple[Subscriber, Notice],
) -> None:
    marks.remind_later(told[0].pk, told[1].pk, date(2019, 10, 31), at("2019-10-29"))
    assert [remind(day) for day in ("2019-10-30", "2019-10-31", "2019-11-01")] == [0, 1, 1]
    said = DeliveryItem.objects.filter(delivery__kind="reminder").order_by("pk")
    assert list(said.values_list("change", flat=True)) == ["remind:2019-11-06:6", "remind:2019-11-06:3"]


def test_later_on_a_day_that_was_planned_too_is_one_item(told: tuple[Subscriber, Notice]) -> None:
    marks.remind_later(told[0].pk, told[1].pk, date(2019, 11, 1), at("2019-10-29"))
    remind("2019-11-01")
    assert DeliveryItem.objects.filter(delivery__kind="reminder").count() == 1


def test_later_names_the_right_days_after_an_extension(told: tuple[Subscriber, Notice]) -> None:
    marks.remind_later(told[0].pk, told[1].pk, date(2019, 10, 31), at("2019-10-29"))
    extended(told[1], at("2019-10-29", "16:00"), date(2019, 11, 10))
    remind("2019-10-31")
    assert DeliveryItem.objects.latest("pk").change == "remind:2019-11-10:10"


@pytest.mark.parametrize("until", ["2019-10-29", "2019-10-28", "2019-11-07"])
def test_later_for_a_senseless_day_says_so(told: tuple[Subscriber, Notice], until: str) -> None:
    with pytest.raises(marks.CannotPutOff, match="提醒日应"):
        marks.remind_later(told[0].pk, told[1].pk, date.fromisoformat(until), at("2019-10-29"))
    assert not Mark.objects.exists()


def test_later_without_a_deadline_says_so() -> None:
    with pytest.raises(marks.CannotPutOff, match="没有确定的截止日"):
        marks.remind_later(person().pk, notice().pk, date(2019, 11, 1), SEEN)


@pytest.mark.parametrize(("act", "follow_ups"), [(marks.done, 1), (marks.mute, 0)])
def test_done_still_hears_of_an_extension_and_muted_does_not(
    told: tuple[Subscriber, Notice], act: Callable[..., Any], follow_ups: int
) -> None:
    act(told[0].pk, told[1].pk, SEEN)
    extended(told[1], at("2019-10-31", "16:00"), date(2019, 11, 10))
    assert compose_follow_ups(at("2019-10-31", "16:01")) == follow_ups


def test_mark_on_the_notice_that_changes_counts_for_the_first(told: tuple[Subscriber, Notice]) -> None:
    later = extended(told[1], at("2019-10-31", "16:00"), date(2019, 11, 10))
    marks.done(told[0].pk, later.pk, at("2019-10-31", "17:00"))
    assert Mark.objects.get().notice == told[1]
