"""The holes that were found in peers (facts/anchors.md 2.6), each by its number: here they are closed.

6 and 18 (semaphores and a clean-up's own clock) have nothing here that they could befall. 10 is also in
tests/intake, where notices are made.
"""

import inspect
import threading
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from alerts import delivering, ledger
from alerts.compose import compose_alerts, compose_due, compose_slot
from alerts.models import Delivery, DeliveryItem, Match, State, Told
from alerts.outcomes import Refused, Sent
from alerts.slots import Slot
from notices.models import Notice
from subscribers.contacts import add_confirmed
from subscribers.leaving import leave
from subscribers.models import Cadence, Channel, Contact, List, Subscription
from subscribers.subscribing import drop, edit, join, set_list_filter
from tasks import app
from tests.builders import START, at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
MORNING = at("2019-10-22", "08:30")
DAILY = Slot("daily", date(2019, 10, 22))
T = 1_000_000.0


def seen(title: str, clock: str = "10:00", day: str = "2019-10-21") -> Notice:
    row = notice(title, seen=at(day, clock))
    taken_in(row)
    return row


def titles() -> list[str]:
    return list(DeliveryItem.objects.order_by("pk").values_list("notice__title", flat=True))


def crowd(size: int) -> None:
    """So many people with one alert each that waits."""
    for _ in range(size):
        wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    seen("通知")
    compose_alerts(at("2019-10-21", "10:05"))


def test_hole_1_what_matches_between_composing_and_sending_is_not_taken_for_sent() -> None:
    wish(person(), spec("余姚市"))
    seen("编成前")
    compose_slot(DAILY, MORNING)
    seen("编成后", "08:31", "2019-10-22")
    (pk,) = ledger.claim("email", "a", T)
    ledger.settle(pk, "a", Sent(), MORNING, T)
    compose_slot(Slot("daily", date(2019, 10, 23)), at("2019-10-23", "08:30"))
    assert titles() == ["编成前", "编成后"]


def test_hole_2_nothing_is_sent_until_the_channel_took_it() -> None:
    crowd(1)
    ledger.claim("email", "a", T)
    assert not Delivery.objects.filter(state=State.SENT).exists()


def test_hole_3_tasks_carry_a_moment_and_a_name_and_no_rows() -> None:
    ours = [task for name, task in app.tasks.items() if name.startswith("tasks.")]
    carried = {name for task in ours for name in inspect.signature(task.run).parameters}
    assert carried <= {"now", "channel"}


def test_hole_4_told_is_a_row_with_a_unique_key() -> None:
    crowd(1)
    told = Told.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Told.objects.create(
            subscriber=told.subscriber, notice=told.notice, change="new", channel=told.channel,
            delivery=told.delivery,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_hole_5_an_error_on_the_second_mail_keeps_the_first_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(2)

    def dies_on_the_second(messages: Any, url: str, before: Any, after: Any) -> None:
        after(0, Sent())
        raise ConnectionError

    monkeypatch.setattr(delivering, "send_batch", dies_on_the_second)
    with pytest.raises(ConnectionError):
        delivering.deliver(Channel.EMAIL, MORNING)
    assert Delivery.objects.filter(state=State.SENT).count() == 1


def test_hole_7_what_is_matched_after_the_digest_ran_is_in_the_next() -> None:
    wish(person(), spec("余姚市"))
    row = notice("08:00 前已见到", seen=at("2019-10-22", "07:50"))
    compose_slot(DAILY, MORNING)
    taken_in(row, now=at("2019-10-22", "09:30"))
    compose_slot(Slot("daily", date(2019, 10, 23)), at("2019-10-23", "08:30"))
    assert titles() == ["08:00 前已见到"]


def test_hole_8_weekly_to_daily_in_mid_week_loses_nothing_and_repeats_nothing() -> None:
    subscription = wish(person(), spec("余姚市"), Cadence.WEEKLY, weekday=5)
    seen("周一")
    edit(subscription, spec("余姚市"), at("2019-10-23"), cadence=Cadence.DAILY)
    seen("周三", "11:00", "2019-10-23")
    for day in (24, 25, 28):
        compose_due(at(f"2019-10-{day}", "08:30"))
    assert titles() == ["周一", "周三"]


def test_hole_9_the_same_notice_through_two_lists_is_one_mail() -> None:
    someone = person()
    for name, place in (("浙江客户", "浙江省"), ("余姚客户", "余姚市")):
        group = List.objects.create(name=name)
        set_list_filter(group, spec(place), START)
        join(group, someone, START, cadence=Cadence.DAILY)
    seen("通知")
    compose_slot(DAILY, MORNING)
    assert (Delivery.objects.count(), DeliveryItem.objects.get().filters.count(",")) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_hole_11_no_connection_to_the_database_is_held_while_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd(1)
    held = []
    monkeypatch.setattr(delivering, "send_batch", lambda *_: held.append(connection.connection is not None))
    monkeypatch.setattr(ledger, "give_back", lambda ids, owner: 0)
    delivering.deliver(Channel.EMAIL, MORNING)
    assert held == [False]


def test_hole_12_a_sweep_does_not_queue_again_what_a_sender_holds() -> None:
    crowd(3)
    ledger.claim("email", "a", T)
    assert (ledger.any_waiting(T + 30), ledger.claim("email", "b", T + 30)) == (False, [])


def test_hole_13_the_way_out_of_an_old_mail_works_for_ever() -> None:
    person()
    token = Contact.objects.get().leave_token
    left = leave(token, at("2031-10-21"), "旧邮件")
    assert (left is not None, Contact.objects.filter(left_at=None).exists()) == (True, False)


def test_hole_14_an_address_is_known_however_it_is_written() -> None:
    someone, other = person(email=False), person(email=False)
    add_confirmed(someone, Channel.EMAIL, "Chen@Example.com", START, "test")
    with pytest.raises(IntegrityError), transaction.atomic():
        add_confirmed(other, Channel.EMAIL, "chen@example.COM ", START, "test")


def test_hole_15_who_once_left_a_list_can_come_back() -> None:
    group = List.objects.create(name="客户")
    set_list_filter(group, spec("浙江省"), START)
    someone = person()
    drop(join(group, someone, START, cadence=Cadence.DAILY), at("2019-10-21"))
    join(group, someone, at("2019-10-22"), cadence=Cadence.DAILY)
    assert Subscription.objects.filter(subscriber=someone, ended_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_hole_16_four_workers_at_once_share_no_delivery() -> None:
    crowd(40)
    taken: list[list[int]] = []

    def work(owner: str) -> None:
        try:
            while ids := ledger.claim("email", owner, T, limit=3):
                taken.append(ids)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    all_ids = [pk for ids in taken for pk in ids]
    assert (len(all_ids), len(set(all_ids))) == (40, 40)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["compose", "match"])
def test_hole_10_two_at_once_record_each_thing_once(step: str) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    row = notice("通知")
    if step == "compose":
        taken_in(row)
    errors: list[Exception] = []

    def work() -> None:
        try:
            if step == "compose":
                compose_alerts(at("2019-10-21", "10:05"))
            else:
                taken_in(row)
        except Exception as error:  # noqa: BLE001, a thread's error is the test's to tell
            errors.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    counted = Match.objects.count(), Told.objects.count(), Delivery.objects.count()
    assert (errors, counted) == ([], (1, 1, 1) if step == "compose" else (1, 0, 0))


def test_hole_17_a_channel_that_is_misconfigured_holds_up_no_other() -> None:
    wish(person(wechat=True), spec("余姚市"), Cadence.AT_ONCE, by_wechat=True)
    seen("通知")
    compose_alerts(at("2019-10-21", "10:05"))
    (pk,) = ledger.claim("email", "a", T)
    ledger.settle(pk, "a", Refused("535 授权码不对", "configuration"), MORNING, T)
    assert len(ledger.claim("wechat", "a", T)) == 1


def test_hole_19_a_slot_that_nobody_was_up_for_is_found_later() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, weekday=2)
    seen("周一")
    compose_due(at("2019-10-24", "20:59"))
    assert titles() == ["周一"]
