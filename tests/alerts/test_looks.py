"""Composing looks at what arrived since the last look, and misses nothing by it (decision 17)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from alerts import looks, marks
from alerts.compose import compose_alerts, compose_due, compose_slot, remember_alerts
from alerts.models import Arrival, Delivery, DeliveryItem, Look, Round, Run
from alerts.retention import KEEP, prune
from alerts.slots import Slot
from alerts.told import release
from notices.models import Notice
from subscribers.models import Cadence, Subscriber
from tests.alerts.test_follow_ups import extended
from tests.builders import START, at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TUESDAY = at("2019-10-22", "08:30")


def reader(cadence: Cadence = Cadence.DAILY, **terms: Any) -> Subscriber:
    someone = person()
    wish(someone, spec("余姚市"), cadence, **terms)
    return someone


def seen(now: datetime, title: str = "一条通知", **columns: Any) -> Notice:
    row = notice(title, seen=now, **columns)
    taken_in(row, now=now)
    return row


def digest(now: datetime) -> int:
    return compose_slot(Slot("daily", now.date()), now)


def told() -> list[str]:
    return sorted(DeliveryItem.objects.values_list("notice__title", flat=True))


def test_digest_remembers_how_far_it_looked() -> None:
    reader()
    seen(START)
    digest(TUESDAY)
    assert Look.objects.get().round == Round.objects.get().number == 1


def test_what_arrives_later_is_told_next_time() -> None:
    reader()
    seen(START, "先到")
    digest(TUESDAY)
    seen(TUESDAY + timedelta(hours=2), "后到")
    digest(TUESDAY + DAY)
    assert told() == ["先到", "后到"]


def test_what_bears_the_time_of_a_wrong_clock_is_told() -> None:
    reader()
    digest(TUESDAY)
    seen(TUESDAY, "现在的")
    digest(TUESDAY + DAY)
    row = notice("钟慢了一周", seen=TUESDAY)
    taken_in(row, now=START + timedelta(hours=1))
    digest(TUESDAY + 2 * DAY)
    assert told() == ["现在的", "钟慢了一周"]


def test_a_clock_that_ran_ahead_hides_nothing() -> None:
    reader()
    taken_in(notice("明年的钟", seen=START), now=START + 365 * DAY)
    digest(TUESDAY)
    seen(TUESDAY, "现在的")
    digest(TUESDAY + DAY)
    digest(START + 366 * DAY)
    assert told() == ["明年的钟", "现在的"]


def test_match_after_the_cut_of_a_slot_made_up_late_is_not_passed_over() -> None:
    reader()
    seen(START, "之前")
    seen(TUESDAY + timedelta(minutes=5), "之后")
    compose_slot(Slot("daily", TUESDAY.date()), TUESDAY + timedelta(minutes=10))
    digest(TUESDAY + DAY)
    assert told() == ["之前", "之后"]


def test_what_came_during_a_pause_is_told_after_it() -> None:
    reader()
    digest(TUESDAY)
    Subscriber.objects.update(paused_until=TUESDAY + 2 * DAY)
    seen(TUESDAY + timedelta(hours=1), "停发时来的")
    digest(TUESDAY + DAY)
    digest(TUESDAY + 2 * DAY)
    assert told() == ["停发时来的"]


def test_what_is_untold_again_is_looked_for_anew() -> None:
    reader()
    seen(START)
    digest(TUESDAY)
    release(list(Delivery.objects.values_list("pk", flat=True)))
    assert digest(TUESDAY + DAY) == 1


def test_key_that_is_taken_leaves_what_is_pending_for_the_next_slot() -> None:
    reader()
    seen(START, "第一条")
    digest(TUESDAY)
    taken_in(notice("同一时段晚记下的", seen=START), now=START)
    Run.objects.all().delete()
    digest(TUESDAY)
    digest(TUESDAY + DAY)
    assert told() == ["同一时段晚记下的", "第一条"]


def test_what_changed_while_muted_is_told_once_it_is_muted_no_more() -> None:
    someone = reader()
    row = seen(START, deadline=date(2019, 12, 20))
    digest(TUESDAY)
    marks.mute(someone.pk, row.pk, TUESDAY)
    extended(row, new=date(2019, 12, 30), seen=TUESDAY + timedelta(hours=1))
    digest(TUESDAY + DAY)
    marks.clear(someone.pk, row.pk)
    digest(TUESDAY + 2 * DAY)
    assert DeliveryItem.objects.exclude(change="new").count() == 1


def test_alerts_are_remembered_as_far_as_they_are_ripe() -> None:
    reader(Cadence.AT_ONCE)
    seen(START, "说过的")
    compose_alerts(START + timedelta(minutes=6))
    seen(START + timedelta(minutes=58), "还在等的")
    remember_alerts(START + timedelta(hours=1))
    assert (Look.objects.get().round, compose_alerts(START + timedelta(minutes=64))) == (1, 1)


def test_alerts_that_are_still_to_be_told_are_not_remembered() -> None:
    reader(Cadence.AT_ONCE)
    seen(START)
    remember_alerts(START + timedelta(hours=1))
    assert not Look.objects.exists()


def test_by_night_nothing_is_remembered() -> None:
    reader(Cadence.AT_ONCE)
    seen(at("2019-10-20", "21:30"), "夜里来的")
    compose_alerts(at("2019-10-20", "22:00"))
    remember_alerts(at("2019-10-20", "22:00"))
    compose_alerts(at("2019-10-21", "07:31"))
    assert told() == ["夜里来的"]


def test_morning_remembers_alerts_once_a_day() -> None:
    reader(Cadence.AT_ONCE)
    seen(START)
    compose_due(at("2019-10-21", "09:00"))
    assert Look.objects.get().round == 1


def test_numbers_of_rounds_go_on_after_old_ones_are_pruned() -> None:
    for day in range(3):
        looks.arrived(START + day * DAY, START + day * DAY)
        looks.take_stock()
    prune(START + KEEP + 30 * DAY)
    looks.arrived(START, START)
    looks.take_stock()
    assert sorted(Round.objects.values_list("number", flat=True)) == [3, 4]


def test_arrivals_of_an_older_time_lower_the_floor_of_all_rounds_before() -> None:
    for moment in (START, START + DAY, START - DAY):
        looks.arrived(moment, moment)
        looks.take_stock()
    assert set(Round.objects.values_list("floor", flat=True)) == {START - DAY}


def test_arrivals_are_gathered_once() -> None:
    looks.arrived(START, START)
    looks.arrived(START + DAY, START + 2 * DAY)
    looks.take_stock()
    looks.take_stock()
    row = Round.objects.get()
    assert (row.floor, row.newest, Arrival.objects.count()) == (START, START + 2 * DAY, 0)


def once_filed(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Have this happen once, when a look has just filed its matches and not yet gone on."""
    filing, left = looks.file_matches, [happens]

    def file_and_be_overtaken() -> int:
        filed = filing()
        while left:
            left.pop()()
        return filed

    monkeypatch.setattr(looks, "file_matches", file_and_be_overtaken)


def test_what_is_recorded_while_matches_are_filed_comes_in_the_next_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader()
    late = notice(seen=START)
    once_filed(monkeypatch, lambda: taken_in(late))
    digest(TUESDAY)
    digest(TUESDAY + DAY)
    assert told() == ["关于组织申报绿色工厂的通知"]


def test_notice_that_turns_out_to_change_another_is_looked_at_again() -> None:
    reader()
    first, second = seen(START, "原通知", region="安徽省"), seen(START, "后来的通知")
    digest(TUESDAY)
    Notice.objects.filter(pk=second.pk).update(follows=first, follows_how="corrects", matched_at=None)
    taken_in(second, now=TUESDAY)
    digest(TUESDAY + DAY)
    assert told() == ["原通知", "后来的通知"]


def test_round_that_another_composer_makes_meanwhile_is_not_taken_for_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader()
    late = notice(seen=START)

    def round_of_another() -> None:
        taken_in(late)
        looks._gather()  # it is killed before it files

    once_filed(monkeypatch, round_of_another)
    digest(TUESDAY)
    digest(TUESDAY + DAY)
    assert told() == ["关于组织申报绿色工厂的通知"]
