from datetime import date
from typing import Any

import pytest

from alerts import ledger
from alerts.compose import PRIORITY, compose_alerts
from alerts.lanes import LONGEST_WAIT
from alerts.leases import LEASE, SUSPECT
from alerts.ledger import claim, settle, settle_sent
from alerts.models import Delivery, DeliveryItem, DeliveryKind, Outgoing, State, Told
from alerts.outcomes import Refused, Sent, TryLater
from alerts.queueing import queue
from subscribers.models import Cadence, Contact
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOW = at("2019-10-21", "10:05")
T = 1_000_000.0


@pytest.fixture(autouse=True)
def two_queued() -> None:
    for _ in range(2):
        wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    taken_in(notice())
    compose_alerts(NOW)


def state(pk: int) -> str:
    return Delivery.objects.get(pk=pk).standing


def test_claim_gives_each_delivery_to_one_owner() -> None:
    first, second = claim("email", "a", T, limit=1), claim("email", "b", T, limit=5)
    assert (len(first), len(second), set(first) & set(second)) == (1, 1, set())


def test_claim_takes_only_its_channel() -> None:
    assert claim("wechat", "a", T) == []


@pytest.mark.parametrize(
    ("later", "free"),
    [(LEASE - 1, False), (LEASE, True), (-3600.0, True), (-5.0, False)],
    ids=["held", "lapsed", "clock set back", "clock read before the other claimed"],
)
def test_lease_frees_what_a_dead_sender_held(later: float, free: bool) -> None:
    claim("email", "a", T)
    assert bool(claim("email", "b", T + later)) is free


def test_settle_sent_is_final() -> None:
    (pk, *_) = claim("email", "a", T)
    assert settle(pk, "a", Sent("queue-1", "250 ok"), NOW, T)
    assert (state(pk), Outgoing.objects.filter(pk=pk).exists()) == (State.SENT, False)


def test_settling_records_how_often_it_was_tried() -> None:
    claim("email", "a", T)
    settle_sent({pk: Sent() for pk in claim("email", "b", T + LEASE)}, "b", NOW)
    assert list(Delivery.objects.values_list("attempts", flat=True)) == [2, 2]


def test_settle_sent_of_many_records_each_by_its_own_answer() -> None:
    ids = claim("email", "a", T)
    settled = settle_sent({pk: Sent(f"queue-{pk}", f'250 "{pk}"') for pk in ids}, "a", NOW)
    rows = Delivery.objects.order_by("pk").values_list("state", "provider_id", "outcome", "settled_at")
    assert settled == 2
    assert list(rows) == [("sent", f"queue-{pk}", f'250 "{pk}"', NOW) for pk in ids]


def test_settle_sent_of_many_leaves_what_others_hold() -> None:
    (mine,), (other,) = claim("email", "a", T, limit=1), claim("email", "b", T)
    assert settle_sent({mine: Sent(), other: Sent()}, "a", NOW) == 1
    assert (state(mine), state(other)) == (State.SENT, State.CLAIMED)


def test_settle_sent_of_none_does_nothing() -> None:
    assert settle_sent({}, "a", NOW) == 0


def test_settle_by_another_owner_is_ignored() -> None:
    (pk, *_) = claim("email", "a", T)
    assert not settle(pk, "b", Sent(), NOW, T)
    assert state(pk) == State.CLAIMED


def test_try_later_waits_longer_each_time() -> None:
    (pk, *_) = claim("email", "a", T)
    settle(pk, "a", TryLater("451 再试", after=60), NOW, T)
    assert (claim("email", "a", T + 59, limit=9).count(pk), claim("email", "a", T + 60).count(pk)) == (0, 1)


def test_wait_is_over_when_the_clock_was_set_back() -> None:
    (pk, *_) = claim("email", "a", T)
    settle(pk, "a", TryLater("451", after=60), NOW, T)
    assert pk in claim("email", "a", T - 2 * LONGEST_WAIT)


def test_refused_contact_is_suppressed_and_its_told_rows_released() -> None:
    (pk, *_) = claim("email", "a", T)
    settle(pk, "a", Refused("550 Mailbox not found", "contact"), NOW, T)
    contact = Contact.objects.get(deliveries=pk)
    assert (state(pk), contact.suppressed_why) == (State.REFUSED, "550 Mailbox not found")
    assert not Told.objects.filter(delivery=pk).exists()


def test_fault_of_our_configuration_keeps_the_delivery_for_later() -> None:
    (pk, *_) = claim("email", "a", T)
    settle(pk, "a", Refused("SPF 记录缺失", "configuration"), NOW, T)
    assert (state(pk), Told.objects.filter(delivery=pk).exists()) == (State.QUEUED, True)


@pytest.mark.parametrize("scope", ["content", "template", "pair"])
def test_refusal_that_is_not_the_contacts_fault_suppresses_nobody(scope: Any) -> None:
    (pk, *_) = claim("email", "a", T)
    settle(pk, "a", Refused("554", scope), NOW, T)
    assert not Contact.objects.exclude(suppressed_at=None).exists()


def test_renew_lengthens_only_what_is_held() -> None:
    ids = claim("email", "a", T)
    settle(ids[0], "a", Sent(), NOW, T)
    assert ledger.renew(ids, "a", T + 30) == 1


def test_give_back_frees_at_once() -> None:
    ids = claim("email", "a", T)
    ledger.give_back(ids, "a")
    assert claim("email", "b", T) == ids


def test_left_contact_has_its_waiting_deliveries_cancelled() -> None:
    Contact.objects.update(left_at=NOW)
    assert (ledger.cancel_unreachable(NOW), claim("email", "a", T)) == (2, [])
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.CANCELLED}


def test_cancelling_leaves_what_is_being_sent() -> None:
    claim("email", "a", T, limit=1)
    Contact.objects.update(left_at=NOW)
    assert (ledger.cancel_unreachable(NOW), ledger.open_deliveries()) == (1, 1)


def test_claim_gives_reminders_before_alerts_before_digests() -> None:
    digest, alert = Delivery.objects.order_by("pk")
    Outgoing.objects.filter(pk=digest.pk).update(priority=PRIORITY[DeliveryKind.DIGEST])
    reminder = Delivery.objects.get(pk=alert.pk)
    reminder.pk, reminder.key, reminder.priority = None, "remind", PRIORITY[DeliveryKind.REMINDER]
    queue([reminder])
    assert claim("email", "a", T) == [Delivery.objects.get(key="remind").pk, alert.pk, digest.pk]


def test_what_kills_its_sender_is_tried_alone_after_all_others() -> None:
    killer, other = claim("email", "a", T)
    Outgoing.objects.filter(pk=killer).update(attempts=SUSPECT)
    after = T + LEASE
    assert [claim("email", "b", after), claim("email", "b", after), claim("email", "b", after)] == [
        [other], [killer], []
    ]  # fmt: skip


@pytest.mark.parametrize(("deaths", "free"), [(SUSPECT, True), (9, False)])
def test_what_kills_its_sender_waits_longer_each_time(deaths: int, free: bool) -> None:
    killer, other = claim("email", "a", T)
    Delivery.objects.filter(pk=other).delete()
    Outgoing.objects.filter(pk=killer).update(attempts=deaths, lease_until=T)
    claim("email", "b", T)
    assert bool(claim("email", "c", T + LEASE + ledger.back_off(SUSPECT + 1))) is free


@pytest.mark.parametrize(("day", "free"), [("2019-10-21", True), ("2019-10-22", False)])
def test_claim_by_night_takes_only_what_is_due_that_day(day: str, free: bool) -> None:
    row = notice(deadline=date.fromisoformat(day), seen=NOW)
    taken_in(row)
    DeliveryItem.objects.update(deadline=row.deadlines.get())
    assert bool(claim("email", "a", T, night_of=date(2019, 10, 21))) is free


def test_what_is_composed_late_waits_for_the_morning() -> None:
    night = at("2019-10-21", "23:00")
    taken_in(notice("夜里来的通知", seen=night))
    taken_in(notice("当天截止的通知", seen=night, deadline=date(2019, 10, 21)))
    made = [compose_alerts(at("2019-10-21", "23:05")), compose_alerts(at("2019-10-22", "07:30"))]
    last = DeliveryItem.objects.latest("pk")
    assert (made, last.notice.title) == ([2, 2], "夜里来的通知")
