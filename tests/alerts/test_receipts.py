"""What is heard of a message after it was handed over."""

from datetime import timedelta

import pytest

from alerts import ledger, receipts
from alerts.compose import compose_alerts, compose_slot
from alerts.models import Delivery, DeliveryKind, Receipt, State, Told
from alerts.outcomes import Sent
from alerts.proof import overdue
from alerts.slots import Slot
from subscribers.models import Cadence, Contact
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOW = at("2019-10-21", "10:06")
T = 1_000_000.0


def sent(channel: str, *, wechat: bool = True) -> Delivery:
    """A message that was handed over on one channel; the other has nothing waiting."""
    row = claimed(channel, wechat=wechat)
    ledger.settle(row.pk, "a", Sent(f"id-{row.pk}"), NOW, T)
    return Delivery.objects.get(pk=row.pk)


def claimed(channel: str, *, wechat: bool = True) -> Delivery:
    """A message that is being sent."""
    wish(person(wechat=wechat), spec("余姚市"), Cadence.AT_ONCE, by_email=channel == "email",
         by_wechat=channel == "wechat")  # fmt: skip
    taken_in(notice(deadline=at("2019-10-29").date()))
    compose_alerts(at("2019-10-21", "10:05"))
    (pk,) = ledger.claim(channel, "a", T)
    return Delivery.objects.get(pk=pk)


def heard(row: Delivery, verdict: str, day: str = "2019-10-21", machine: float = T) -> Delivery:
    receipts.note(
        f"{row.pk}|{verdict}|{day}", channel=row.channel, contact=row.contact, provider_id=row.provider_id,
        verdict=verdict, said=verdict, at=at(day), delivery=row if row.channel == "email" else None,
    )  # fmt: skip
    receipts.take(at(day), machine)
    return Delivery.objects.get(pk=row.pk)


def stands(row: Delivery) -> tuple[str, str]:
    return (row.state, row.result)


def test_handed_over_is_accepted() -> None:
    assert stands(sent("email")) == (State.SENT, "accepted")


@pytest.mark.parametrize(("channel", "verdict"), [("email", "delivered"), ("wechat", "success")])
def test_arrived_is_delivered(channel: str, verdict: str) -> None:
    assert stands(heard(sent(channel), verdict)) == (State.SENT, "delivered")


def test_hard_bounce_stops_the_address_and_another_channel_says_it() -> None:
    row = heard(sent("email"), "dead")
    assert (stands(row), row.contact.suppressed_at is not None) == ((State.REFUSED, "bounced"), True)
    stand_in = Delivery.objects.get(stands_for=row)
    assert (stand_in.channel, Told.objects.get(change="new").delivery_id) == ("wechat", stand_in.pk)


def test_soft_bounce_is_sent_again_and_climbs_the_ladder() -> None:
    row = heard(sent("email"), "full")
    assert (stands(row), row.contact.soft_bounces.count()) == ((State.QUEUED, "bounced"), 1)
    assert (ledger.claim("email", "b", T + 21599), ledger.claim("email", "b", T + 21600)) == ([], [row.pk])


@pytest.mark.parametrize(
    ("verdict", "result"),
    [("rate", "throttled"), ("unknown", "unknown"), ("blocked", "configuration"), ("transient", "throttled")],
)
def test_return_that_is_not_the_readers_fault_waits_and_stops_nobody(verdict: str, result: str) -> None:
    row = heard(sent("email"), verdict)
    assert (stands(row), row.contact.suppressed_at) == ((State.QUEUED, result), None)


def test_what_comes_back_for_its_words_is_not_composed_again() -> None:
    row = heard(sent("email"), "content")
    assert (stands(row), row.contact.suppressed_at) == ((State.REFUSED, "content"), None)
    assert compose_alerts(at("2019-10-21", "11:00")) == 0


def test_what_nobody_understands_ends_at_its_third_return_and_stops_nobody() -> None:
    row = sent("email")
    for number in range(3):
        machine = T + number * 90_000.0
        row = heard(row, "unknown", f"2019-10-2{number + 1}", machine)
        for pk in ledger.claim("email", "b", machine + 4000.0):
            ledger.settle(pk, "b", Sent(row.provider_id), NOW, machine + 4000.0)
    assert (stands(row), row.attempts, row.contact.suppressed_at) == ((State.REFUSED, "bounced"), 3, None)


def test_user_who_blocks_is_not_sent_it_again_and_is_stopped_the_second_day() -> None:
    first = heard(sent("wechat"), "user block")
    before = Contact.objects.filter(channel="wechat", suppressed_at=None).exists()
    taken_in(notice("另一条", seen=at("2019-10-22", "09:00")))
    compose_alerts(at("2019-10-22", "09:05"))
    (pk,) = ledger.claim("wechat", "a", T)
    ledger.settle(pk, "a", Sent("id-2"), NOW, T)
    second = heard(Delivery.objects.get(pk=pk), "user block", "2019-10-22")
    assert (stands(first), before, stands(second)) == (
        (State.REFUSED, "bounced"),
        True,
        (State.REFUSED, "bounced"),
    )
    assert second.contact.suppressed_at is not None
    assert Delivery.objects.get(stands_for=second).channel == "email"


def test_deadline_that_a_user_blocked_is_told_by_mail() -> None:
    wish(person(wechat=True), spec("余姚市"), Cadence.REMINDERS, by_email=False, by_wechat=True)
    taken_in(notice(deadline=at("2019-10-29").date()))
    compose_slot(Slot("remind", at("2019-10-22").date()), at("2019-10-22", "08:30"))
    (pk,) = ledger.claim("wechat", "a", T)
    ledger.settle(pk, "a", Sent("id-1"), NOW, T)
    row = heard(Delivery.objects.get(pk=pk), "user block", "2019-10-22")
    stand_in = Delivery.objects.get(stands_for=row)
    assert (stand_in.channel, stand_in.kind) == ("email", DeliveryKind.REMINDER)


@pytest.mark.parametrize(
    ("verdict", "wait"), [("system failed", 1800), ("freq limit", 86400), ("new words", 1800)]
)
def test_wechats_own_trouble_is_tried_once_more(verdict: str, wait: int) -> None:
    row = heard(sent("wechat"), verdict)
    early, late = ledger.claim("wechat", "b", T + wait - 1), ledger.claim("wechat", "b", T + wait)
    ledger.settle(row.pk, "b", Sent(row.provider_id), NOW, T + wait)
    last = heard(row, verdict, "2019-10-23")
    assert (early, late, stands(last), last.contact.suppressed_at) == (
        [], [row.pk], (State.REFUSED, "bounced"), None
    )  # fmt: skip


def test_receipt_is_noted_once_however_often_it_is_told() -> None:
    row = sent("wechat")
    heard(row, "success")
    heard(row, "success")
    assert Receipt.objects.count() == 1


def test_receipt_that_comes_before_its_message_is_recorded_waits() -> None:
    row = claimed("wechat")
    receipts.note(
        "k", channel="wechat", contact=row.contact, provider_id="77", verdict="success", said="", at=NOW
    )
    early = receipts.take(NOW, T)
    ledger.settle(row.pk, "a", Sent("77"), NOW, T)
    assert (early, receipts.take(NOW, T), Delivery.objects.get().result) == (0, 1, "delivered")


def test_receipt_that_belongs_to_nothing_is_dropped_after_a_while() -> None:
    row = sent("wechat")
    receipts.note(
        "k", channel="wechat", contact=row.contact, provider_id="77", verdict="success", said="", at=NOW
    )
    taken = [receipts.take(NOW, T), receipts.take(NOW + receipts.PATIENCE, T), receipts.waiting()]
    assert taken == [0, 1, False]
    assert Receipt.objects.get().taken_at == NOW + timedelta(minutes=10)


def test_receipt_that_breaks_our_code_waits_and_the_others_are_heeded() -> None:
    row = sent("email")
    receipts.note(
        "broken",
        channel="email",
        contact=row.contact,
        verdict="no such verdict",
        said="",
        at=NOW,
        delivery=row,
    )

    assert stands(heard(row, "delivered")) == (State.SENT, "delivered")
    assert Receipt.objects.get(taken_at=None).verdict == "no such verdict"


@pytest.fixture
def broken() -> Receipt:
    row = sent("email")
    receipts.note(
        "broken", channel="email", contact=row.contact, verdict="none", said="", at=NOW, delivery=row
    )
    return Receipt.objects.get()


def test_receipt_that_breaks_our_code_rests_for_longer_each_time(
    broken: Receipt, caplog: pytest.LogCaptureFixture
) -> None:
    for minute in range(24 * 60):
        receipts.take(NOW, T + 60 * minute)
    assert len(caplog.records) == 11
    assert [receipts.rest(failures) for failures in (1, 2, 8, 9, 10_000)] == [120, 240, 15360, 21600, 21600]


def test_receipt_that_rests_by_a_clock_that_was_set_back_is_tried(broken: Receipt) -> None:
    receipts.take(NOW, T)
    receipts.take(NOW, T - 7 * 3600)
    assert Receipt.objects.get().failures == 2


def test_receipt_that_breaks_our_code_raises_an_alarm_until_it_is_heeded(broken: Receipt) -> None:
    receipts.take(NOW, T)
    alarms = overdue(NOW + timedelta(minutes=16))
    Receipt.objects.update(verdict="delivered")
    receipts.take(NOW, T + 120)
    assert (alarms, overdue(NOW + timedelta(minutes=16))) == (
        ["回执：1 条处理时一再出错，对方的答复还没有生效；出错经过在日志里"], []
    )  # fmt: skip
