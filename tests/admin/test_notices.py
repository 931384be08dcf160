"""Sources and notices at the staff's desk."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from notices.models import Deadline, Notice, Reading, Source
from tests.admin.rows import a_notice, a_source
from tests.builders import place, source
from tests.intake.conftest import Web

Page = Callable[..., str]


def source_form(**given: object) -> dict[str, object]:
    values = {
        "slug": "hb",
        "name": "淮北市经信局",
        "url": "http://jxj.example/",
        "family": "trs",
        "recipe": "{}",
    }
    return {**values, "region": "安徽省淮北市", "issuer": "", **given}


def test_source_is_added_by_the_name_of_its_region(staff: Client, page: Page, web: Web) -> None:
    staff.post(page(Source, "add"), source_form())

    assert Source.objects.get().region == place("淮北市")


@pytest.mark.parametrize("name", ["火星市", "鼓楼区"])
def test_source_of_an_unsure_region_is_sent_back(staff: Client, page: Page, web: Web, name: str) -> None:
    answer = staff.post(page(Source, "add"), source_form(region=name))

    assert "请写全称" in answer.content.decode()
    assert not Source.objects.exists()


@pytest.mark.parametrize(("action", "before", "after"), [("enable", False, True), ("disable", True, False)])
def test_source_is_switched_and_the_switch_remembered(
    staff: Client, page: Page, action: str, before: bool, after: bool
) -> None:
    row = source(enabled=before)

    staff.post(page(Source, "changelist"), {"action": action, "_selected_action": [row.pk]})

    row.refresh_from_db()
    newest = row.history.latest()
    assert (row.enabled, newest.enabled, str(newest.history_user)) == (after, after, "wang")


def test_source_is_polled_soon_by_being_due(staff: Client, page: Page) -> None:
    row = source(next_poll_at="2019-10-20T10:00+08:00")

    staff.post(page(Source, "changelist"), {"action": "poll_soon", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert row.next_poll_at is None


def test_sources_are_exported_with_regions_by_name(staff: Client, page: Page) -> None:
    a_source()

    answer = staff.post(page(Source, "export"), {"format": "0", "resource": "0", **chosen_columns()})

    assert (
        answer.content.decode("utf-8-sig").splitlines()[0]
        == "slug,name,url,family,recipe,region,issuer,enabled"
    )
    assert "安徽省淮北市" in answer.content.decode("utf-8-sig")


def chosen_columns() -> dict[str, str]:
    return {f"sourcetable_{name}": "on" for name in source_form()} | {"sourcetable_enabled": "on"}


def test_sources_are_imported_with_a_preview(staff: Client, page: Page) -> None:
    rows = "slug,name,url,family,recipe,region,issuer,enabled\nyy,余姚,http://yy.example/,trs,{},余姚市,,1\n"
    upload = SimpleUploadedFile("sources.csv", rows.encode("utf-8-sig"))
    preview = staff.post(page(Source, "import"), {"format": "0", "resource": "", "import_file": upload})

    staff.post(page(Source, "process_import"), preview.context["confirm_form"].initial)

    assert Source.objects.get(slug="yy").region == place("余姚市")


def test_notice_page_shows_names_and_proofs(staff: Client, page: Page) -> None:
    row = a_notice()

    shown = staff.get(page(Notice, "change", row.pk)).content.decode()

    wanted = (
        "安徽省淮北市",
        "绿色工厂",
        "淮北市经信局",
        "附件1.doc",
        "文号不明",
        "不限地区",
        "全部主题",
        "“自定",
    )
    assert [words for words in wanted if words not in shown] == []


def test_notice_is_read_again_by_being_unread(staff: Client, page: Page) -> None:
    row = a_notice()

    staff.post(page(Notice, "changelist"), {"action": "read_again", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert row.read_at is None


def test_a_deadline_left_to_staff_says_so_in_the_list(staff: Client, page: Page) -> None:
    row = a_notice()
    Deadline.objects.filter(notice=row).delete()
    Reading.objects.filter(notice=row).update(doubts=["截止待核：文中没有日期"])

    assert "待核</td>" in staff.get(page(Notice, "changelist")).content.decode()


@pytest.mark.parametrize(("doubt", "found"), [("open", 1), ("unread", 0), ("none", 0)])
def test_notices_in_doubt_are_found(staff: Client, page: Page, doubt: str, found: int) -> None:
    a_notice()

    answer = staff.get(page(Notice, "changelist"), {"doubt": doubt})

    assert answer.context["cl"].result_count == found
