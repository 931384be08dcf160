"""Told rows: found by the deliveries they rest on, and written by one composer where two are at work."""

from datetime import date
from typing import Any

import pytest

from alerts import composition, dialect
from alerts.compose import compose_alerts, compose_slot
from alerts.models import Delivery, DeliveryItem, Told
from alerts.slots import Slot
from alerts.told import told_by
from subscribers.models import Cadence
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
RIPE = at("2019-10-21", "10:05")


def another_composer_tells(monkeypatch: pytest.MonkeyPatch, title: str) -> None:
    """It does so just after we have made our deliveries."""
    run = dialect.run

    def run_beside_another(statement: str, **values: Any) -> int:
        rows = run(statement, **values)
        if statement == composition._DELIVERIES:
            ours = Delivery.objects.get()
            theirs = Delivery.objects.get(pk=ours.pk)
            theirs.pk, theirs.key, theirs.composition = None, "theirs", "theirs"
            theirs.save()
            run(
                "INSERT INTO alerts_told (notice_id, subscriber_id, change, channel, delivery_id) "
                "SELECT n.id, %(person)s, 'new', 'email', %(delivery)s FROM notices_notice n "
                "WHERE n.title = %(title)s",
                person=ours.contact.subscriber_id, delivery=theirs.pk, title=title,
            )  # fmt: skip
        return rows

    monkeypatch.setattr(dialect, "run", run_beside_another)


def test_what_another_composer_told_meanwhile_is_not_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    taken_in(notice("先说了的"), notice("没说过的"))
    another_composer_tells(monkeypatch, "先说了的")
    made = compose_alerts(RIPE)
    assert (made, [item.notice.title for item in DeliveryItem.objects.all()]) == (1, ["没说过的"])


def test_delivery_is_dropped_where_another_composer_told_all(monkeypatch: pytest.MonkeyPatch) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    taken_in(notice("先说了的"))
    another_composer_tells(monkeypatch, "先说了的")
    assert (compose_alerts(RIPE), [row.key for row in Delivery.objects.all()]) == (0, ["theirs"])


def test_told_by_knows_one_delivery_from_another() -> None:
    for _ in range(2):
        wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    taken_in(notice(), notice("另一条"))
    compose_alerts(RIPE)
    first, second = Delivery.objects.order_by("pk")
    assert (told_by([first.pk]).count(), told_by([first.pk, second.pk]).count()) == (2, 4)
    assert {row.subscriber_id for row in told_by([second.pk])} == {second.contact.subscriber_id}


def test_told_by_a_reminder_that_came_first_is_the_notice_too() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, weekday=5)
    taken_in(notice(deadline=date(2019, 11, 6)))
    compose_slot(Slot("remind", date(2019, 10, 30)), at("2019-10-30", "08:30"))
    changes = told_by([Delivery.objects.get().pk]).values_list("change", flat=True)
    assert sorted(changes) == ["new", "remind:2019-11-06:7"]
    assert Told.objects.count() == 2
