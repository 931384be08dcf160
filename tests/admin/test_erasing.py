"""A person asks to be erased: staff are asked once, and what names them is gone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from subscribers.erasing import NOBODY
from subscribers.models import Contact, Subscriber
from tests.builders import person

pytestmark = pytest.mark.django_db
Page = Callable[..., str]


def chosen(*people: Subscriber, **more: str) -> dict[str, Any]:
    return {"action": "erase_chosen", "_selected_action": [one.pk for one in people], **more}


def test_erasing_says_first_what_goes_and_does_nothing_yet(staff: Client, page: Page) -> None:
    someone = person("独孤某某")

    answer = staff.post(page(Subscriber, "changelist"), chosen(someone)).content.decode()

    assert "独孤某某" in answer
    assert "不能恢复" in answer
    assert Subscriber.objects.get().name == "独孤某某"


def test_erasing_empties_those_chosen_and_no_others(staff: Client, page: Page) -> None:
    someone, _ = person("独孤某某"), person("令狐某某")

    answer = staff.post(page(Subscriber, "changelist"), chosen(someone, sure="1"), follow=True)

    assert "已删除 1 人的个人信息。" in answer.content.decode()
    assert set(Subscriber.objects.values_list("name", flat=True)) == {NOBODY, "令狐某某"}
    assert Contact.objects.get(subscriber=someone).left_at is not None


def test_erasing_twice_says_that_it_was_done_before(staff: Client, page: Page) -> None:
    someone = person("独孤某某")
    staff.post(page(Subscriber, "changelist"), chosen(someone, sure="1"))

    answer = staff.post(page(Subscriber, "changelist"), chosen(someone, sure="1"), follow=True)

    assert "已删除 0 人的个人信息；1 人此前已删除。" in answer.content.decode()


def test_erasing_is_not_offered_to_staff_who_may_only_change(staff: Client, page: Page) -> None:
    clerk = get_user_model().objects.create(username="li", is_staff=True)
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=["view_subscriber", "change_subscriber"])
    )
    someone = person("独孤某某")
    staff.force_login(clerk)

    staff.post(page(Subscriber, "changelist"), chosen(someone, sure="1"))

    assert Subscriber.objects.get().name == "独孤某某"


def test_people_are_not_deleted_outright(staff: Client, page: Page) -> None:
    someone = person("独孤某某")

    answer = staff.post(page(Subscriber, "delete", someone.pk), {"post": "yes"})

    assert (answer.status_code, Subscriber.objects.count()) == (403, 1)
