from datetime import date, timedelta
from typing import Any

import pytest

from alerts import ledger
from alerts.compose import compose_alerts
from alerts.ladder import is_at_end
from alerts.models import Delivery, SoftBounce, State
from alerts.outcomes import TryLater
from subscribers.models import Cadence, Contact
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
T = 1_000_000.0
DAY = date(2019, 10, 21)


def days(*back: int) -> list[date]:
    return [DAY - timedelta(days=each) for each in back]


@pytest.mark.parametrize(
    ("ailment", "back", "end"),
    [
        ("full", [0, 1, 2, 3], False),
        ("full", [0, 1, 2, 3, 4], True),
        ("full", [0, 7, 14, 21, 28], True),
        ("full", [0, 7, 14, 21, 30], False),
        ("full", [0, 0, 0, 0, 0], False),
        ("disabled", [0], False),
        ("disabled", [0, 6], True),
        ("disabled", [0, 7], False),
        ("blocked", [0, 29], True),
        ("blocked", [0, 30], False),
    ],
)
def test_ladder_ends_by_different_days_within_its_span(ailment: str, back: list[int], end: bool) -> None:
    assert is_at_end(ailment, days(*back), DAY) is end


@pytest.fixture
def delivery() -> int:
    wish(person(wechat=True), spec("余姚市"), Cadence.AT_ONCE)
    taken_in(notice())
    compose_alerts(at("2019-10-21", "10:05"))
    return Delivery.objects.get().pk


def refused_on(pk: int, day: str, **trouble: Any) -> None:
    """One try, ended by a soft answer; several days are passed by the machine's clock, too."""
    machine = T + (date.fromisoformat(day) - DAY).days * 86400.0
    assert ledger.claim("email", "a", machine, limit=1) == [pk]
    ledger.settle(pk, "a", TryLater("552 Mailbox full", 21600.0, **trouble), at(day), machine)


def test_full_mailbox_is_waited_for_and_then_given_up(delivery: int) -> None:
    for number in range(5):
        refused_on(delivery, str(DAY + timedelta(days=number)), result="contact", ailment="full")
    row = Delivery.objects.get(pk=delivery)
    assert (row.state, row.result, SoftBounce.objects.count()) == (State.REFUSED, "contact", 5)
    assert "30 天内已有 5 天如此" in row.contact.suppressed_why


def test_full_mailbox_is_spoken_for_by_another_channel_in_the_end(delivery: int) -> None:
    for number in range(5):
        refused_on(delivery, str(DAY + timedelta(days=number)), ailment="full")
    assert list(Delivery.objects.filter(stands_for=delivery).values_list("channel", flat=True)) == ["wechat"]


def test_many_answers_on_one_day_are_one_rung(delivery: int) -> None:
    for number in range(9):
        machine = T + number * 8000.0
        ledger.claim("email", "a", machine)
        ledger.settle(delivery, "a", TryLater("552", 60.0, ailment="full"), at("2019-10-21"), machine)
    assert (SoftBounce.objects.count(), Contact.objects.filter(suppressed_at=None).count()) == (1, 2)


def test_unknown_answers_never_suppress(delivery: int) -> None:
    for number in range(9):
        refused_on(delivery, str(DAY + timedelta(days=number)))
    row = Delivery.objects.get(pk=delivery)
    assert (row.state, row.result, SoftBounce.objects.count()) == (State.QUEUED, "unknown", 0)
