"""Redirects in a poll: each hop under its own host's robots.txt, lease and pace."""

import time
from datetime import datetime

import pytest
from pytest_django import Settings

from config.clock import machine_now
from notices.intake.answers import Fetched
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.polling import poll
from notices.intake.probing import probe
from notices.intake.redirects import next_hop
from notices.intake.troubles import Why
from notices.models import HostState, Source
from tests.intake.conftest import LIST_URL, Reply, Web, list_html

from yarl import URL  # isort: skip

ELSEWHERE = "http://www.ningbo.gov.cn/tzgg/"
LINE = ("/t20191001_1.html", "关于国庆放假的通知", "2019-10-01")


@pytest.fixture
def moved(on_the_web: Web, source: Source) -> Web:
    """The source's list stands at another house for now."""
    on_the_web["www.yy.gov.cn/tzgg/index.html"] = Reply(status=302, headers={"Location": ELSEWHERE})
    on_the_web["www.ningbo.gov.cn/tzgg/"] = list_html(LINE)
    return on_the_web


def test_redirect_is_followed_after_its_own_robots(moved: Web, now: datetime) -> None:
    assert poll(now).items_baseline == 1
    assert [asked.host for asked in moved.robots_asked] == ["www.yy.gov.cn", "www.ningbo.gov.cn"]


def test_redirect_to_what_robots_forbid_is_not_followed(moved: Web, now: datetime) -> None:
    moved["www.ningbo.gov.cn/robots.txt"] = "User-agent: *\nDisallow: /tzgg/"
    [trouble] = poll(now).troubles
    assert "robots.txt" in trouble
    assert [asked.host for asked in moved.asked] == ["www.yy.gov.cn"]


def test_redirect_within_a_site_is_held_against_its_robots(moved: Web, now: datetime) -> None:
    moved["www.yy.gov.cn/tzgg/index.html"] = Reply(status=302, headers={"Location": "/private/"})
    moved["www.yy.gov.cn/robots.txt"] = "User-agent: *\nDisallow: /private/"
    assert "robots.txt" in poll(now).troubles[0]
    assert moved.paths() == ["/tzgg/index.html"]


def test_redirect_goes_past_robots_where_staff_overruled_them(moved: Web, now: datetime) -> None:
    moved["www.ningbo.gov.cn/robots.txt"] = "User-agent: *\nDisallow: /"
    Source.objects.update(robots_override="已与网站约定")
    assert poll(now).items_baseline == 1


def test_redirect_to_a_host_that_another_poll_holds_waits(moved: Web, now: datetime) -> None:
    HostState.objects.create(
        host="ningbo.gov.cn", not_before=0, lease="other", leased_until=machine_now() + 50
    )
    [trouble] = poll(now).troubles
    assert "另一次轮询正在访问" in trouble
    assert Source.objects.get().failures == 0
    assert [asked.host for asked in moved.asked] == ["www.yy.gov.cn"]


def test_redirect_to_a_host_that_wants_peace_waits(moved: Web, now: datetime) -> None:
    HostState.objects.create(host="ningbo.gov.cn", not_before=machine_now() + 600)
    poll(now)
    assert [asked.host for asked in moved.asked] == ["www.yy.gov.cn"]


def test_redirected_host_gets_its_rest(moved: Web, settings: Settings, now: datetime) -> None:
    settings.INTAKE_HOST_GAP = 0.2
    begun = machine_now()
    poll(now)
    assert HostState.objects.get(host="ningbo.gov.cn").not_before >= begun + 0.2


def test_redirect_within_a_house_keeps_its_gap(web: Web, manners: Manners) -> None:
    times: list[float] = []

    def note(reply: Reply) -> Reply:
        times.append(time.monotonic())
        return reply

    web["/"] = lambda _: note(Reply(status=302, headers={"Location": "/next"}))
    web["/next"] = lambda _: note(Reply("x"))
    slow = Manners(**{**{name: getattr(manners, name) for name in manners.__slots__}, "host_gap": 0.2})
    with Crawler(slow) as crawler:
        [answer] = crawler.fetch([Request("http://a.gov.cn/")])
    assert isinstance(answer, Fetched)
    assert times[1] - times[0] >= 0.2


def test_address_in_gbk_is_followed_as_it_was_sent() -> None:
    said = "/通知.html".encode("gbk").decode("utf-8", "surrogateescape")
    step = next_hop(302, URL(LIST_URL), {"location": said}, stay=False)
    assert str(step) == "http://www.yy.gov.cn/%CD%A8%D6%AA.html"


def test_probe_of_a_list_that_moved_heeds_the_robots_there(moved: Web, now: datetime) -> None:
    moved["www.ningbo.gov.cn/robots.txt"] = "User-agent: *\nDisallow: /"
    assert probe(LIST_URL, now).why is Why.ROBOTS
    assert probe(LIST_URL, now, despite_robots=True).items
