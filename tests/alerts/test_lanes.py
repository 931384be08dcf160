"""Trouble that is no message's fault stops a lane, and counts against no message."""

import pytest

from alerts import lanes, ledger
from alerts.compose import compose_alerts
from alerts.delivering import LONGEST_BATCH, Desk, claim, deliver
from alerts.models import Delivery, Outgoing, State
from alerts.outcomes import Refused, TryLater
from subscribers.models import Cadence, Channel, Contact
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOW = at("2019-10-21", "10:05")
T = 1_000_000.0


@pytest.fixture(autouse=True)
def two_at_qq_and_one_elsewhere() -> None:
    for domain in ("qq.com", "qq.com", "example.cn"):
        someone = person()
        wish(someone, spec("余姚市"), Cadence.AT_ONCE)
        Contact.objects.filter(subscriber=someone).update(address=f"p{someone.pk}@{domain}")
    taken_in(notice())
    compose_alerts(NOW)


def domains(ids: list[int]) -> list[str]:
    rows = Delivery.objects.filter(pk__in=ids).order_by("pk")
    return [row.contact.address.partition("@")[2] for row in rows]


def test_channel_in_trouble_rests_and_the_message_counts_no_attempt() -> None:
    (pk,) = ledger.claim("email", "a", T, limit=1)
    ledger.settle(pk, "a", TryLater("连不上", 30.0, "channel"), NOW, T)
    row = Delivery.objects.get(pk=pk)
    assert (row.state, row.attempts, ledger.claim("email", "a", T + 29)) == (State.QUEUED, 0, [])
    assert len(ledger.claim("email", "a", T + 30)) == 3


def test_receiver_asked_too_often_rests_and_others_are_served() -> None:
    (pk,) = ledger.claim("email", "a", T, limit=1)
    ledger.settle(pk, "a", TryLater("frequency limited", 900.0, "domain"), NOW, T)
    assert domains(ledger.claim("email", "a", T + 1)) == ["example.cn"]


def test_fault_of_our_configuration_rests_its_receiver_alone() -> None:
    (pk,) = ledger.claim("email", "a", T, limit=1)
    ledger.settle(pk, "a", Refused("SPF 记录缺失", "configuration"), NOW, T)
    assert domains(ledger.claim("email", "a", T + 1)) == ["example.cn"]


def test_rest_is_over_when_the_clock_was_set_back() -> None:
    (pk,) = ledger.claim("email", "a", T, limit=1)
    ledger.settle(pk, "a", TryLater("连不上", 30.0, "channel"), NOW, T)
    assert ledger.claim("email", "a", T - 3 * lanes.LONGEST_WAIT) != []


def test_sender_whose_clock_was_set_back_starts_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.delivering.machine_now", lambda: T)
    ids = ledger.claim("email", "a", T)
    desk = Desk(ids, "a", Channel.EMAIL, NOW, T)
    monkeypatch.setattr("alerts.delivering.machine_now", lambda: T - 3600)
    assert not desk.may_start(ids[0])


def test_sender_whose_clock_was_set_back_waits_for_no_moment_of_the_old_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("alerts.pace.time.sleep", slept.append)
    monkeypatch.setattr("alerts.delivering.machine_now", lambda: T)
    ids = ledger.claim("email", "a", T)
    desk = Desk(ids, "a", Channel.EMAIL, NOW, T)
    desk.keep_pace(dict.fromkeys(ids, "email:qq.com"))
    for module in ("alerts.delivering", "alerts.pace"):
        monkeypatch.setattr(f"{module}.machine_now", lambda: T - 3600, raising=False)
    desk.may_start(ids[0])
    assert slept == []


def test_sender_that_was_frozen_after_it_read_the_clock_takes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger.claim("email", "a", T + 30)
    read = iter((T, T, T + 30))
    monkeypatch.setattr("alerts.delivering.machine_now", lambda: next(read))
    assert claim(Channel.EMAIL, "b", None)[0] == []
    assert set(Outgoing.objects.values_list("lease_owner", flat=True)) == {"a"}


def test_batch_that_takes_too_long_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = ledger.claim("email", "a", T)
    desk = Desk(ids, "a", Channel.EMAIL, NOW, T - LONGEST_BATCH)
    read = iter((T, T + 1))
    monkeypatch.setattr("alerts.delivering.machine_now", lambda: next(read))
    assert [desk.may_start(ids[0]), desk.may_start(ids[0])] == [True, False]


def test_sender_whose_shift_is_over_leaves_the_rest_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.delivering.SHIFT", 0.0)
    assert deliver(Channel.EMAIL, NOW)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.QUEUED}
