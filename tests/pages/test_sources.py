"""The public list of sources: how each does, by its own rhythm."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.clock import machine_now
from notices.intake.health import Mood, Pulse, rhythm, state
from notices.models import Incident, Item, Source
from tests.builders import at, source

NOW = at("2019-10-21")
TODAY = NOW.date()
WEEKLY = [TODAY - timedelta(days=7 * n) for n in range(6)]

STATES = [
    (Pulse(None), Mood.NEW, "等待首次轮询"),
    (Pulse(None, failures=3), Mood.TROUBLED, "还没有取到过"),
    (Pulse(NOW, WEEKLY), Mood.WELL, "正常"),
    (Pulse(NOW - timedelta(days=5), WEEKLY), Mood.TROUBLED, "已 5 天没有取到"),
    (Pulse(NOW, WEEKLY, {"challenge"}), Mood.TROUBLED, "要求浏览器验证"),
    (Pulse(NOW, WEEKLY, {"undated", "flood"}), Mood.DOUBTFUL, "新条目过多、读不出日期"),
    (
        Pulse(NOW, [day - timedelta(days=40) for day in WEEKLY]),
        Mood.QUIET,
        "比往常安静：通常隔 7 天有新条目，已 40 天没有",
    ),
    (Pulse(NOW, [TODAY - timedelta(days=300)]), Mood.WELL, "正常"),
]


@pytest.mark.parametrize(("pulse", "mood", "words"), STATES)
def test_state_is_the_worst_that_can_be_said(pulse: Pulse, mood: Mood, words: str) -> None:
    assert (state(pulse, NOW).mood, state(pulse, NOW).words) == (mood, words)


def test_rhythm_is_the_median_gap_of_days_with_items() -> None:
    days = [date(2019, 10, 1), date(2019, 10, 2), date(2019, 10, 2), date(2019, 10, 9), date(2019, 10, 16)]
    assert rhythm(days) == 7


def test_rhythm_of_a_few_days_is_unknown() -> None:
    assert rhythm(WEEKLY[:3]) is None


def troubled(name: str) -> Source:
    row = source("淮北市", name=name, last_success_at=datetime.fromtimestamp(machine_now()).astimezone())
    Item.objects.create(
        source=row, url="http://a/", url_key=name, title="通知", published_on=TODAY, first_seen_at=NOW
    )
    Incident.objects.create(source=row, kind="container_gone", opened_at=NOW, last_seen_at=NOW)
    return row


@pytest.mark.django_db
def test_page_shows_each_source_with_its_state(client: Client) -> None:
    troubled("淮北市经信局")
    page = client.get("/sources/").content.decode()
    shown = ("淮北市经信局", "安徽省淮北市", "2019年10月21日", "找不到列表", "1 个来源，0 个正常")
    assert [words for words in shown if words not in page] == []


@pytest.mark.django_db
def test_troubled_source_stands_first(client: Client) -> None:
    source("全国", name="甲", last_success_at=datetime.fromtimestamp(machine_now()).astimezone())
    troubled("乙")
    page = client.get("/sources/").content.decode()
    assert page.index("乙") < page.index("甲")


@pytest.mark.django_db
def test_page_asks_the_same_for_one_source_and_ten(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/sources/")
        return len(queries)

    troubled("甲")
    for_one = asked()
    for number in range(9):
        troubled(f"乙{number}")
    assert asked() == for_one == 4  # three, and one for the vocabulary (notices.vocabulary)


@pytest.mark.django_db
def test_page_without_sources_says_what_to_do(client: Client) -> None:
    assert "还没有启用的来源" in client.get("/sources/").content.decode()


@pytest.mark.django_db
def test_source_that_is_switched_off_is_not_listed(client: Client) -> None:
    source("全国", name="停用的来源", enabled=False)
    assert "停用的来源" not in client.get("/sources/").content.decode()
