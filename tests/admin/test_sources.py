"""How sources do, at the staff's desk: in the list in a few words, on the page of each by its own rhythm."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from config.clock import SHANGHAI, business_now
from notices.models import Incident, Item, Source
from tests.builders import source

Page = Callable[..., str]


def weekly(weeks_old: int = 0, **columns: Any) -> Source:
    """A source with something new each week, the newest `weeks_old` ago, read an hour ago."""
    now = business_now()
    row = source("淮北市", last_success_at=now - timedelta(hours=1), **columns)
    for week in range(6):
        day = (now - timedelta(weeks=week + weeks_old)).astimezone(SHANGHAI).date()
        Item.objects.create(
            source=row, url=f"http://a/{week}", url_key=f"{row.pk}-{week}", title="通知", published_on=day,
            first_seen_at=now,
        )  # fmt: skip
    return row


def trouble(row: Source, kind: str) -> None:
    Incident.objects.create(source=row, kind=kind, opened_at=business_now(), last_seen_at=business_now())


def test_page_shows_age_of_success_and_of_the_newest_item_against_its_rhythm(
    staff: Client, page: Page
) -> None:
    shown = staff.get(page(Source, "change", weekly().pk)).content.decode()
    assert [words for words in ("1 小时前", "（0 天前；通常隔 7 天）", "正常") if words not in shown] == []


def test_page_of_a_source_that_fell_silent_says_so(staff: Client, page: Page) -> None:
    shown = staff.get(page(Source, "change", weekly(weeks_old=8).pk)).content.decode()
    assert "比往常安静：通常隔 7 天有新条目，已 56 天没有" in shown


def test_page_leads_to_the_incidents(staff: Client, page: Page) -> None:
    row = weekly()
    trouble(row, "undated")
    shown = staff.get(page(Source, "change", row.pk)).content.decode()
    assert page(Incident, "change", row.incidents.get().pk) in shown


@pytest.mark.parametrize(
    ("columns", "kind", "words"),
    [
        ({}, "", "正常"), ({}, "challenge", "要求浏览器验证"), ({}, "flood", "新条目过多"),
        ({"failures": 1}, "", "上次没有取到"), ({"enabled": False}, "challenge", "已停用"),
    ],
)  # fmt: skip
def test_list_says_how_each_does(
    staff: Client, page: Page, columns: dict[str, Any], kind: str, words: str
) -> None:
    row = weekly(**columns)
    if kind:
        trouble(row, kind)
    shown = staff.get(page(Source, "changelist")).content.decode()
    assert f'<td class="field-short_state">{words}</td>' in shown


def test_list_says_what_the_public_page_says(staff: Client, page: Page) -> None:
    weekly(weeks_old=8)
    Source.objects.filter(pk=weekly().pk).update(last_success_at=business_now() - timedelta(days=10))
    shown = staff.get(page(Source, "changelist")).content.decode()
    missing = ("已 10 天没有取到", "比往常安静：通常隔 7 天有新条目，已 56 天没有", "（通常隔 7 天）")
    assert [words for words in missing if words not in shown] == []
