"""Fetching from a real server on loopback: manners, limits and hostile answers."""

import dataclasses
import time
from collections.abc import Sequence

import pytest

from notices.intake.answers import Answer, Failed, Fetched, NotModified, Throttled
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.troubles import Why
from tests.intake.conftest import Asked, Reply, Web, gzipped, page


def fetch(manners: Manners, *requests: str | Request) -> Sequence[Answer]:
    with Crawler(manners) as crawler:
        return crawler.fetch([Request(one) if isinstance(one, str) else one for one in requests])


def test_fetch_reaches_the_rerouted_host_under_its_own_name(web: Web, manners: Manners) -> None:
    web["www.mee.gov.cn/gsgg/"] = "公示公告"
    [answer] = fetch(manners, "http://www.mee.gov.cn/gsgg/")
    assert isinstance(answer, Fetched)
    assert answer.body.decode() == "公示公告"
    assert web.asked[0].host == "www.mee.gov.cn"


def test_fetch_says_who_we_are(web: Web, manners: Manners) -> None:
    fetch(manners, "http://a.gov.cn/")
    assert web.asked[0].headers["User-Agent"] == "Kuaixun/0.1 (+https://kuaixun.example/about)"


def test_fetch_sends_both_validators_and_takes_304(web: Web, manners: Manners) -> None:
    web["/"] = Reply(status=304)
    [answer] = fetch(manners, Request("http://a.gov.cn/", '"v1"', "Mon, 21 Oct 2019 02:00:00 GMT"))
    assert isinstance(answer, NotModified)
    assert web.asked[0].headers["If-None-Match"] == '"v1"'
    assert web.asked[0].headers["If-Modified-Since"] == "Mon, 21 Oct 2019 02:00:00 GMT"


def test_fetch_keeps_the_order_of_requests(web: Web, manners: Manners) -> None:
    web["/slow"], web["/quick"] = Reply("slow", hold=0.1), Reply("quick")
    answers = fetch(manners, "http://a.gov.cn/slow", "http://b.gov.cn/quick")
    assert [answer.body for answer in answers if isinstance(answer, Fetched)] == [b"slow", b"quick"]


def test_fetch_follows_redirects_to_the_last_address(web: Web, manners: Manners) -> None:
    web["/old"] = Reply(status=301, headers={"Location": "//new.gov.cn/%E9%80%9A%E7%9F%A5"})
    web["new.gov.cn/%E9%80%9A%E7%9F%A5"] = "通知"
    [answer] = fetch(manners, "http://a.gov.cn/old")
    assert isinstance(answer, Fetched)
    assert answer.url == "http://new.gov.cn/%E9%80%9A%E7%9F%A5"


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://10.0.0.1/", Why.REFUSED_ADDRESS),
        ("http://169.254.169.254/latest/meta-data/", Why.REFUSED_ADDRESS),
        ("http://[::1]/", Why.REFUSED_ADDRESS),
        ("http://[::ffff:10.0.0.1]/", Why.REFUSED_ADDRESS),
        ("http://2130706433/", Why.BAD_URL),
        ("file:///etc/passwd", Why.BAD_REDIRECT),
        ("", Why.BAD_REDIRECT),
        ("/loop", Why.TOO_MANY_REDIRECTS),
    ],
)
def test_redirect_to_a_bad_place_is_refused(web: Web, manners: Manners, location: str, why: Why) -> None:
    web["/"] = web["/loop"] = Reply(status=302, headers={"Location": location})
    [answer] = fetch(manners, "http://a.gov.cn/")
    assert isinstance(answer, Failed)
    assert answer.why is why


def test_loopback_is_refused_unless_allowed(web: Web, manners: Manners) -> None:
    strict = dataclasses.replace(manners, allow_nets=())
    [answer] = fetch(strict, "http://a.gov.cn/")
    assert answer == Failed(Why.REFUSED_ADDRESS, "127.0.0.1")
    assert web.asked == []


@pytest.mark.parametrize("url", ["ftp://a.gov.cn/", "a.gov.cn/list", "http://", "file:///etc/passwd"])
def test_address_that_is_no_web_address_is_said(manners: Manners, url: str) -> None:
    [answer] = fetch(manners, url)
    assert answer == Failed(Why.BAD_URL, url)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(status=500), Why.STATUS),
        (Reply(status=404), Why.GONE),
        (Reply(page("challenge_412.html"), status=412), Why.CHALLENGE),
        (Reply(page("challenge_412.html"), status=202), Why.CHALLENGE),
        (Reply("<script>document.cookie='__jsl_clearance=1'</script>", status=521), Why.CHALLENGE),
        (Reply(b"cut", headers={"Content-Encoding": "gzip"}), Why.BROKEN_ANSWER),
        (Reply(b"x", headers={"Content-Encoding": "br"}), Why.BROKEN_ANSWER),
        (Reply(b"short", headers={"Content-Length": "500"}, hold=0), Why.TIMEOUT),
    ],
)
def test_answer_that_is_no_page_is_told_apart(web: Web, manners: Manners, reply: Reply, why: Why) -> None:
    web["/"] = reply
    [answer] = fetch(dataclasses.replace(manners, total=0.5), "http://a.gov.cn/")
    assert isinstance(answer, Failed)
    assert answer.why is why


def test_hanging_site_times_out(web: Web, manners: Manners) -> None:
    web["/"] = Reply("late", hold=5)
    begun = time.monotonic()
    [answer] = fetch(dataclasses.replace(manners, total=0.2), "http://a.gov.cn/")
    assert answer == Failed(Why.TIMEOUT)
    assert time.monotonic() - begun < 2


def test_redirects_share_one_time_budget(web: Web, manners: Manners) -> None:
    web["/"] = Reply(status=302, headers={"Location": "/"}, hold=0.15)
    [answer] = fetch(dataclasses.replace(manners, total=0.4), "http://a.gov.cn/")
    assert answer == Failed(Why.TIMEOUT)


def test_unreachable_site_is_said(manners: Manners) -> None:
    nowhere = dataclasses.replace(manners, connect_to={80: ("127.0.0.1", 1)})
    [answer] = fetch(nowhere, "http://a.gov.cn/")
    assert isinstance(answer, Failed)
    assert answer.why is Why.UNREACHABLE


def test_oversize_page_is_stopped(web: Web, manners: Manners) -> None:
    web["/"] = Reply(b"x" * 300_000)
    [answer] = fetch(dataclasses.replace(manners, max_bytes=100_000), "http://a.gov.cn/")
    assert answer == Failed(Why.TOO_BIG)


def test_gzip_bomb_is_stopped(web: Web, manners: Manners) -> None:
    web["/"] = gzipped(b"\0" * (6 << 20))
    [answer] = fetch(manners, "http://a.gov.cn/")
    assert answer == Failed(Why.BOMB)


def test_gzip_page_is_unpacked(web: Web, manners: Manners) -> None:
    web["/"] = gzipped("䶮".encode() * 1000)
    [answer] = fetch(manners, "http://a.gov.cn/")
    assert isinstance(answer, Fetched)
    assert answer.body == "䶮".encode() * 1000


def test_retry_after_closes_the_host_for_the_batch(web: Web, manners: Manners) -> None:
    web["/a"] = Reply(status=429, headers={"Retry-After": "120"})
    answers = fetch(manners, "http://a.gov.cn/a", "http://b.a.gov.cn/b")
    assert [type(answer) for answer in answers] == [Throttled, Throttled]
    assert web.paths() == ["/a"]


def test_host_is_visited_one_at_a_time_with_a_gap(web: Web, manners: Manners) -> None:
    times: list[float] = []

    def note(asked: Asked) -> Reply:
        times.append(time.monotonic())
        return Reply("ok")

    web["/"] = note
    fetch(dataclasses.replace(manners, host_gap=0.1), "http://a.x.gov.cn/", "http://b.x.gov.cn/")
    assert times[1] - times[0] >= 0.1


def test_gap_holds_from_one_fetch_to_the_next(web: Web, manners: Manners) -> None:
    web["/"] = "ok"
    with Crawler(dataclasses.replace(manners, host_gap=0.1)) as crawler:
        crawler.fetch([Request("http://a.gov.cn/")])
        begun = time.monotonic()
        crawler.fetch([Request("http://a.gov.cn/")])
    assert time.monotonic() - begun >= 0.09
