"""What staff begin, change and end: consent, the way out, and moments in time are kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.clock import business_now
from subscribers.leaving import look_up
from subscribers.models import Channel, Contact, List, Membership, Subscriber, Subscription
from subscribers.subscribing import LAST_WEEK
from tests.admin.rows import a_contact, a_list, a_subscription
from tests.builders import START, person, spec, wish

Page = Callable[..., str]
WISH = {"cadence": "daily", "weekday": "1", "by_email": "on", "lead_days": ""}


def inlines(**rows: list[dict[str, Any]]) -> dict[str, object]:
    """A page's inline forms: `inlines(contacts=[{…}])`."""
    posted: dict[str, object] = {}
    for prefix in ("contacts", "subscriptions", "memberships"):
        forms = rows.get(prefix, [])
        known = sum("id" in form for form in forms)
        posted |= {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": known}
        posted |= {
            f"{prefix}-{n}-{name}": value for n, form in enumerate(forms) for name, value in form.items()
        }
    return posted


def subscriber_form(**rows: list[dict[str, Any]]) -> dict[str, object]:
    return {"name": "陈越", "organisation": "", "paused_until_0": "", "paused_until_1": "", **inlines(**rows)}


def test_contact_typed_in_has_consent_and_a_way_out(staff: Client, page: Page) -> None:
    contact = {"channel": "email", "address": "chen@example.cn"}

    staff.post(page(Subscriber, "add"), subscriber_form(contacts=[contact]))

    row = Contact.objects.get()
    assert look_up(row.leave_token) == row
    assert [(consent.given, consent.how) for consent in row.consents.all()] == [(True, "工作人员登记：wang")]


def test_contact_page_registers_as_well(staff: Client, page: Page) -> None:
    owner = person(email=False)

    staff.post(
        page(Contact, "add"),
        {"subscriber": owner.pk, "channel": "email", "address": "chen@example.cn", **no_consents()},
    )

    assert look_up(owner.contacts.get().leave_token) is not None


def no_consents() -> dict[str, object]:
    return {"consents-TOTAL_FORMS": 0, "consents-INITIAL_FORMS": 0}


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("用户@例子.中国", "不是能收信的邮件地址"),
        ("taken@example.cn", "这个地址已经登记"),
        ("chen", "不是能收信的邮件地址"),
    ],
)
def test_contact_that_cannot_be_is_sent_back(staff: Client, page: Page, address: str, complaint: str) -> None:
    Contact.objects.create(subscriber=person(email=False), channel=Channel.EMAIL, address="taken@example.cn")
    contact = {"channel": "email", "address": address}

    answer = staff.post(page(Subscriber, "add"), subscriber_form(contacts=[contact]))

    assert complaint in answer.content.decode()


def test_suppressed_contact_is_restored_from_now(staff: Client, page: Page) -> None:
    row = a_contact()
    Contact.objects.filter(pk=row.pk).update(suppressed_at=START, suppressed_why="550")

    staff.post(page(Contact, "changelist"), {"action": "restore", "_selected_action": [row.pk]})

    before, row = row, Contact.objects.get()
    assert row.suppressed_at is None
    assert row.reachable_since > before.reachable_since  # type: ignore[operator]


def test_subscription_typed_in_begins_now(staff: Client, page: Page) -> None:
    filter_ = a_subscription().filter
    subscription = {"filter": filter_.pk, **WISH}

    staff.post(page(Subscriber, "add"), subscriber_form(subscriptions=[subscription]))

    row = Subscription.objects.latest("pk")
    assert (row.filter, row.subscriber.name, row.ended_at) == (filter_, "陈越", None)


def test_pause_taken_back_by_staff_counts_from_then(staff: Client, page: Page) -> None:
    owner = person()
    Subscriber.objects.filter(pk=owner.pk).update(paused_until=business_now() + timedelta(days=9))
    staff.post(page(Subscriber, "change", owner.pk), subscriber_form())
    owner.refresh_from_db()
    assert (owner.paused_until, owner.resumed_at is not None) == (None, True)


def test_subscription_is_edited_by_moving_it(staff: Client, page: Page) -> None:
    row = a_subscription()

    staff.post(page(Subscription, "change", row.pk), {"filter": row.filter_id, **WISH, "cadence": "weekly"})

    rows = [(row.cadence, row.moved, row.ended_at is None) for row in Subscription.objects.order_by("pk")]
    assert rows == [("daily", True, False), ("weekly", False, True)]


def test_subscription_saved_unchanged_stays(staff: Client, page: Page) -> None:
    row = a_subscription()

    staff.post(page(Subscription, "change", row.pk), {"filter": row.filter_id, **WISH})

    assert Subscription.objects.get().ended_at is None


def test_second_subscription_to_a_filter_is_sent_back(staff: Client, page: Page) -> None:
    row = a_subscription()

    answer = staff.post(
        page(Subscription, "add"), {"subscriber": row.subscriber_id, "filter": row.filter_id, **WISH}
    )

    assert "此人已订阅这个条件" in answer.content.decode()
    assert Subscription.objects.count() == 1


def test_subscription_ticked_for_deletion_ends(staff: Client, page: Page) -> None:
    row = a_subscription()
    ticked = {"id": row.pk, "subscriber": row.subscriber_id, "DELETE": "on"}

    staff.post(page(Subscriber, "change", row.subscriber_id), subscriber_form(subscriptions=[ticked]))

    row.refresh_from_db()
    assert row.ended_at is not None
    assert not row.moved


def test_subscriptions_are_ended_from_the_list(staff: Client, page: Page) -> None:
    row = a_subscription()

    staff.post(page(Subscription, "changelist"), {"action": "end_now", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert row.ended_at is not None


def list_form(row: List, **given: object) -> dict[str, object]:
    return {"name": row.name, "filter": row.filter_id or "", "note": "", **inlines(), **given}


def test_member_typed_in_follows_the_lists_filter(staff: Client, page: Page) -> None:
    row, newcomer = a_list(), person()
    member = {"subscriber": newcomer.pk, "list": row.pk, **WISH}

    staff.post(page(List, "change", row.pk), list_form(row, **inlines(memberships=[member])))

    assert newcomer.subscriptions.get().filter == row.filter


def test_member_ticked_for_deletion_leaves_with_the_subscription(staff: Client, page: Page) -> None:
    row = a_list()
    member = row.memberships.get()
    ticked = {"id": member.pk, "list": row.pk, "DELETE": "on"}

    staff.post(page(List, "change", row.pk), list_form(row, **inlines(memberships=[ticked])))

    assert Membership.objects.get().ended_at is not None
    assert not Subscription.objects.filter(list=row, ended_at=None).exists()


def test_list_given_another_filter_moves_its_members(staff: Client, page: Page) -> None:
    row, other = a_list(), a_subscription().filter

    staff.post(page(List, "change", row.pk), list_form(row, filter=other.pk))

    assert row.subscriptions.get(ended_at=None).filter == other


@pytest.mark.parametrize(
    ("term", "found"),
    [("淮北市", 1), ("绿色工厂", 1), ("淮北市 绿色工厂", 1), ("危废", 1), ("余姚市 绿色工厂", 0)],
)
def test_filters_are_found_by_the_names_they_hold(staff: Client, term: str, found: int) -> None:
    wish(person(), spec("淮北市", topic_names=["绿色工厂"], words=("危废",)))
    wish(person(), spec("余姚市"))
    asked = {"app_label": "subscribers", "model_name": "subscription", "field_name": "filter", "term": term}

    answer = staff.get(reverse("admin:autocomplete"), asked)

    assert len(answer.json()["results"]) == found


def test_new_subscriber_is_registered_now(staff: Client, page: Page) -> None:
    staff.post(page(Subscriber, "add"), subscriber_form())

    assert Subscriber.objects.get().created_at is not None


def test_contact_to_be_asked_waits_for_its_owner(staff: Client, page: Page) -> None:
    contact = {"channel": "email", "address": "chen@example.cn", "ask": "on"}

    staff.post(page(Subscriber, "add"), subscriber_form(contacts=[contact]))

    row = Contact.objects.get()
    assert (row.reachable_since, row.asked_at is not None, row.consents.count()) == (None, True, 0)


def test_wechat_contact_is_never_asked_by_mail(staff: Client, page: Page) -> None:
    contact = {"channel": "wechat", "address": "oABCDEFGHIJKLMNOPQRSTUV", "ask": "on"}

    staff.post(page(Subscriber, "add"), subscriber_form(contacts=[contact]))

    assert Contact.objects.get().reachable_since is not None


def test_subscription_typed_in_may_start_with_last_week(staff: Client, page: Page) -> None:
    subscription = {"filter": a_subscription().filter.pk, **WISH, "with_last_week": "on"}

    staff.post(page(Subscriber, "add"), subscriber_form(subscriptions=[subscription]))

    row = Subscription.objects.latest("pk")
    assert row.since == row.began_at - LAST_WEEK


@pytest.mark.parametrize("weekday", ["0", "8"])
def test_subscription_on_a_day_that_no_week_has_is_sent_back(staff: Client, page: Page, weekday: str) -> None:
    subscription = {"filter": a_subscription().filter.pk, **WISH, "weekday": weekday}

    answer = staff.post(page(Subscriber, "add"), subscriber_form(subscriptions=[subscription]))

    assert (answer.status_code, Subscription.objects.count()) == (200, 1)


def test_asking_again_from_the_list_says_how_many(staff: Client, page: Page) -> None:
    row = a_contact()

    answer = staff.post(
        page(Contact, "changelist"), {"action": "ask_again", "_selected_action": [row.pk]}, follow=True
    )

    assert "将给 0 个地址再发确认邮件" in answer.content.decode()


@pytest.mark.parametrize("model", [Subscriber, Contact])
def test_tick_for_the_confirming_mail_has_its_chinese_name(staff: Client, page: Page, model: Any) -> None:
    shown = staff.get(page(model, "add")).content.decode()

    assert "发确认邮件" in shown
    assert ">Ask" not in shown
