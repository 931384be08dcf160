"""Who was told before a change was known, whatever the clocks of batches, stand-ins and edits say."""

from datetime import date

import pytest

from alerts import ledger, marks
from alerts.compose import compose_alerts, compose_follow_ups, compose_slot
from alerts.models import DeliveryItem
from alerts.outcomes import Refused
from alerts.slots import Slot
from notices.models import Notice
from subscribers import contacts
from subscribers.models import Cadence
from subscribers.subscribing import edit, unsubscribe
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
FOUR, PAST_FOUR = at("2019-10-25", "16:00"), at("2019-10-25", "16:01")
FAR = date(2019, 12, 20)


def call(deadline: date = date(2019, 10, 29)) -> Notice:
    row = notice("关于推荐绿色工厂的通知", deadline=deadline, seen=at("2019-10-21"))
    taken_in(row)
    return row


def digest(day: str) -> int:
    return compose_slot(Slot("daily", date.fromisoformat(day)), at(day, "08:30"))


def test_what_was_told_while_a_batch_was_taken_in_is_followed_up() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    first = call()
    compose_alerts(PAST_FOUR)
    extended(first, FOUR)
    assert compose_follow_ups(at("2019-10-25", "16:02")) == 1


def test_change_is_not_kept_back_by_a_clock_that_was_wrong() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    first = call()
    compose_alerts(at("2019-10-22", "10:00"))
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    compose_alerts(at("2020-01-22", "10:00"))
    extended(first, FOUR)
    assert compose_follow_ups(PAST_FOUR) == 1


def test_stand_in_for_an_earlier_message_is_followed_up() -> None:
    wish(person(wechat=True), spec("余姚市"), Cadence.AT_ONCE, by_email=False, by_wechat=True)
    first = call()
    compose_alerts(at("2019-10-25", "15:00"))
    extended(first, FOUR)
    for pk in ledger.claim("wechat", "a", 1e6):
        ledger.settle(pk, "a", Refused("43004 用户未关注", "contact"), PAST_FOUR, 1e6)
    compose_follow_ups(PAST_FOUR)
    said = DeliveryItem.objects.order_by("pk").values_list("delivery__channel", "delivery__kind")
    assert list(said) == [("wechat", "alert"), ("email", "alert"), ("email", "follow_up")]


def test_change_that_can_wait_reaches_whoever_has_another_filter_by_now() -> None:
    subscription = wish(person(), spec("余姚市"))
    first = call(FAR)
    digest("2019-10-22")
    edit(subscription, spec("安徽省"), at("2019-10-22", "12:00"))
    extended(first, FOUR, date(2019, 12, 31))
    assert digest("2019-10-26") == 1


def test_change_that_can_wait_keeps_to_the_cadence_of_the_filter_that_met_it() -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.WEEKLY)
    wish(someone, spec("安徽省"), Cadence.DAILY)
    first = call(FAR)
    compose_slot(Slot("weekly", date(2019, 10, 22)), at("2019-10-22", "08:30"))
    extended(first, FOUR, date(2019, 12, 31))
    assert digest("2019-10-26") == 0


def test_change_while_a_followers_contact_was_stopped_is_not_made_up() -> None:
    someone, first = person(), call()
    contact = someone.contacts.get()
    marks.follow(someone.pk, first.pk, "email", at("2019-10-21"))
    contacts.suppress(contact.pk, "信箱已满", at("2019-10-22"))
    extended(first, FOUR)
    contacts.restore(contact.pk, PAST_FOUR)
    assert compose_follow_ups(at("2019-10-25", "16:02")) == 0


@pytest.mark.parametrize("places", ["余姚市", "安徽省"])
def test_unsubscribing_after_an_edit_ends_what_was_pending_before_it(places: str) -> None:
    subscription = wish(person(), spec("余姚市"))
    call()
    once = edit(subscription, spec("余姚市"), at("2019-10-21", "11:00"), cadence=Cadence.WEEKLY)
    twice = edit(once, spec(places), at("2019-10-21", "12:00"))
    unsubscribe(twice, at("2019-10-21", "13:00"))
    assert digest("2019-10-22") == 0


def test_pending_matches_go_by_the_new_channel_alone_where_the_old_is_given_up() -> None:
    subscription = wish(person(wechat=True), spec("余姚市"))
    call()
    edit(subscription, spec("余姚市"), at("2019-10-21", "11:00"), by_email=False, by_wechat=True)
    digest("2019-10-22")
    assert [row.delivery.channel for row in DeliveryItem.objects.all()] == ["wechat"]


def test_pending_matches_go_by_the_old_channel_where_the_filter_is_another() -> None:
    subscription = wish(person(wechat=True), spec("余姚市"))
    call()
    edit(subscription, spec("安徽省"), at("2019-10-21", "11:00"), by_email=False, by_wechat=True)
    digest("2019-10-22")
    assert [row.delivery.channel for row in DeliveryItem.objects.all()] == ["email"]


def test_unsubscribing_one_of_two_leaves_what_was_pending_of_the_other() -> None:
    someone = person()
    rows = [wish(someone, spec(place)) for place in ("余姚市", "浙江省")]
    call()
    kept, ended = (edit(row, spec(place), at("2019-10-21", "11:00"), cadence=Cadence.WEEKLY)
                   for row, place in zip(rows, ("余姚市", "浙江省"), strict=True))  # fmt: skip
    unsubscribe(ended, at("2019-10-21", "12:00"))
    kept.refresh_from_db()
    assert (kept.ended_at, digest("2019-10-22")) == (None, 1)
