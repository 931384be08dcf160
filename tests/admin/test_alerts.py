"""Deliveries at the staff's desk."""

from collections.abc import Callable

from django.test import Client

from alerts.models import Delivery
from tests.admin.rows import a_delivery

Page = Callable[..., str]


def test_delivery_page_says_what_was_told_to_whom_and_why(staff: Client, page: Page) -> None:
    row = a_delivery()

    shown = staff.get(page(Delivery, "change", row.pk)).content.decode()

    wanted = (
        "关于组织申报绿色工厂的通知",
        row.contact.address,
        "每日摘要",
        "第 1 版",
        "2019-10-29",
        "安徽省淮北市 · 绿色工厂",
    )
    assert [words for words in wanted if words not in shown] == []


def test_delivery_is_found_by_the_title_it_told(staff: Client, page: Page) -> None:
    a_delivery()

    answer = staff.get(page(Delivery, "changelist"), {"q": "绿色工厂"})

    assert answer.context["cl"].result_count == 1
