"""Every page of the staff admin opens, speaks Chinese, and asks a steady number of questions."""

import re
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Field, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.admin.rows import MAKERS

Page = Callable[..., str]
OURS = sorted(
    (
        model
        for model in admin.site._registry
        if model.__module__.split(".")[0] in {"notices", "subscribers", "alerts"}
    ),
    key=lambda model: model.__name__,
)
HAN = re.compile("[\u4e00-\u9fff]")
every_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)


def test_every_registered_model_has_a_row_to_test() -> None:
    assert set(OURS) == set(MAKERS)


def queries(staff: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert staff.get(address).status_code == 200
    return len(asked)


@every_model
def test_changelist_asks_the_same_for_one_row_and_three(
    staff: Client, page: Page, model: type[Model]
) -> None:
    MAKERS[model]()
    address = page(model, "changelist")
    staff.get(address)  # content types and permissions are looked up once a process
    for_one = queries(staff, address)
    MAKERS[model]()
    MAKERS[model]()
    staff.get(address)  # terms that changed are loaded once

    assert queries(staff, address) == for_one


@every_model
def test_change_form_opens(staff: Client, page: Page, model: type[Model]) -> None:
    row = MAKERS[model]()

    assert staff.get(page(model, "change", row.pk)).status_code == 200


@every_model
def test_add_form_opens_where_staff_may_add(staff: Client, page: Page, model: type[Model]) -> None:
    may_add = model.__name__ in {
        "Source", "Subscriber", "Contact", "Subscription", "List", "Filter", "Term", "OwnTopic",
    }  # fmt: skip

    assert staff.get(page(model, "add")).status_code == (200 if may_add else 403)


@every_model
def test_history_opens(staff: Client, page: Page, model: type[Model]) -> None:
    row = MAKERS[model]()

    assert staff.get(page(model, "history", row.pk)).status_code == 200


@every_model
def test_search_opens(staff: Client, page: Page, model: type[Model]) -> None:
    MAKERS[model]()

    assert staff.get(page(model, "changelist"), {"q": "淮北市"}).status_code == 200


@every_model
def test_names_are_chinese(model: type[Model]) -> None:
    names = [model._meta.verbose_name, *(field.verbose_name for field in shown_fields(model))]

    assert [name for name in names if not HAN.search(str(name))] == []


def shown_fields(model: type[Model]) -> list[Field]:
    """The fields that a page may show under their own name."""
    return [field for field in model._meta.fields if field.editable and not field.primary_key]


def test_index_lists_our_rooms_in_chinese(staff: Client) -> None:
    page = staff.get("/staff/").content.decode()

    assert [
        name for name in ("快讯 · 工作台", "来源", "通知", "订户", "投递", "提醒") if name not in page
    ] == []
