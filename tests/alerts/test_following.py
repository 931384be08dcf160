"""关注: reminders and changes of one notice, whatever the subscriptions ask for."""

from datetime import date

import pytest

from alerts import marks
from alerts.compose import compose_alerts, compose_follow_ups, compose_slot
from alerts.letters import letter
from alerts.models import Delivery, DeliveryItem, Follow
from alerts.presenting import letter_orders
from alerts.slots import Slot
from notices.models import Notice
from subscribers.erasing import erase
from subscribers.filters import FilterSpec
from subscribers.models import Cadence, Subscriber
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
SEEN = at("2019-10-21")
FAR, NEARER = date(2019, 11, 29), date(2019, 11, 6)
MONDAY = Slot("weekly", date(2019, 10, 28))


def following(deadline: date = NEARER) -> tuple[Subscriber, Notice]:
    """Somebody without any subscription who follows a notice."""
    someone, row = person(), notice(deadline=deadline, seen=SEEN)
    taken_in(row)
    marks.follow(someone.pk, row.pk, "email", SEEN)
    return someone, row


def remind(day: str) -> int:
    return compose_slot(Slot("remind", date.fromisoformat(day)), at(day, "08:30"))


def test_followed_notice_is_reminded_of_without_a_subscription() -> None:
    following()
    assert [remind("2019-10-30"), remind("2019-10-30")] == [1, 0]


def test_followed_and_matched_is_one_reminder() -> None:
    someone, _ = following()
    wish(someone, spec("余姚市"))
    assert (remind("2019-10-30"), DeliveryItem.objects.count()) == (1, 1)


def test_unfollowed_is_not_reminded_of() -> None:
    someone, row = following()
    assert (marks.unfollow(someone.pk, row.pk, SEEN), marks.unfollow(someone.pk, row.pk, SEEN)) == (
        True,
        False,
    )
    assert remind("2019-10-30") == 0


@pytest.mark.parametrize("act", [marks.done, marks.mute])
def test_done_and_muted_stop_reminders_of_what_is_followed(act: object) -> None:
    someone, row = following()
    act(someone.pk, row.pk, SEEN)  # type: ignore[operator]
    assert remind("2019-10-30") == 0


def test_followed_is_put_off_though_it_was_never_told() -> None:
    someone, row = following()
    marks.remind_later(someone.pk, row.pk, date(2019, 10, 31), at("2019-10-29"))
    assert [remind("2019-10-30"), remind("2019-10-31")] == [0, 1]


@pytest.mark.parametrize("deadline", [FAR, NEARER], ids=["quiet", "urgent"])
def test_change_of_what_is_followed_is_told_at_once(deadline: date) -> None:
    _, row = following(deadline)
    extended(row, at("2019-10-31"), date(2019, 12, 20))
    assert compose_follow_ups(at("2019-10-31", "10:01")) == 1
    assert compose_follow_ups(at("2019-10-31", "10:02")) == 0


def test_change_waits_for_the_subscription_to_changes_of_what_is_followed() -> None:
    someone, row = following(FAR)
    wish(someone, FilterSpec(only_followed=True), Cadence.WEEKLY)
    extended(row, at("2019-10-24"), date(2019, 12, 20))
    assert compose_follow_ups(at("2019-10-24", "10:01")) == 0
    assert compose_slot(MONDAY, at("2019-10-28", "08:30")) == 1


def test_that_subscription_brings_no_new_notices() -> None:
    someone, _ = following(FAR)
    wish(someone, FilterSpec(only_followed=True), Cadence.AT_ONCE)
    taken_in(notice(seen=at("2019-10-22")))
    assert compose_alerts(at("2019-10-22", "10:06")) == 0


def test_change_before_following_is_not_told() -> None:
    someone, row = person(), notice(deadline=FAR, seen=SEEN)
    taken_in(row)
    extended(row, at("2019-10-22"), date(2019, 12, 20))
    marks.follow(someone.pk, row.pk, "email", at("2019-10-23"))
    assert compose_follow_ups(at("2019-10-23", "10:01")) == 0


def test_muted_change_is_not_told_and_following_again_takes_it_back() -> None:
    someone, row = following(FAR)
    marks.mute(someone.pk, row.pk, SEEN)
    extended(row, at("2019-10-24"), date(2019, 12, 20))
    assert compose_follow_ups(at("2019-10-24", "10:01")) == 0
    marks.follow(someone.pk, row.pk, "email", SEEN)
    assert compose_follow_ups(at("2019-10-24", "10:02")) == 1


def test_letter_says_that_it_is_followed() -> None:
    following()
    remind("2019-10-30")
    order = letter_orders([pk := Delivery.objects.get().pk])[pk]
    assert letter(order).sections[0].cards[0].why == "您关注了这条通知"


def test_erased_person_follows_nothing() -> None:
    someone, _ = following()
    erase(someone, SEEN)
    assert not Follow.objects.exists()
