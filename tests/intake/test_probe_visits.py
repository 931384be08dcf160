"""A probe is as polite as a poll, and both keep out of each other's way."""

import time
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from config.clock import machine_now
from notices.intake import probe_visits
from notices.intake.polling import poll
from notices.intake.probing import probe
from notices.models import HostState, Source
from tests.intake.conftest import LIST_URL, Reply, Web, list_html

LIST = "/tzgg/index.html"
LINE = ("/t20191001_1.html", "关于国庆放假的通知", "2019-10-01")
pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(on_the_web: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """A list, and people who do not wait."""
    monkeypatch.setattr(probe_visits, "PATIENCE", 0.0)
    on_the_web[LIST] = list_html(LINE)
    return on_the_web


def test_probe_keeps_the_gap_between_its_visits(listed: Web, now: datetime, settings: Settings) -> None:
    settings.INTAKE_HOST_GAP = 0.3
    begun = time.monotonic()
    assert not probe(LIST_URL, now).trouble
    assert time.monotonic() - begun >= 0.3


def test_poll_right_after_a_probe_waits_for_the_gap(
    listed: Web, source: Source, now: datetime, settings: Settings
) -> None:
    settings.INTAKE_HOST_GAP = 0.5
    probe(LIST_URL, now)
    assert poll(now).sources_polled == 0
    time.sleep(0.5)
    assert poll(now).sources_polled == 1


def test_probe_leaves_the_site_with_its_rest(listed: Web, now: datetime, settings: Settings) -> None:
    settings.INTAKE_HOST_GAP = 0.2
    probe(LIST_URL, now)
    left = HostState.objects.get()
    assert (left.host, left.lease, left.not_before > machine_now()) == ("yy.gov.cn", "", True)


def test_probe_keeps_out_while_a_poll_is_on_the_site(listed: Web, now: datetime) -> None:
    HostState.objects.create(host="yy.gov.cn", lease="a poll", leased_until=machine_now() + 30)
    assert "轮询正在访问这个网站" in probe(LIST_URL, now).trouble
    assert (listed.asked, listed.robots_asked) == ([], [])


def test_probe_waits_a_little_for_a_poll_to_leave(
    listed: Web, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe_visits, "PATIENCE", 5.0)
    HostState.objects.create(host="yy.gov.cn", lease="a poll", leased_until=machine_now() + 0.5)
    assert not probe(LIST_URL, now).trouble


def test_probe_keeps_out_of_a_site_that_asked_to_be_left_alone(listed: Web, now: datetime) -> None:
    HostState.objects.create(host="yy.gov.cn", not_before=machine_now() + 590)
    assert "请过 10 分钟再试" in probe(LIST_URL, now).trouble
    assert listed.asked == []


def test_retry_after_that_a_probe_met_holds_for_polls(listed: Web, source: Source, now: datetime) -> None:
    listed[LIST] = Reply(status=429, headers={"Retry-After": "3600"})
    assert "稍后再来" in probe(LIST_URL, now).trouble
    assert poll(now).sources_polled == 0


def test_robots_that_a_probe_read_are_not_asked_again_that_day(
    listed: Web, source: Source, now: datetime
) -> None:
    probe(LIST_URL, now)
    poll(now + timedelta(minutes=1))
    assert len(listed.robots_asked) == 1


def test_site_is_let_go_when_the_probe_breaks(
    listed: Web, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("notices.intake.probing.look_at", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            probe(LIST_URL, now)
    assert HostState.objects.get().lease == ""


def test_probe_says_why_a_site_could_not_be_asked_for_robots(
    listed: Web, now: datetime, settings: Settings
) -> None:
    settings.INTAKE_ALLOW_NETS = []
    assert "内网或本机地址" in probe(LIST_URL, now).trouble
