"""A daily and a weekly digest of one person that are due together are one message."""

from collections.abc import Sequence
from datetime import date

import pytest

from alerts.compose import compose_due
from alerts.models import Delivery, DeliveryItem, Run
from subscribers.models import Cadence, Subscriber
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY, TUESDAY = "2019-10-25", "2019-10-28", "2019-10-29"


@pytest.fixture
def someone() -> Subscriber:
    """Daily for 余姚市, weekly on Mondays for all of 浙江省, which holds it; a week that went well before."""
    for day in range(18, 25):
        compose_due(at(f"2019-10-{day}", "08:30"))
    row = person(wechat=True)
    wish(row, spec("余姚市"), Cadence.DAILY, by_wechat=True)
    wish(row, spec("浙江省"), Cadence.WEEKLY, by_wechat=True)
    return row


def seen(day: str, region: str, title: str) -> None:
    taken_in(notice(title, region=region, seen=at(day)))


def letters(someone: Subscriber, channel: str = "email") -> list[tuple[str, str, list[str]]]:
    """(day, cadence, titles) of each digest."""
    rows = Delivery.objects.filter(contact__subscriber=someone, channel=channel).order_by("pk")
    return [(row.slot, row.cadence, titles(row)) for row in rows]


def titles(row: Delivery) -> list[str]:
    return sorted(row.items.values_list("notice__title", flat=True))


def composed(*days: str) -> None:
    for day in days:
        compose_due(at(day, "08:30"))


@pytest.mark.parametrize("channel", ["email", "wechat"])
def test_daily_and_weekly_of_one_morning_are_one_message(someone: Subscriber, channel: str) -> None:
    seen("2019-10-26", "杭州市", "甲")
    seen("2019-10-27", "余姚市", "乙")
    composed(MONDAY)
    assert letters(someone, channel) == [(MONDAY, "weekly", ["乙", "甲"])]


def test_notice_of_both_is_said_once_with_both_reasons(someone: Subscriber) -> None:
    seen("2019-10-27", "余姚市", "乙")
    composed(MONDAY)
    assert len(DeliveryItem.objects.get(delivery__channel="email").filters.split(",")) == 2


def test_week_of_digests_repeats_and_omits_nothing(someone: Subscriber) -> None:
    seen("2019-10-24", "余姚市", "甲")
    composed(FRIDAY)
    seen("2019-10-25", "杭州市", "乙")
    seen("2019-10-27", "余姚市", "丙")
    composed(MONDAY)
    seen("2019-10-28", "余姚市", "丁")
    composed(TUESDAY)
    assert letters(someone) == [
        (FRIDAY, "daily", ["甲"]), (MONDAY, "weekly", ["丙", "乙"]), (TUESDAY, "daily", ["丁"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mornings", "told"),
    [
        ([MONDAY, TUESDAY], [(TUESDAY, "daily", ["丙"])]),
        ([TUESDAY], [(TUESDAY, "weekly", ["丙", "乙"])]),
    ],
    ids=["composed without them", "nobody composed on Monday"],
)
def test_catching_up_after_a_pause_is_one_message(
    someone: Subscriber, mornings: Sequence[str], told: list[tuple[str, str, list[str]]]
) -> None:
    Subscriber.objects.update(paused_until=at(MONDAY, "12:00"))
    seen("2019-10-26", "杭州市", "乙")
    seen("2019-10-27", "余姚市", "丙")
    composed(*mornings)
    assert letters(someone) == told


def test_what_a_pause_kept_of_the_week_comes_with_the_next(someone: Subscriber) -> None:
    Subscriber.objects.update(paused_until=at(MONDAY, "12:00"))
    seen("2019-10-26", "杭州市", "乙")
    composed(MONDAY, TUESDAY, "2019-11-04")
    assert letters(someone) == [("2019-11-04", "weekly", ["乙"])]


def test_day_whose_morning_was_cut_short_is_gone_on_with_once(someone: Subscriber) -> None:
    seen("2019-10-27", "余姚市", "乙")
    composed(MONDAY)
    Run.objects.all().delete()
    composed(MONDAY)
    assert len(letters(someone)) == 1


def test_holiday_daily_waits_and_the_weekly_comes(someone: Subscriber) -> None:
    """2019-10-07 was a Monday off."""
    someone.subscriptions.filter(cadence="daily").update(workdays_only=True)
    someone.subscriptions.update(began_at=at("2019-09-01"))
    someone.contacts.update(reachable_since=at("2019-09-01"))
    seen("2019-10-05", "杭州市", "甲")
    composed(str(date(2019, 10, 7)))
    assert letters(someone) == [("2019-10-07", "weekly", ["甲"])]


def test_slot_that_is_made_up_is_none_of_those_who_came_after_it() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, since=at("2019-10-26"), weekday=5)
    seen("2019-10-27", "余姚市", "乙")
    composed(MONDAY)
    assert not Delivery.objects.exists()
    composed("2019-11-01")
    assert Delivery.objects.count() == 1
