"""Held items at the staff's desk: found, released and laid by, one by one or together."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from notices.models import Incident, Item
from tests.builders import START, source

Page = Callable[..., str]


@pytest.fixture
def items(db: None) -> list[Item]:
    """Two held items and one that is not, of one source in a flood."""
    row = source("淮北市")
    Incident.objects.create(source=row, kind="flood", opened_at=START, last_seen_at=START)
    return [
        Item.objects.create(
            source=row, url=f"http://a/{n}", url_key=str(n), title=f"第 {n} 批", first_seen_at=START,
            held_at=START if n < 2 else None, baseline=n == 2,
        )
        for n in range(3)
    ]  # fmt: skip


def act(staff: Client, page: Page, action: str, *items: Item) -> str:
    chosen = {"action": action, "_selected_action": [item.pk for item in items]}
    return staff.post(page(Item, "changelist"), chosen, follow=True).content.decode()


@pytest.mark.parametrize(("held", "count"), [("1", 2), ("0", 1), ("", 3)])
def test_held_items_are_found(staff: Client, page: Page, items: list[Item], held: str, count: int) -> None:
    answer = staff.get(page(Item, "changelist"), {"held": held} if held else {})
    assert answer.context["cl"].result_count == count


@pytest.mark.parametrize(
    ("action", "baseline", "waits"), [("release", False, True), ("dismiss", True, False)]
)
def test_held_item_is_released_or_laid_by(
    staff: Client, page: Page, items: list[Item], action: str, baseline: bool, waits: bool
) -> None:
    act(staff, page, action, items[0])
    items[0].refresh_from_db()
    assert (items[0].held_at, items[0].baseline, items[0].next_try_at is not None) == (None, baseline, waits)


def test_flood_is_over_when_no_item_is_held(staff: Client, page: Page, items: list[Item]) -> None:
    act(staff, page, "release", items[0])
    assert Incident.objects.get().closed_at is None
    act(staff, page, "dismiss", items[1])
    assert Incident.objects.get().closed_at is not None


def test_item_that_is_not_held_stays_as_it_is(staff: Client, page: Page, items: list[Item]) -> None:
    assert "都没有扣下" in act(staff, page, "release", items[2])
    items[2].refresh_from_db()
    assert (items[2].baseline, items[2].next_try_at) == (True, None)


def test_staff_who_may_only_look_decide_nothing(client: Client, page: Page, items: list[Item]) -> None:
    guest = get_user_model().objects.create(username="gast", is_staff=True)
    guest.user_permissions.add(Permission.objects.get(codename="view_item"))
    client.force_login(guest)
    act(client, page, "release", items[0])
    assert Item.objects.filter(held_at__isnull=False).count() == 2
