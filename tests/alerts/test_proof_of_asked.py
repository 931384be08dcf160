"""What people asked for themselves: composed, the proof is silent; lost, it says so."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from alerts import marks
from alerts.compose import compose_alerts, compose_due
from alerts.models import Delivery, DeliveryItem, Mark, Match, Refusal, State
from alerts.proof import overdue
from notices.models import Notice
from subscribers.contacts import add_unconfirmed, confirm
from subscribers.filters import FilterSpec
from subscribers.leaving import leave
from subscribers.models import Cadence, Contact, Subscriber
from subscribers.subscribing import subscribe
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
SEEN = at("2019-10-21")
DEADLINE = date(2019, 11, 6)
MORNING, QUARTER_TO_NINE = at("2019-10-30", "08:30"), at("2019-10-30", "08:46")


def sent(now: datetime) -> None:
    """All that is due is composed and handed over."""
    compose_due(now)
    Delivery.objects.update(state=State.SENT)


def lost() -> None:
    """What was composed is gone from the tables, with its told rows."""
    Delivery.objects.filter(kind__in=("reminder", "follow_up", "digest", "alert", "confirm")).delete()


# ── confirmations ──
def asked() -> Contact:
    return add_unconfirmed(person(email=False), "chen@example.com", at("2019-10-21", "22:00"))


@pytest.mark.parametrize(("clock", "found"), [("22:10", 0), ("22:16", 1)])
def test_proof_finds_an_address_that_nobody_asked_by_night_too(clock: str, found: int) -> None:
    asked()
    said = ["确认地址：1 个地址登记已超过 15 分钟，确认信未编发"]
    assert overdue(at("2019-10-21", clock)) == said * found


def test_proof_finds_a_confirmation_that_was_lost() -> None:
    asked()
    sent(at("2019-10-21", "22:01"))
    before = overdue(at("2019-10-21", "22:20"))
    lost()
    assert (before, len(overdue(at("2019-10-21", "22:20")))) == ([], 1)


def test_proof_is_silent_of_who_confirmed_or_left() -> None:
    confirm(asked().pk, at("2019-10-21", "22:05"), "确认页")
    leave(add_unconfirmed(person(email=False), "b@example.com", SEEN).leave_token, SEEN, "退订页")
    assert overdue(at("2019-10-21", "22:20")) == []


# ── 稍后提醒 ──
@pytest.fixture
def put_off() -> tuple[Subscriber, Notice]:
    """Told at once, and put off to 30 October; no lead of their own falls on that day."""
    someone = person()
    wish(someone, spec("余姚市"), Cadence.AT_ONCE, lead_days="无")
    row = notice(deadline=DEADLINE, seen=SEEN)
    taken_in(row)
    compose_alerts(at("2019-10-21", "10:05"))
    Delivery.objects.update(state=State.SENT)
    marks.remind_later(someone.pk, row.pk, MORNING.date(), at("2019-10-22"))
    return someone, row


LATER = ["稍后提醒：今天应编发而未编发的有 1 人次"]


@pytest.mark.parametrize(
    ("moment", "found"),
    [("2019-10-29 09:00", 0), ("2019-10-30 08:40", 0), ("2019-10-30 08:46", 1), ("2019-10-30 22:00", 0)],
)
def test_proof_finds_a_reminder_that_was_put_off_to_this_morning(
    put_off: tuple[Subscriber, Notice], moment: str, found: int
) -> None:
    assert overdue(at(*moment.split())) == LATER * found


def test_proof_sees_that_a_reminder_put_off_was_lost(put_off: tuple[Subscriber, Notice]) -> None:
    sent(MORNING)
    before = overdue(QUARTER_TO_NINE)
    DeliveryItem.objects.filter(delivery__kind="reminder").delete()
    assert (before, overdue(QUARTER_TO_NINE)) == ([], LATER)


def _done(someone: Subscriber, row: Notice) -> None:
    marks.done(someone.pk, row.pk, at("2019-10-23"))


def _left(someone: Subscriber, row: Notice) -> None:
    Contact.objects.update(left_at=at("2019-10-23"))


def _paused(someone: Subscriber, row: Notice) -> None:
    Subscriber.objects.update(paused_until=at("2019-12-01"))


def _refused(someone: Subscriber, row: Notice) -> None:
    change = f"remind:{DEADLINE}:{Mark.objects.get().days}"
    Refusal.objects.create(contact=someone.contacts.get(), notice=row, change=change)


@pytest.mark.parametrize("act", [_done, _left, _paused, _refused])
def test_proof_is_silent_where_nothing_is_due_any_more(
    put_off: tuple[Subscriber, Notice], act: Callable[[Subscriber, Notice], None]
) -> None:
    act(*put_off)
    assert overdue(QUARTER_TO_NINE) == []


# ── 关注 ──
@pytest.fixture
def followed() -> tuple[Subscriber, Notice]:
    """Somebody without a subscription who follows a notice: 30 October is seven days ahead."""
    someone, row = person(), notice(deadline=DEADLINE, seen=SEEN)
    taken_in(row)
    marks.follow(someone.pk, row.pk, "email", SEEN)
    return someone, row


FOLLOWED = ["关注：今天的截止提醒应编发而未编发的有 1 人次"]


def test_proof_finds_a_followers_reminder_that_was_lost(followed: tuple[Subscriber, Notice]) -> None:
    never = overdue(QUARTER_TO_NINE)
    sent(MORNING)
    composed = overdue(QUARTER_TO_NINE)
    lost()
    assert (never, composed, overdue(QUARTER_TO_NINE)) == (FOLLOWED, [], FOLLOWED)


@pytest.mark.parametrize("act", [_done, _left, _paused])
def test_proof_is_silent_of_followers_who_want_no_more(
    followed: tuple[Subscriber, Notice], act: Callable[[Subscriber, Notice], None]
) -> None:
    act(*followed)
    assert overdue(QUARTER_TO_NINE) == []


def test_proof_finds_a_change_that_a_follower_was_not_told_of(followed: tuple[Subscriber, Notice]) -> None:
    extended(followed[1])
    never = overdue(at("2019-10-25", "16:40"))
    sent(at("2019-10-25", "16:31"))
    composed = overdue(at("2019-10-25", "16:50"))
    lost()
    said = ["关注：有 1 人次的变更到时未告知"]
    assert (never, composed, overdue(at("2019-10-25", "16:50"))) == (said, [], said)


@pytest.mark.parametrize(
    ("cadence", "moment", "found"),
    [
        (Cadence.DAILY, "2019-10-25 16:50", 0),
        (Cadence.DAILY, "2019-10-26 08:46", 1),
        (Cadence.WEEKLY, "2019-10-26 08:46", 0),
        (Cadence.WEEKLY, "2019-10-28 08:46", 1),
    ],
)
def test_proof_waits_for_the_cadence_of_the_changes_of_what_is_followed(
    cadence: Cadence, moment: str, found: int
) -> None:
    someone, row = person(), notice(deadline=date(2019, 12, 20), seen=SEEN)
    taken_in(row)
    marks.follow(someone.pk, row.pk, "email", SEEN)
    wish(someone, FilterSpec(only_followed=True), cadence)
    extended(row, new=date(2019, 12, 30))
    assert overdue(at(*moment.split())) == ["关注：有 1 人次的变更到时未告知"] * found


# ── 以最近一周开头 ──
BEGAN = at("2019-10-25", "10:00")
STARTED = ["以最近一周开头：有 2 条到时未告知"]


@pytest.fixture
def started() -> Subscriber:
    """At once, with the last week: two of three notices are of it."""
    taken_in(*(notice(f"氢能 {days}", seen=BEGAN - timedelta(days=days)) for days in (9, 5, 2)))
    someone = person(since=BEGAN)
    subscribe(someone, spec("余姚市", words=("氢能",)), BEGAN, cadence=Cadence.AT_ONCE, with_last_week=True)
    return someone


@pytest.mark.parametrize(("clock", "found"), [("10:15", 0), ("10:21", 1)])
def test_proof_finds_a_start_that_nobody_made(started: Subscriber, clock: str, found: int) -> None:
    assert overdue(at("2019-10-25", clock)) == STARTED * found


def test_proof_finds_a_start_whose_matches_or_messages_were_lost(started: Subscriber) -> None:
    sent(BEGAN + timedelta(minutes=1))
    sent(BEGAN + timedelta(minutes=7))
    before = overdue(at("2019-10-25", "10:30"))
    Match.objects.all().delete()
    lost()
    assert (before, overdue(at("2019-10-25", "10:30"))) == ([], STARTED)


def test_proof_of_a_start_waits_for_the_address_to_be_confirmed(started: Subscriber) -> None:
    Contact.objects.update(reachable_since=None, confirmed_at=None, asked_at=BEGAN)
    sent(BEGAN + timedelta(minutes=1))
    before = overdue(at("2019-10-25", "11:30"))
    confirm(started.contacts.get().pk, at("2019-10-25", "12:00"), "确认页")
    assert (before, overdue(at("2019-10-25", "12:10")), overdue(at("2019-10-25", "12:21"))) == (
        [],
        [],
        STARTED,
    )
