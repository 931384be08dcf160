"""Hostile and careless answers, and what broke other pollers (facts/feeds.md B), seen from a whole poll."""

import gzip
import tracemalloc
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from notices.intake.answers import Failed, Fetched
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.polling import poll
from notices.intake.troubles import Why
from notices.models import Item, Notice, Source
from tests.intake.conftest import Asked, Put, Reply, Web, gzipped, list_html

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLD = ("/t20191001_1.html", "关于国庆放假的通知", "2019-10-01")
NEW = ("/t20191021_2.html", "关于做好绿色工厂推荐工作的通知", "2019-10-21")
pytestmark = pytest.mark.django_db


def rss(*entries: tuple[str, str, str]) -> str:
    """An RSS 2.0 feed of (guid, path, title)."""
    lines = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title>"
        f"<link>http://www.yy.gov.cn{path}</link></item>"
        for guid, path, title in entries
    )
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>{lines}</channel></rss>"


def first(manners: Manners, request: Request | str) -> object:
    with Crawler(manners) as crawler:
        return crawler.fetch([request if isinstance(request, Request) else Request(request)])[0]


def test_server_that_always_says_304_freezes_a_list_for_a_day_at_most(put: Put, now: datetime) -> None:
    def lying(asked: Asked) -> Reply:
        if "If-None-Match" in asked.headers:
            return Reply(status=304)
        return Reply(shown, headers={"ETag": '"same for ever"'})

    shown = list_html(OLD)
    put(lying)  # type: ignore[arg-type]
    poll(now)
    shown = list_html(NEW, OLD)
    assert poll(now + HOUR).items_new == 0
    assert poll(now + DAY).items_new == 1


def test_validators_that_change_with_every_answer_are_no_news(put: Put, now: datetime) -> None:
    for number in range(3):
        put(Reply(list_html(OLD), headers={"ETag": f'"{number}"'}))
        assert poll(now + number * HOUR).items_new == 0
    assert Source.objects.get().etag == '"2"'


def test_validator_longer_than_its_column_is_not_sent_back(on_the_web: Web, put: Put, now: datetime) -> None:
    put(Reply(list_html(OLD), headers={"ETag": f'"{"x" * 400}"'}))
    poll(now)
    poll(now + HOUR)
    assert "If-None-Match" not in on_the_web.asked[1].headers


def test_changed_guid_is_no_news(feed: Put, now: datetime) -> None:
    feed(rss(("a-1", OLD[0], OLD[1])))
    poll(now)
    feed(rss(("b-1", OLD[0], OLD[1])))
    assert poll(now + HOUR).items_new == 0


def test_entries_without_guid_are_told_apart_by_address(feed: Put, now: datetime) -> None:
    feed(rss(("", OLD[0], OLD[1]), ("", NEW[0], NEW[1])))
    assert poll(now).items_baseline == 2


def test_feed_with_the_oldest_first_loses_nothing_new(feed: Put, now: datetime) -> None:
    many = [(str(n), f"/old/{n}.html", f"关于第 {n} 批项目的通知") for n in range(300)]
    feed(rss(*many))
    poll(now)
    feed(rss(*many, ("new", NEW[0], NEW[1])))
    assert poll(now + HOUR).notices_new == 1


@pytest.mark.parametrize(
    "bomb",
    [
        "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><rss><title>&b;</title></rss>",
        "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&x;</title></item></rss>",
        "<rss>" + "<a>" * 200_000 + "</a>" * 200_000 + "</rss>",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
    ],
    ids=["laughs", "external", "deep", "path", "file", "address"],
)
def test_feed_that_attacks_its_reader_gives_nothing(feed: Put, now: datetime, bomb: str) -> None:
    feed(bomb)
    report = poll(now)
    assert (report.items_baseline, len(report.troubles)) == (0, 1)
    assert "root:" not in report.troubles[0]


def test_honest_feed_of_many_entities_is_read(feed: Put, now: datetime) -> None:
    feed(rss(("1", OLD[0], f"关于&amp;开展{'&#32;' * 50_000}工作的通知")))
    assert poll(now).items_baseline == 1


def test_bomb_of_a_list_costs_little_memory(put: Put, now: datetime) -> None:
    bomb = gzip.compress(bytes(400 << 20), 9)
    put(Reply(bomb, headers={"Content-Encoding": "gzip"}))
    tracemalloc.start()
    [trouble] = poll(now).troubles
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "压缩炸弹" in trouble
    assert most < 16 << 20


def test_gzip_of_several_members_is_read_whole(put: Put, now: datetime) -> None:
    whole = list_html(OLD, NEW).encode()
    body = gzip.compress(whole[:60]) + gzip.compress(whole[60:])
    put(Reply(body, headers={"Content-Encoding": "gzip"}))
    assert poll(now).items_baseline == 2


def test_compressed_list_is_read(put: Put, now: datetime) -> None:
    put(gzipped(list_html(OLD, NEW).encode()))
    assert poll(now).items_baseline == 2


def test_line_that_stands_twice_is_one_item(put: Put, now: datetime) -> None:
    put(list_html(OLD, NEW, OLD))
    assert poll(now).items_baseline == 2
    assert Item.objects.count() == 2


def test_characters_that_no_database_takes_spoil_nothing(put: Put, now: datetime) -> None:
    put(list_html(OLD))
    poll(now)
    put(list_html((NEW[0], f"{NEW[1]}\0\ud800".encode("utf-8", "replace").decode(), NEW[2]), OLD))
    assert poll(now + HOUR).notices_new == 1


def test_page_that_ends_in_the_middle_of_a_character_is_read(put: Put, now: datetime) -> None:
    put(Reply(list_html(OLD, NEW).encode("gb18030")[:-1] + b"\x81", headers={"Content-Type": "text/html"}))
    assert poll(now).items_baseline == 2


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_ports_of_the_web_are_asked(manners: Manners, port: int) -> None:
    assert first(manners, f"http://a.gov.cn:{port}/") == Failed(Why.BAD_PORT, str(port))


def test_port_that_the_operator_allowed_is_asked(web: Web, manners: Manners) -> None:
    web["/"] = Reply("x")
    answer = first(replace(manners, allow_ports=frozenset({web.port})), f"http://127.0.0.1:{web.port}/")
    assert isinstance(answer, Fetched)


def test_redirect_to_another_port_is_not_followed(web: Web, manners: Manners) -> None:
    web["/"] = Reply(status=302, headers={"Location": "http://a.gov.cn:6379/"})
    assert first(manners, "http://a.gov.cn/") == Failed(Why.BAD_PORT, "6379")


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply("x", status=403, headers={"Set-Cookie": "__jsl_clearance_s=1; path=/"}), Why.CHALLENGE),
        (Reply("<script>var $_ts = window['$_ts'];$_ts=1</script>", status=200), Why.CHALLENGE),
        (Reply("x", status=403), Why.REFUSED),
        (Reply("x", status=451), Why.REFUSED),
        (Reply("x", status=502), Why.STATUS),
    ],
)
def test_refusals_are_told_apart(web: Web, manners: Manners, reply: Reply, why: Why) -> None:
    web["/"] = reply
    answer = first(manners, "http://a.gov.cn/")
    assert isinstance(answer, Failed)
    assert answer.why is why


def test_challenge_sends_no_cookie_back(web: Web, manners: Manners) -> None:
    web["/"] = Reply("x", status=412, headers={"Set-Cookie": "4hP44ZykCTt5O=60wq3; Path=/"})
    with Crawler(manners) as crawler:
        crawler.fetch([Request("http://a.gov.cn/")])
        crawler.fetch([Request("http://a.gov.cn/")])
    assert ["Cookie" in asked.headers for asked in web.asked] == [False, False]


def test_longer_page_with_a_bot_script_is_a_page(put: Put, now: datetime) -> None:
    injected = f"<script>_bot_sbu/sbu_hc.js</script>{list_html(OLD, NEW)}<!--{'内容' * 3000}-->"
    put(injected)
    assert poll(now).items_baseline == 2


def test_list_that_shows_other_bytes_at_every_look_writes_no_item(put: Put, now: datetime) -> None:
    for number in range(3):
        put(f"{list_html(OLD)}<!-- HOY_TR={number} -->")
        poll(now + number * HOUR)
    assert Item.objects.count() == 1


def test_item_after_an_empty_first_poll_is_not_lost(put: Put, now: datetime) -> None:
    put(list_html())
    poll(now)
    put(list_html(OLD))
    poll(now + HOUR)
    put(list_html(NEW, OLD))
    assert poll(now + 2 * HOUR).notices_new == 1


def test_backdated_line_is_news(put: Put, now: datetime) -> None:
    put(list_html(OLD))
    poll(now)
    put(list_html((NEW[0], NEW[1], "2019-09-02"), OLD))
    assert poll(now + HOUR).notices_new == 1
    assert Notice.objects.get().first_seen_at == now + HOUR


def test_list_that_flaps_between_two_states_tells_once(put: Put, now: datetime) -> None:
    put(list_html(OLD))
    poll(now)
    found = []
    for number in range(1, 7):
        put(list_html(NEW, OLD) if number % 2 else list_html(OLD))
        found.append(poll(now + number * HOUR).items_new)
    assert found == [1, 0, 0, 0, 0, 0]
    assert Item.objects.count() == 2
