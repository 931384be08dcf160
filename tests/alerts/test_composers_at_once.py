"""Several composers over the same people, and wishes that change meanwhile."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connections

from alerts import compose
from alerts.models import Delivery, DeliveryItem, Run, Told
from alerts.slots import Slot
from subscribers.models import Cadence, Subscription
from subscribers.subscribing import edit
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = at("2019-10-22", "08:30")
DAILY = Slot("daily", date(2019, 10, 22))
PEOPLE = 24


@pytest.fixture(autouse=True)
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "PEOPLE", 3)
    for number in range(PEOPLE):
        wish(person(), spec("余姚市"), Cadence.DAILY if number % 2 else Cadence.AT_ONCE)
    taken_in(*(notice(f"通知 {number}") for number in range(3)))


def at_once(*works: Callable[[], object]) -> list[Exception]:
    errors: list[Exception] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001, a thread's error is the test's to tell
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_three_composers_of_slots_and_alerts_tell_each_thing_once() -> None:
    errors = at_once(*[lambda: compose.compose_due(MORNING)] * 3)
    counted = Delivery.objects.count(), DeliveryItem.objects.count(), Told.objects.count()
    assert (errors, counted) == ([], (PEOPLE, 3 * PEOPLE, 3 * PEOPLE))


def test_edits_while_composing_neither_lose_nor_repeat() -> None:
    wishes = list(Subscription.objects.filter(cadence=Cadence.DAILY))

    def edit_all() -> None:
        for one in wishes:
            edit(one, spec("余姚市"), at("2019-10-22", "08:29"), cadence=Cadence.AT_ONCE)

    errors = at_once(lambda: compose.compose_slot(DAILY, MORNING), edit_all)
    compose.compose_due(at("2019-10-22", "08:36"))
    assert (errors, Told.objects.count(), DeliveryItem.objects.count()) == ([], 3 * PEOPLE, 3 * PEOPLE)


def test_slot_that_was_cut_short_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    part = compose.compose_part
    done: list[int] = []

    def dies_after_two(*arguments: object) -> int:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(part(*arguments))  # type: ignore[arg-type]
        return done[-1]

    monkeypatch.setattr(compose, "compose_part", dies_after_two)
    with pytest.raises(KeyboardInterrupt):
        compose.compose_slot(DAILY, MORNING)
    monkeypatch.setattr(compose, "compose_part", part)
    assert (Run.objects.count(), sum(done), compose.compose_slot(DAILY, MORNING)) == (0, 6, PEOPLE // 2 - 6)
