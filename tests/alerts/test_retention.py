from datetime import date, timedelta

import pytest

from alerts import receipts
from alerts.compose import compose_alerts
from alerts.models import (
    Delivery,
    DeliveryItem,
    Match,
    NoticeKey,
    Receipt,
    SoftBounce,
    State,
    Told,
)
from alerts.retention import KEEP, prune
from notices.models import Notice
from subscribers.models import Cadence, Contact
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
SEEN = at("2019-10-21")
LATER = SEEN + KEEP + timedelta(days=1)


def told(deadline: date | None = None) -> Notice:
    row = notice(seen=SEEN, deadline=deadline)
    taken_in(row)
    compose_alerts(at("2019-10-21", "10:05"))
    Delivery.objects.update(state=State.SENT)
    return row


@pytest.fixture(autouse=True)
def five_people() -> None:
    for _ in range(5):
        wish(person(), spec("余姚市"), Cadence.AT_ONCE)
        wish(person(), spec("浙江省"), Cadence.AT_ONCE)


def rows() -> list[int]:
    return [model.objects.count() for model in (Match, NoticeKey, Told, Delivery, DeliveryItem)]


@pytest.mark.parametrize("lot", [1, 2, 2000])
def test_prune_takes_out_what_is_old_in_lots_of_any_size(lot: int) -> None:
    told()
    pruned = prune(LATER, lot)
    assert rows() == [0, 0, 0, 0, 0]
    assert (pruned.rows["alerts_match"], pruned.rows["alerts_told"]) == (2, 10)
    assert pruned.rows["alerts_delivery"] == 10


@pytest.mark.parametrize(("days", "left"), [(90, 1), (91, 0)])
def test_prune_takes_out_what_was_heard_three_months_ago(days: int, left: int) -> None:
    contact = Contact.objects.all()[0]
    SoftBounce.objects.create(contact=contact, ailment="full", day=SEEN.date(), said="552", at=SEEN)
    receipts.note("k", channel="email", contact=contact, verdict="full", said="552", at=SEEN, taken_at=SEEN)
    prune(SEEN + timedelta(days=days))
    assert [SoftBounce.objects.count(), Receipt.objects.count()] == [left, left]


def test_prune_leaves_what_is_younger() -> None:
    told()
    before = rows()
    prune(SEEN + KEEP)
    assert rows() == before


def test_prune_leaves_a_notice_whose_deadline_is_ahead() -> None:
    told(deadline=date(2020, 12, 1))
    before = rows()
    prune(LATER)
    assert rows() == before


def test_pruned_notice_is_not_told_again_when_its_page_changes() -> None:
    row = told()
    prune(LATER)
    Notice.objects.filter(pk=row.pk).update(matched_at=None)
    taken_in(row, now=LATER)
    assert (compose_alerts(LATER + timedelta(minutes=6)), Match.objects.count()) == (0, 0)


def test_prune_leaves_what_still_waits_to_be_sent() -> None:
    told()
    Delivery.objects.update(state=State.QUEUED)
    prune(LATER)
    assert Delivery.objects.count() == 10
