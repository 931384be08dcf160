"""What broke other readers of feeds and watchers of lists (facts/feeds.md B; docs/hostile-answers.md)."""

import gc
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from weakref import WeakSet

import pytest

from notices.intake.cpu_budget import TooSlow, within
from notices.intake.polling import poll
from notices.models import Incident, Item, Notice, Source
from tests.intake.conftest import Put, Reply, Web, detail_html, list_html
from tests.intake.test_hostile_answers import NEW, OLD

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


def entry(title: str, link: str, guid: str = "", day: str = "") -> str:
    shown = f"<pubDate>{day}</pubDate>" if day else ""
    name = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return f"<item><title>{title}</title><link>{link}</link>{name}{shown}</item>"


def channel(*entries: str) -> str:
    return f"<rss version='2.0'><channel><title>x</title>{''.join(entries)}</channel></rss>"


def test_304_without_validators_leaves_those_we_have(on_the_web: Web, put: Put, now: datetime) -> None:
    put(Reply(list_html(OLD), headers={"ETag": '"1"', "Last-Modified": "Mon, 21 Oct 2019 02:00:00 GMT"}))
    poll(now)
    put(Reply(status=304))
    poll(now + HOUR)
    row = Source.objects.get()
    assert (row.etag, row.last_modified) == ('"1"', "Mon, 21 Oct 2019 02:00:00 GMT")


@pytest.mark.parametrize(
    "links",
    [("http://www.yy.gov.cn/a.html", "https://www.yy.gov.cn/a.html"), ("/a.html", "/a.html?utm_source=rss")],
    ids=["scheme", "tracking"],
)
def test_address_that_flips_between_two_is_no_news(feed: Put, now: datetime, links: tuple[str, str]) -> None:
    feed(channel(entry("关于绿色工厂申报的通知", links[0], "1")))
    poll(now)
    for number in range(1, 5):
        feed(channel(entry("关于绿色工厂申报的通知", links[number % 2], "1")))
        assert poll(now + number * HOUR).items_new == 0
    assert Item.objects.count() == 1


def test_link_that_changes_under_one_title_and_day_is_no_news(feed: Put, now: datetime) -> None:
    day = "Mon, 21 Oct 2019 08:00:00 +0800"
    for number, link in enumerate(("/2019/a.html", "/art/b.html", "/2019/a.html")):
        feed(channel(entry("关于绿色工厂申报的通知", link, day=day)))
        assert poll(now + number * HOUR).items_new == 0


def test_feed_of_111206_references_is_read(feed: Put, now: datetime) -> None:
    feed(channel(entry(f"关于绿色工厂的通知{'&#160;' * 111_206}", "/a.html")))
    assert poll(now).items_baseline == 1


def test_quadratic_entities_are_refused(feed: Put, now: datetime) -> None:
    entity = f"<!DOCTYPE r [<!ENTITY a '{'x' * 50_000}'>]>"
    feed(f"{entity}<rss version='2.0'><channel><title>{'&a;' * 50_000}</title></channel></rss>")
    report = poll(now)
    assert (report.items_baseline, len(report.troubles)) == (0, 1)


def test_feed_in_utf_16_is_read(feed: Put, now: datetime) -> None:
    text = "<?xml version='1.0' encoding='utf-16'?>" + channel(entry("关于朱镕同志任职的公示", "/a.html"))
    feed(Reply(text.encode("utf-16"), headers={"Content-Type": "application/rss+xml"}))
    poll(now)
    assert Item.objects.get().title == "关于朱镕同志任职的公示"


def test_page_in_gbk_is_no_mojibake(put: Put, now: datetime) -> None:
    body = list_html(OLD).replace("<meta charset=utf-8>", "").encode("gbk")
    put(Reply(body, headers={"Content-Type": "text/html"}))
    poll(now)
    assert Item.objects.get().title == OLD[1]


def test_entry_of_the_future_is_news(on_the_web: Web, put: Put, now: datetime) -> None:
    put(list_html(OLD))
    poll(now)
    put(list_html((NEW[0], NEW[1], "2029-10-21"), OLD))
    assert poll(now + HOUR).notices_new == 1


def test_entry_without_a_day_is_news(put: Put, now: datetime) -> None:
    put(list_html(OLD))
    poll(now)
    put(list_html(("/t_2.html", NEW[1], ""), OLD))
    assert poll(now + HOUR).items_new == 1


def test_entry_without_link_or_title_is_left_out(feed: Put, now: datetime) -> None:
    bare = "<item><title>没有链接的一条</title></item><item><link>/b.html</link></item>"
    feed(channel(bare, entry("关于绿色工厂申报的通知", "/a.html")))
    assert poll(now).items_baseline == 1


def test_sources_that_are_all_due_after_a_restart_spread_again(
    on_the_web: Web, db: None, now: datetime
) -> None:
    for number in range(12):
        Source.objects.create(
            slug=f"s{number}",
            name="某",
            url=f"http://h{number}.gov.cn/l/",
            family="trs",
            region=1,
            enabled=True,
        )
    on_the_web["/l/"] = list_html(OLD)
    poll(now)
    assert len(set(Source.objects.values_list("next_poll_at", flat=True))) >= 10


@pytest.mark.parametrize("reply", [Reply(status=500), Reply("<p>改版</p>"), Reply(status=404)])
def test_source_is_never_stopped_by_errors(put: Put, source: Source, now: datetime, reply: Reply) -> None:
    put(reply)
    for number in range(20):
        assert poll(now + number * DAY).sources_polled == 1
    put(list_html(OLD))
    assert poll(now + 20 * DAY).items_baseline == 1


def test_error_that_comes_and_goes_is_no_incident(put: Put, now: datetime) -> None:
    for number in range(8):
        put(Reply(status=500) if number % 2 else list_html(OLD, NEW))
        poll(now + number * DAY)
    assert not Incident.objects.exists()


def test_count_that_goes_up_and_down_is_no_incident(put: Put, now: datetime) -> None:
    lines = [(f"/t2019100{n}_{n}.html", f"关于第{n}批项目的通知", f"2019-10-0{n}") for n in range(1, 9)]
    for number in range(8):
        put(list_html(*(lines[:3] if number % 2 else lines)))
        poll(now + number * HOUR)
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        "<html><body>" + "<div>" * 200_000 + list_html(OLD),
        "<a " + " ".join(f"a{n}=1" for n in range(200_000)) + ">",
        "<datastore><record><![CDATA[" * 100_000,
        "<!--" + " " * 2_000_000,
        "<title>" * 200_000,
        "[" * 1_000_000,
        '{"a":' * 300_000,
        "createPageHTML(" * 300_000,
        " \n" * 2_000_000,
    ],
    ids=["deep", "attributes", "records", "comment", "titles", "brackets", "objects", "calls", "blanks"],
)
@pytest.mark.parametrize("family", ["trs", "hanweb_jcms", "ucap", "feed"])
def test_hostile_page_keeps_nobody_busy(put: Put, now: datetime, family: str, hostile: str) -> None:
    Source.objects.update(family=family)
    put(hostile)
    begun = time.process_time()
    poll(now)
    assert time.process_time() - begun < 8
    assert not Notice.objects.exists()


def test_page_that_would_take_too_long_is_told(
    put: Put,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("notices.intake.cpu_budget.PER_PAGE", 0.05)
    put(list_html(*((f"/t20191001_{n}.html", f"关于第{n}批项目的通知", "2019-10-01") for n in range(20_000))))
    [trouble] = poll(now).troubles
    assert "页面过于庞杂" in trouble


def spin() -> None:
    while True:
        pass


def test_budget_is_of_our_own_time_and_ends_with_the_block() -> None:
    with within(0.05):
        time.sleep(0.2)
    with pytest.raises(TooSlow), within(0.05):
        spin()


class Passing:
    """Something that goes as soon as it is there."""


def pass_by() -> None:
    kept: WeakSet[Passing] = WeakSet()
    while True:
        kept.add(Passing())


def test_budget_spares_what_runs_when_an_object_goes() -> None:
    for _ in range(10):
        with pytest.raises(TooSlow), within(0.02):
            pass_by()


def test_budget_spares_what_runs_when_garbage_is_collected() -> None:
    ended: list[str] = []

    def look(phase: str, _info: dict[str, int]) -> None:
        if phase == "stop" and not ended:
            began = time.process_time()
            while time.process_time() - began < 0.1:
                pass
            ended.append(phase)

    def collect() -> None:
        gc.collect(0)
        spin()

    gc.callbacks.append(look)
    try:
        with pytest.raises(TooSlow), within(0.02):
            collect()
    finally:
        gc.callbacks.remove(look)
    assert ended


def test_stop_that_is_lost_in_a_collected_generator_is_raised_again_and_not_told() -> None:
    def slow_to_close() -> Iterator[None]:
        try:
            yield
        finally:
            spin()

    def drop() -> None:
        next(slow_to_close())
        spin()

    with pytest.raises(TooSlow), within(0.02):
        drop()


def test_budget_tells_what_else_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __del__(self) -> None:
            raise ValueError

    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: told.append(lost.exc_type))
    with within(1):
        Broken()
    assert told == [ValueError]


def test_notice_page_that_would_take_too_long_becomes_a_notice_by_its_title(
    on_the_web: Web,
    put: Put,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(list_html(OLD))
    poll(now)
    put(list_html(NEW, OLD))
    on_the_web[NEW[0]] = detail_html(NEW[1], "现将有关事项通知如下。" * 200_000)
    monkeypatch.setattr("notices.intake.cpu_budget.PER_PAGE", 0.02)
    reports = [poll(now + n * HOUR) for n in range(1, 4)]
    assert "页面过于庞杂" in reports[0].troubles[0]
    assert [report.notices_new for report in reports] == [0, 0, 1]


def test_address_of_a_source_is_no_file(source: Source, now: datetime) -> None:
    Source.objects.update(url="file:///etc/passwd", family="feed")
    [trouble] = poll(now).troubles
    assert "地址不能用" in trouble
