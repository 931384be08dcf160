"""Polls of a real web on loopback, seen in rows."""

from datetime import datetime, timedelta

import pytest

from notices.intake.polling import poll
from notices.models import Item, Notice, Revision, Source
from tests.intake.conftest import LIST_URL, Reply, Web, detail_html, list_html, page

OLD = ("/t20191001_1.html", "关于国庆放假的通知", "2019-10-01")
NEW = ("/t20191021_2.html", "关于做好绿色工厂推荐工作的通知", "2019-10-21")
TEXT = "各单位：请于2019年10月29日前报送申报材料。"
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What no `except Exception` catches, as SIGKILL."""


@pytest.fixture
def after_baseline(on_the_web: Web, source: Source, now: datetime) -> Web:
    """The source has been polled once and its list then shows a new line."""
    on_the_web["/tzgg/index.html"] = list_html(OLD)
    poll(now - HOUR)
    on_the_web["/tzgg/index.html"] = list_html(NEW, OLD)
    on_the_web[NEW[0]] = detail_html(NEW[1], TEXT)
    on_the_web.asked.clear()
    return on_the_web


def test_first_poll_is_a_silent_baseline(on_the_web: Web, source: Source, now: datetime) -> None:
    on_the_web["/tzgg/index.html"] = list_html(OLD, NEW)
    report = poll(now)
    assert (report.sources_polled, report.items_baseline, report.items_new, report.notices_new) == (
        1,
        2,
        0,
        0,
    )
    assert on_the_web.paths() == ["/tzgg/index.html"]
    assert Notice.objects.count() == 0


def test_empty_first_poll_is_no_baseline(on_the_web: Web, source: Source, now: datetime) -> None:
    on_the_web["/tzgg/index.html"] = list_html()
    [trouble] = poll(now).troubles
    assert "列表还在，但一条也没有" in trouble
    on_the_web["/tzgg/index.html"] = list_html(OLD)
    assert poll(now + HOUR).items_baseline == 1


def test_new_line_becomes_a_notice_with_its_text(after_baseline: Web, now: datetime) -> None:
    report = poll(now)
    assert (report.items_new, report.notices_new, report.troubles) == (1, 1, ())
    notice = Notice.objects.get()
    assert (notice.title, str(notice.published_on)) == (NEW[1], "2019-10-21")
    assert notice.revisions.get().text == TEXT


def test_second_poll_makes_no_second_notice(after_baseline: Web, now: datetime) -> None:
    poll(now)
    report = poll(now + HOUR)
    assert (report.items_new, report.notices_new) == (0, 0)
    assert Notice.objects.count() == 1


def test_source_is_left_alone_until_it_is_due(after_baseline: Web, now: datetime) -> None:
    poll(now)
    assert poll(now + timedelta(minutes=5)).sources_polled == 0


def test_list_unchanged_asks_conditionally_and_keeps_validators(
    on_the_web: Web, source: Source, now: datetime
) -> None:
    on_the_web["/tzgg/index.html"] = Reply(list_html(OLD), headers={"ETag": '"v1"'})
    poll(now)
    on_the_web["/tzgg/index.html"] = Reply(status=304)
    poll(now + HOUR)
    poll(now + 2 * HOUR)
    assert [asked.headers.get("If-None-Match") for asked in on_the_web.asked] == [None, '"v1"', '"v1"']
    source.refresh_from_db()
    assert (source.last_success_at, source.trouble) == (now + 2 * HOUR, "")


def test_list_is_asked_in_full_once_a_day(on_the_web: Web, source: Source, now: datetime) -> None:
    on_the_web["/tzgg/index.html"] = Reply(list_html(OLD), headers={"ETag": '"v1"'})
    poll(now)
    poll(now + timedelta(days=1))
    assert "If-None-Match" not in on_the_web.asked[1].headers


def test_list_with_other_bytes_but_the_same_lines_changes_nothing(after_baseline: Web, now: datetime) -> None:
    after_baseline["/tzgg/index.html"] = f"<!-- 页面生成时间 10:00 -->{list_html(OLD)}"
    assert poll(now).items_new == 0
    assert Item.objects.count() == 1


def test_redesign_with_new_addresses_alerts_nobody(after_baseline: Web, now: datetime) -> None:
    poll(now)
    moved = [(f"/new{path}", title, day) for path, title, day in (NEW, OLD)]
    after_baseline["/tzgg/index.html"] = list_html(*moved)
    assert poll(now + HOUR).items_new == 0
    assert Notice.objects.get().url == "http://www.yy.gov.cn/new/t20191021_2.html"


def test_changed_page_is_seen_at_the_revisit(after_baseline: Web, now: datetime) -> None:
    poll(now)
    after_baseline[NEW[0]] = detail_html(NEW[1], "申报截止延长至2019年11月5日，其余不变。")
    assert poll(now + HOUR).revisions_new == 0
    assert poll(now + timedelta(days=1)).revisions_new == 1
    assert [revision.number for revision in Revision.objects.all()] == [1, 2]


def test_changed_line_is_followed_up_at_once(after_baseline: Web, now: datetime) -> None:
    poll(now)
    after_baseline["/tzgg/index.html"] = list_html((NEW[0], f"{NEW[1]}（更正）", NEW[2]), OLD)
    after_baseline[NEW[0]] = detail_html(f"{NEW[1]}（更正）", TEXT)
    assert poll(now + HOUR).revisions_new == 1


def test_failed_page_is_tried_again_and_found(after_baseline: Web, now: datetime) -> None:
    after_baseline[NEW[0]] = Reply(status=500)
    [trouble] = poll(now).troubles
    assert "HTTP 500" in trouble
    after_baseline[NEW[0]] = detail_html(NEW[1], TEXT)
    assert poll(now + HOUR).notices_new == 1
    assert Item.objects.get(notice__isnull=False).trouble == ""


def test_page_that_always_fails_is_kept_from_its_list_title(after_baseline: Web, now: datetime) -> None:
    after_baseline[NEW[0]] = Reply(status=500)
    reports = [poll(now + n * HOUR) for n in range(3)]
    assert [report.notices_new for report in reports] == [0, 0, 1]
    notice = Notice.objects.get()
    assert (notice.title, str(notice.published_on)) == (NEW[1], "2019-10-21")
    assert "请人工看原文" in notice.items.get().trouble


def test_page_that_killed_every_attempt_is_not_fetched_again(after_baseline: Web, now: datetime) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("notices.intake.polling.record_visit", _killed)
        for n in range(3):
            with pytest.raises(Killed):
                poll(now + n * HOUR)
    after_baseline.asked.clear()
    assert poll(now + 4 * HOUR).notices_new == 1
    assert NEW[0] not in after_baseline.paths()


def test_page_kept_from_its_title_is_completed_later(after_baseline: Web, now: datetime) -> None:
    after_baseline[NEW[0]] = Reply(status=500)
    for n in range(3):
        poll(now + n * HOUR)
    after_baseline[NEW[0]] = detail_html(NEW[1], TEXT)
    poll(now + timedelta(days=1))
    assert Notice.objects.get().revisions.get(number=2).text == TEXT


TROUBLES = [
    (Reply(status=304), "不合 HTTP 规定"),
    (Reply(status=500), "网站应答出错（HTTP 500）"),
    (Reply(status=404), "栏目可能已搬家"),
    (Reply(page("challenge_412.html"), status=412), "要求浏览器验证"),
    (Reply("<p>改版中</p>"), "找不到列表"),
    (Reply('{"a": 1}'), "不是应有的类型"),
    (Reply(status=302, headers={"Location": "http://10.0.0.1/"}), "内网或本机地址"),
]


@pytest.mark.parametrize(("reply", "words"), TROUBLES)
def test_broken_source_says_what_failed_and_what_happens_next(
    on_the_web: Web, source: Source, now: datetime, reply: Reply, words: str
) -> None:
    on_the_web["/tzgg/index.html"] = reply
    [trouble] = poll(now).troubles
    source.refresh_from_db()
    assert words in source.trouble
    assert source.trouble.endswith("后自动再试，不会停用。")
    assert (trouble, source.failures) == (f"{source.name}：{source.trouble}", 1)


def test_broken_source_backs_off_to_a_day_and_never_stops(
    on_the_web: Web, source: Source, now: datetime
) -> None:
    for n in range(12):
        poll(now + n * timedelta(hours=25))
    source.refresh_from_db()
    last = now + 11 * timedelta(hours=25)
    assert (source.failures, source.next_poll_at) == (12, last + timedelta(hours=24))


def test_recovery_clears_the_trouble(on_the_web: Web, source: Source, now: datetime) -> None:
    poll(now)
    on_the_web["/tzgg/index.html"] = list_html(OLD)
    poll(now + HOUR)
    source.refresh_from_db()
    assert (source.failures, source.trouble, source.last_success_at) == (0, "", now + HOUR)


def test_page_that_breaks_our_code_does_not_spoil_the_others(
    on_the_web: Web, source: Source, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    Source.objects.create(slug="a", name="甲", url="http://a.gov.cn/", family="feed", region=1, enabled=True)
    on_the_web["/"] = "<rss><channel><item/></channel></rss>"
    on_the_web["/tzgg/index.html"] = list_html(OLD)
    monkeypatch.setattr("notices.intake.families.feed.feedparser.parse", lambda *_, **__: 1 // 0)
    report = poll(now)
    assert report.items_baseline == 1
    assert "程序处理出错，已记入日志，请报告技术人员（ZeroDivisionError）" in report.troubles[0]


def test_throttled_source_waits_as_asked(on_the_web: Web, source: Source, now: datetime) -> None:
    on_the_web["/tzgg/index.html"] = Reply(status=503, headers={"Retry-After": "7200"})
    poll(now)
    source.refresh_from_db()
    assert (source.next_poll_at, source.failures) == (now + 2 * HOUR, 0)
    assert "稍后再来" in source.trouble


def test_clock_set_back_does_not_silence_a_source(after_baseline: Web, now: datetime) -> None:
    poll(now + timedelta(days=400))
    assert poll(now).sources_polled == 1


def test_killed_poll_loses_nothing(
    after_baseline: Web, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("notices.intake.polling.record_visit", _killed)
        with pytest.raises(Killed):
            poll(now)
    assert poll(now + HOUR).notices_new == 1
    assert Notice.objects.count() == 1


def _killed(*_: object) -> None:
    raise Killed


def test_disabled_source_is_not_polled(on_the_web: Web, source: Source, now: datetime) -> None:
    Source.objects.update(enabled=False)
    assert poll(now).sources_polled == 0


def test_broken_feed_and_page_where_a_feed_was_due(on_the_web: Web, source: Source, now: datetime) -> None:
    Source.objects.update(family="feed")
    on_the_web["/tzgg/index.html"] = "<rss><channel><item><title>x</chan"
    assert "订阅源格式有误" in poll(now).troubles[0]
    on_the_web["/tzgg/index.html"] = "<!doctype html><html><body>登录</body></html>"
    assert "返回的是网页" in poll(now + 2 * HOUR).troubles[0]


def test_bad_recipe_is_said_in_words(on_the_web: Web, source: Source, now: datetime) -> None:
    Source.objects.update(recipe={"rows": "//ul["})
    on_the_web["/tzgg/index.html"] = list_html(OLD)
    assert "取法中的“rows”不是正确的 XPath" in poll(now).troubles[0]


def test_poll_takes_no_more_sources_than_its_limit(on_the_web: Web, source: Source, now: datetime) -> None:
    for n in range(3):
        Source.objects.create(slug=f"s{n}", name="某", url=LIST_URL, family="trs", region=1, enabled=True)
    assert [poll(now, limit=3).sources_polled, poll(now, limit=3).sources_polled] == [3, 1]


def test_source_is_put_off_before_it_is_fetched(
    on_the_web: Web, source: Source, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("notices.intake.fetching.Crawler.stream", _killed)
        with pytest.raises(Killed):
            poll(now)
    assert poll(now).sources_polled == 0
