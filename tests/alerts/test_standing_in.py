from datetime import date
from typing import Any

import pytest

from alerts import ledger, standing_in
from alerts.compose import compose_alerts, compose_follow_ups, compose_slot, left_to_compose
from alerts.models import Delivery, PairStop, State, Told
from alerts.outcomes import Refused
from alerts.presenting import letter_orders
from alerts.slots import Slot
from notices.models import Notice
from subscribers.models import Cadence, Contact, Subscriber
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
MORNING = at("2019-10-22", "08:30")
T = 1_000_000.0
BY_WECHAT: dict[str, Any] = {"by_email": False, "by_wechat": True}


def reminded(**terms: Any) -> tuple[Subscriber, Notice]:
    """Somebody with both contacts, whose reminder of 10-22 waits."""
    someone = person(wechat=True)
    wish(someone, spec("余姚市"), Cadence.WEEKLY, **{**BY_WECHAT, **terms})
    row = notice(deadline=date(2019, 10, 29))
    taken_in(row)
    compose_slot(Slot("remind", date(2019, 10, 22)), MORNING)
    return someone, row


def refuse(channel: str, scope: Any) -> None:
    """Claims all on a channel and has it refused."""
    for pk in ledger.claim(channel, "a", T):
        ledger.settle(pk, "a", Refused("43004 用户未关注", scope), MORNING, T)


def deliveries() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("pk").values_list("channel", "state"))


@pytest.mark.parametrize(
    ("kind", "channel", "scope", "other"),
    [
        ("reminder", "wechat", "pair", "email"),
        ("follow_up", "wechat", "content", "email"),
        ("alert", "wechat", "template", None),
        ("reminder", "email", "content", None),
        ("alert", "wechat", "contact", "email"),
        ("digest", "email", "contact", "wechat"),
    ],
)
def test_other_way_is_for_deadlines_and_for_stopped_contacts(
    kind: str, channel: str, scope: str, other: str | None
) -> None:
    assert standing_in.other_way(kind, channel, scope) == other


@pytest.mark.parametrize("scope", ["contact", "pair", "content", "template"])
def test_reminder_refused_on_wechat_is_told_by_mail(scope: Any) -> None:
    reminded()
    refuse("wechat", scope)
    assert deliveries() == [("wechat", State.REFUSED), ("email", State.QUEUED)]


def test_stand_in_counts_as_the_channel_it_stands_for() -> None:
    reminded()
    refuse("wechat", "pair")
    told = Told.objects.values_list("channel", "delivery__channel").distinct()
    assert list(told) == [("wechat", "email")]


@pytest.mark.parametrize(("scope", "why"), [("pair", "template"), ("contact", "contact")])
def test_letter_of_a_stand_in_says_what_it_stands_for_and_not_in_the_words_for_staff(
    scope: Any, why: str
) -> None:
    reminded()
    refuse("wechat", scope)
    made = Delivery.objects.latest("pk")
    assert letter_orders([made.pk])[made.pk].extra == {"instead_of": "微信", "instead_why": why}


def test_nothing_stands_in_for_what_the_mail_says_anyway() -> None:
    reminded(by_email=True)
    refuse("wechat", "pair")
    assert not Delivery.objects.exclude(stands_for=None).exists()


@pytest.mark.parametrize("column", ["left_at", "suppressed_at"])
def test_nothing_stands_in_where_the_mail_cannot_be_used(column: str) -> None:
    reminded()
    Contact.objects.filter(channel="email").update(**{column: MORNING})
    refuse("wechat", "pair")
    assert (deliveries(), Told.objects.exists()) == ([("wechat", State.REFUSED)], False)


def test_stand_in_that_is_refused_too_is_the_end() -> None:
    reminded()
    refuse("wechat", "contact")
    refuse("email", "contact")
    assert [state for _, state in deliveries()] == [State.REFUSED, State.REFUSED]


def test_pair_that_refuses_stops_that_kind_alone() -> None:
    someone, _ = reminded()
    refuse("wechat", "pair")
    wish(someone, spec("杭州市"), Cadence.AT_ONCE, **BY_WECHAT)
    taken_in(notice(region="杭州市", seen=MORNING))
    assert compose_alerts(at("2019-10-22", "08:36")) == 1
    assert list(PairStop.objects.values_list("kind", "contact__channel")) == [("reminder", "wechat")]


def test_next_reminder_goes_by_mail_at_once_while_wechat_refuses() -> None:
    reminded()
    refuse("wechat", "pair")
    compose_slot(Slot("remind", date(2019, 10, 25)), at("2019-10-25", "08:30"))
    assert Delivery.objects.latest("pk").channel == "email"
    assert set(Told.objects.values_list("channel", flat=True)) == {"wechat"}


def test_follow_up_goes_by_mail_while_wechat_is_stopped() -> None:
    _, row = reminded()
    refuse("wechat", "contact")
    extended(row, at("2019-10-25", "16:00"))
    assert compose_follow_ups(at("2019-10-25", "16:01")) == 1
    assert Delivery.objects.latest("pk").channel == "email"


@pytest.mark.parametrize("scope", ["content", "template", "pair"])
def test_refused_words_are_not_composed_for_that_contact_again(scope: Any) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    taken_in(notice(seen=MORNING))
    compose_alerts(at("2019-10-22", "08:36"))
    refuse("email", scope)
    later = at("2019-10-22", "08:37")
    assert (compose_alerts(later), compose_follow_ups(later), Told.objects.exists()) == (0, 0, False)


def test_nothing_is_left_to_compose_after_a_refusal() -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    taken_in(notice(seen=MORNING))
    compose_alerts(at("2019-10-22", "08:36"))
    refuse("email", "content")
    before = left_to_compose(at("2019-10-22", "08:37"))
    Delivery.objects.all().delete()
    assert left_to_compose(at("2019-10-22", "08:37")) == before


def test_what_waits_for_a_stopped_contact_is_said_by_the_other() -> None:
    reminded()
    Contact.objects.filter(channel="wechat").update(suppressed_at=MORNING, suppressed_why="43004")
    ledger.cancel_unreachable(MORNING)
    assert deliveries() == [("wechat", State.CANCELLED), ("email", State.QUEUED)]


def test_who_left_is_told_by_no_other_way() -> None:
    reminded()
    Contact.objects.filter(channel="wechat").update(left_at=MORNING)
    ledger.cancel_unreachable(MORNING)
    assert deliveries() == [("wechat", State.CANCELLED)]
