"""What staff see of an incident, and what its buttons do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from notices.intake.kept_pages import excerpt, pack
from notices.models import Incident, Item, Source
from tests.builders import START, source

Page = Callable[..., str]
PROPOSAL = {
    "family": "hanweb_jcms",
    "recipe": {},
    "count": 12,
    "items": [{"title": "关于开展申报的通知", "url": "http://a.gov.cn/1.html", "published": "2019-10-21"}],
}


def incident(kind: str = "container_gone", **columns: Any) -> Incident:
    pages = {"before": pack("<p>旧的列表</p>".encode()), "after": pack("<p>改版了</p>".encode())}
    values = {"opened_at": START, "last_seen_at": START, **pages, **columns}
    return Incident.objects.create(source=source("淮北市"), kind=kind, **values)


def press(staff: Client, page: Page, row: Incident, button: str) -> str:
    answer = staff.post(page(Incident, "change", row.pk), {"note": "已看", button: "1"}, follow=True)
    return answer.content.decode()


def test_page_shows_before_and_after_and_the_proposal(staff: Client, page: Page) -> None:
    row = incident(proposal=PROPOSAL)
    shown = staff.get(page(Incident, "change", row.pk)).content.decode()
    due = (
        "旧的列表",
        "改版了",
        "站点类型改为",
        "大汉 jcms",
        "可读出 12 条",
        "关于开展申报的通知",
        "采用修复建议",
    )
    assert [words for words in due if words not in shown] == []


def test_page_of_a_trouble_without_pages_says_so(staff: Client, page: Page) -> None:
    row = incident("unreachable", before=None, after=None)
    shown = staff.get(page(Incident, "change", row.pk)).content.decode()
    assert "没有留存之前的网页" in shown
    assert "采用修复建议" not in shown


def test_hostile_page_is_shown_as_text(staff: Client, page: Page) -> None:
    row = incident(after=pack(b"<script>alert(1)</script><p>&lt;img src=x onerror=alert(2)&gt;</p>"))
    shown = staff.get(page(Incident, "change", row.pk)).content.decode()
    assert "<script>alert(1)" not in shown
    assert "<img src=x" not in shown


def test_accepted_proposal_changes_the_source_and_closes(staff: Client, page: Page) -> None:
    row = incident(proposal=PROPOSAL)
    assert "已按建议修改来源" in press(staff, page, row, "_accept")
    row.refresh_from_db()
    assert (row.source.family, row.source.next_poll_at) == ("hanweb_jcms", None)
    assert row.closed_at is not None


def test_proposal_that_cannot_be_used_changes_nothing(staff: Client, page: Page) -> None:
    row = incident("moved", proposal={"url": "javascript:alert(1)", "items": []})
    assert "没有改动来源" in press(staff, page, row, "_accept")
    assert Source.objects.get(pk=row.source_id).url == row.source.url
    assert Incident.objects.get(pk=row.pk).closed_at is None


@pytest.mark.parametrize(
    ("button", "baseline", "waits"), [("_release", False, True), ("_dismiss", True, False)]
)
def test_flood_is_released_or_laid_by(
    staff: Client, page: Page, button: str, baseline: bool, waits: bool
) -> None:
    row = incident("flood")
    item = Item.objects.create(
        source=row.source, url="http://a/", url_key="1", title="扣下", first_seen_at=START, held_at=START
    )
    press(staff, page, row, button)
    item.refresh_from_db()
    assert (item.held_at, item.baseline, item.next_try_at is not None) == (None, baseline, waits)


def test_closed_incident_has_no_buttons(staff: Client, page: Page) -> None:
    row = incident("flood", closed_at=START)
    assert "放行这些条目" not in staff.get(page(Incident, "change", row.pk)).content.decode()


def test_note_is_kept(staff: Client, page: Page) -> None:
    row = incident()
    press(staff, page, row, "_save")
    assert Incident.objects.get(pk=row.pk).note == "已看"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("challenge", "本系统不绕过验证"), ("status", "不需要处理"), ("gone", "在网站上找到新地址"),
        ("container_gone", "按“试取”"), ("gap", "看过后按“结束”"),
    ],
)  # fmt: skip
def test_page_says_what_staff_can_do_where_nothing_is_proposed(
    staff: Client, page: Page, kind: str, words: str
) -> None:
    assert words in staff.get(page(Incident, "change", incident(kind).pk)).content.decode()


def test_page_of_a_flood_leads_to_its_items(staff: Client, page: Page) -> None:
    row = incident("flood")
    Item.objects.create(
        source=row.source, url="http://a/", url_key="1", title="扣下", first_seen_at=START, held_at=START
    )
    shown = staff.get(page(Incident, "change", row.pk)).content.decode()
    assert f"held=1&amp;source__id__exact={row.source_id}" in shown


def test_programs_of_a_page_are_not_shown_as_its_text() -> None:
    body = b"<script>var a = 1</script><script type='text/xml'><record>x</record></script><p>y</p>"
    shown = excerpt(pack(body), "text/html", 3000)
    assert ("var a" in shown, "x" in shown, "y" in shown) == (False, True, True)
