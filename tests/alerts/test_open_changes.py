"""A change is closed once nobody is left to be told of it at once, and opened again when somebody may be."""

from datetime import date, timedelta

import pytest

from alerts import marks, open_changes
from alerts.compose import compose_alerts, compose_follow_ups
from alerts.models import Change, Delivery, Told
from alerts.retention import KEEP, prune
from alerts.told import release
from notices.models import Notice
from subscribers.models import Cadence, Subscriber
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
FOUR, PAST_FOUR, NEXT_DAY = at("2019-10-25", "16:00"), at("2019-10-25", "16:01"), at("2019-10-26")


@pytest.fixture
def told() -> tuple[Subscriber, Notice]:
    """Somebody who was told of a notice that is extended afterwards."""
    someone = person()
    wish(someone, spec("余姚市"), Cadence.AT_ONCE)
    row = notice(deadline=date(2019, 10, 29), seen=at("2019-10-21"))
    taken_in(row)
    compose_alerts(at("2019-10-21", "10:05"))
    return someone, row


def is_open() -> bool:
    return Change.objects.get().is_open


def test_change_is_closed_once_all_were_told(told: tuple[Subscriber, Notice]) -> None:
    extended(told[1], FOUR)
    before = open_changes.close(NEXT_DAY)
    compose_follow_ups(PAST_FOUR)
    assert (before, open_changes.close(NEXT_DAY), is_open()) == (0, 1, False)


def test_change_stays_open_while_a_composition_may_be_at_work(told: tuple[Subscriber, Notice]) -> None:
    extended(told[1], FOUR)
    compose_follow_ups(PAST_FOUR)
    assert [open_changes.close(FOUR + timedelta(minutes=late)) for late in (14, 15)] == [0, 1]


def test_change_stays_open_for_whoever_is_paused(told: tuple[Subscriber, Notice]) -> None:
    Subscriber.objects.update(paused_until=at("2019-11-25"))
    extended(told[1], FOUR)
    compose_follow_ups(PAST_FOUR)
    assert (open_changes.close(NEXT_DAY), compose_follow_ups(at("2019-11-25", "10:00"))) == (0, 1)


def test_change_stays_open_for_whoever_follows_and_waits_for_a_digest() -> None:
    someone, row = person(), notice(deadline=date(2019, 12, 20), seen=at("2019-10-21"))
    taken_in(row)
    marks.follow(someone.pk, row.pk, "email", at("2019-10-22"))
    extended(row, FOUR, date(2019, 12, 31))
    before = open_changes.close(NEXT_DAY)
    compose_follow_ups(PAST_FOUR)
    assert (before, open_changes.close(NEXT_DAY)) == (0, 1)


def test_unmuting_opens_it_again(told: tuple[Subscriber, Notice]) -> None:
    marks.mute(told[0].pk, told[1].pk, at("2019-10-22"))
    extended(told[1], FOUR)
    closed = open_changes.close(NEXT_DAY)
    marks.clear(told[0].pk, told[1].pk)
    assert (closed, is_open(), compose_follow_ups(NEXT_DAY)) == (1, True, 1)


def test_releasing_what_was_told_opens_it_again(told: tuple[Subscriber, Notice]) -> None:
    extended(told[1], FOUR)
    compose_follow_ups(PAST_FOUR)
    open_changes.close(NEXT_DAY)
    release([Delivery.objects.get(kind="follow_up").pk])
    Delivery.objects.filter(kind="follow_up").delete()
    assert (is_open(), compose_follow_ups(NEXT_DAY)) == (True, 1)


def test_only_what_is_open_is_asked_about(told: tuple[Subscriber, Notice]) -> None:
    extended(told[1], FOUR)
    Change.objects.update(is_open=False)
    assert compose_follow_ups(PAST_FOUR) == 0


def test_followed_change_whose_told_rows_were_pruned_is_not_told_again() -> None:
    someone, row = person(), notice(deadline=date(2019, 10, 29), seen=at("2019-10-21"))
    taken_in(row)
    marks.follow(someone.pk, row.pk, "email", at("2019-10-22"))
    extended(row, FOUR)
    compose_follow_ups(PAST_FOUR)
    later = at("2019-10-25") + KEEP + timedelta(days=1)
    prune(later)
    assert (Told.objects.count(), compose_follow_ups(later)) == (0, 0)
