"""What robots.txt allows (RFC 9309), and how polls keep to it."""

from datetime import datetime, timedelta

import pytest

from config import clock
from notices.intake.answers import Failed, Fetched
from notices.intake.polling import poll
from notices.intake.robots import Allowed, Disallowed, rules_of, rules_of_answer, verdict
from notices.intake.troubles import Why
from notices.models import Item, RobotsFile, Source
from tests.intake.conftest import Reply, Web, list_html

AGENT = "Kuaixun/0.1 (+https://kuaixun.example/about)"
ROW = ("/tzgg/t1.html", "关于开展申报的通知", "2019-10-21")

CASES = [
    ("", "/tzgg/", True),
    ("User-agent: *\nDisallow:", "/tzgg/", True),
    ("User-agent: *\nDisallow: /", "/tzgg/", False),
    ("User-agent: *\nDisallow: /\n\nUser-agent: kuaixun\nDisallow: /was5/", "/tzgg/", True),
    ("User-agent: Baiduspider\nDisallow: /", "/tzgg/", True),
    ("User-agent: Baiduspider\nUser-agent: *\nDisallow: /tzgg", "/tzgg/", False),
    ("User-agent: *\nDisallow: /tz\nAllow: /tzgg/", "/tzgg/1.html", True),
    ("User-agent: *\nAllow: /tz\nDisallow: /tzgg/", "/tzgg/1.html", False),
    ("User-agent: *\nAllow: /tzgg/\nDisallow: /tzgg/", "/tzgg/", True),
    ("User-agent: *\nDisallow: /*?", "/list?page=2", False),
    ("User-agent: *\nDisallow: /*.doc$", "/a/附件.doc", False),
    ("User-agent: *\nDisallow: /*.doc$", "/a/1.docx", True),
    ("User-agent: *\nDisallow: /a*b$", "/aXbXb", False),
    ("User-agent: *\nDisallow: /通知", "/%E9%80%9A%E7%9F%A5/1.html", False),
    ("User-agent: *\nDisallow: /%e9%80%9a", "/通知/", False),
    ("\ufeffUSER-AGENT : *  # 全部\r\ndisallow : /tzgg # 通知", "/tzgg/", False),
    ("User-agent: *\nSitemap: /s.xml\nDisallow: /tzgg", "/tzgg/", False),
    ("Disallow: /", "/tzgg/", True),
    ("User-agent: *\nDisallow: /", "/robots.txt", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), CASES)
def test_robots_allow_or_not(text: str, path: str, allowed: bool) -> None:
    said = verdict(text.removeprefix("\ufeff"), f"http://a.gov.cn{path}", AGENT)
    assert isinstance(said, Allowed if allowed else Disallowed)


def test_wildcards_take_linear_time() -> None:
    text = "User-agent: *\nDisallow: /" + "*a" * 2000 + "b$"
    assert verdict(text, "http://a.gov.cn/" + "a" * 2000, AGENT) == Allowed()


@pytest.mark.parametrize(("said", "seconds"), [("5", 5), ("0.5", 0.5), ("86400", 60), ("慢点", 0)])
def test_crawl_delay_is_kept_within_reason(said: str, seconds: float) -> None:
    assert rules_of(f"User-agent: *\nCrawl-delay: {said}", AGENT).crawl_delay == seconds


def test_page_in_the_place_of_robots_allows_everything() -> None:
    page = Fetched("http://a.gov.cn/robots.txt", 200, {}, b"<!DOCTYPE html><html>Disallow: /</html>")
    assert rules_of_answer(page, AGENT).verdict("http://a.gov.cn/tzgg/") == Allowed()


@pytest.mark.parametrize(
    ("why", "allowed"), [(Why.GONE, True), (Why.REFUSED, True), (Why.STATUS, False), (Why.TIMEOUT, False)]
)
def test_robots_that_are_not_to_be_had(why: Why, allowed: bool) -> None:
    said = rules_of_answer(Failed(why), AGENT).verdict("http://a.gov.cn/tzgg/")
    assert isinstance(said, Allowed) == allowed


@pytest.fixture
def barred(on_the_web: Web, source: Source) -> Web:
    """The source's list is one that robots.txt forbids."""
    on_the_web["/robots.txt"] = "User-agent: *\nDisallow: /tzgg/index"
    on_the_web["/tzgg/index.html"] = list_html(ROW)
    return on_the_web


def test_poll_keeps_out_and_says_which_rule(barred: Web, now: datetime) -> None:
    [trouble] = poll(now).troubles
    assert "robots.txt 不许访问这个地址" in trouble
    assert "Disallow: /tzgg/index" in trouble
    assert barred.asked == []


def test_reason_on_the_source_overrides_robots(barred: Web, source: Source, now: datetime) -> None:
    Source.objects.update(robots_override="已与市经信局信息中心电话确认")
    assert poll(now).items_baseline == 1


def test_robots_are_asked_once_a_day(
    on_the_web: Web, source: Source, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_web["/tzgg/index.html"] = list_html(ROW)
    for hours in (0, 1):
        poll(now + timedelta(hours=hours))
    assert len(on_the_web.robots_asked) == 1
    later = clock.machine_now() + 25 * 3600
    monkeypatch.setattr("notices.intake.robots_book.machine_now", lambda: later)
    poll(now + timedelta(hours=2))
    assert len(on_the_web.robots_asked) == 2


def test_site_whose_robots_break_is_judged_by_what_it_said(
    barred: Web, now: datetime, source: Source
) -> None:
    RobotsFile.objects.create(
        site="http://www.yy.gov.cn", text="User-agent: *\nDisallow: /was5/", fetched_at=0
    )
    barred["/robots.txt"] = Reply(status=500)
    assert poll(now).items_baseline == 1


def test_page_that_robots_forbid_is_kept_from_its_list_title(
    on_the_web: Web, source: Source, now: datetime
) -> None:
    on_the_web["/robots.txt"] = "User-agent: *\nDisallow: /tzgg/t"
    on_the_web["/tzgg/index.html"] = list_html(("/a.html", "关于国庆放假的通知", "2019-10-01"))
    poll(now)
    on_the_web["/tzgg/index.html"] = list_html(ROW, ("/a.html", "关于国庆放假的通知", "2019-10-01"))
    reports = [poll(now + timedelta(hours=hours)) for hours in (1, 2, 3)]
    assert [report.notices_new for report in reports] == [0, 0, 1]
    assert "robots.txt" in Item.objects.get(url__endswith="t1.html").trouble
    assert "/tzgg/t1.html" not in on_the_web.paths()
