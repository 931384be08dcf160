"""A notice whose page cannot be had is made from what its feed says of it, and says so."""

from datetime import date, datetime, timedelta
from html import escape

import pytest

from notices.intake.answers import Fetched
from notices.intake.feed_texts import FEED, LABEL, page_in_feed
from notices.intake.polling import poll
from notices.intake.recipes import recipe_of
from notices.models import Item, Notice, Source
from notices.understanding import FROM_FEED, understand
from tests.intake.conftest import Reply, Web, detail_html

HOUR = timedelta(hours=1)
LIST, PAGE = "/tzgg/index.html", "/info/2.html"
TITLE = "关于组织申报2019年度绿色工厂的通知"
TEXT = "各有关单位：请于2019年11月15日前将申报材料报送我局。"
SHORT = "各有关单位："
DATED = "<pubDate>Sun, 20 Oct 2019 01:00:00 GMT</pubDate>"
URL = f"http://www.yy.gov.cn{PAGE}"


def rss(*items: str) -> str:
    old = (
        f"<item><title>关于国庆放假的通知</title><link>http://www.yy.gov.cn/info/1.html</link>{DATED}</item>"
    )
    spaces = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    return f"<rss version='2.0' {spaces}><channel><title>x</title>{''.join(items)}{old}</channel></rss>"


def item(inside: str) -> str:
    return f"<item><title>{TITLE}</title><link>{URL}</link>{DATED}{inside}</item>"


WORDS = {
    "description": rss(item(f"<description>{escape(f'<p>{TEXT}</p>')}</description>")),
    "encoded": rss(
        item(
            f"<description>{SHORT}</description>"
            f"<content:encoded><![CDATA[<p>{TEXT}</p><script>x()</script>]]></content:encoded>"
        )
    ),
    "atom": (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry>"
        f"<title>{TITLE}</title><link href='{PAGE}'/><content type='text'>{TEXT}</content></entry></feed>"
    ),
    "json": (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": '
        f'[{{"url": "{URL}", "title": "{TITLE}", "summary": "{SHORT}", "content_html": "<p>{TEXT}</p>"}}]}}'
    ),
}


def told(feed: str) -> str | None:
    answer = Fetched("http://www.yy.gov.cn/rss.xml", 200, {}, feed.encode())
    page = page_in_feed(answer, recipe_of("feed", {}), URL, TITLE, date(2019, 10, 22))
    return page.text if page else None


@pytest.mark.parametrize("feed", WORDS.values(), ids=WORDS)
def test_longest_text_of_the_entry_is_taken(feed: str) -> None:
    assert told(feed) == TEXT


@pytest.mark.parametrize(
    "feed",
    [rss(), rss(item("")), rss(item(f"<description>{TITLE}</description>")), "<html>x</html>", ""],
)
def test_feed_that_says_no_more_than_the_title_says_nothing(feed: str) -> None:
    assert told(feed) is None


@pytest.fixture
def unreachable(on_the_web: Web, source: Source, now: datetime) -> Web:
    """A feed with a new entry whose page fails every time."""
    Source.objects.update(family="feed")
    on_the_web[LIST] = rss()
    poll(now - HOUR)
    on_the_web[LIST], on_the_web[PAGE] = WORDS["encoded"], Reply(status=500)
    for number in range(3):
        poll(now + number * HOUR)
    return on_the_web


def test_notice_is_made_from_the_feed_and_says_so(unreachable: Web, now: datetime) -> None:
    notice = Notice.objects.get()
    understand(notice.pk, now + 3 * HOUR)
    notice.refresh_from_db()
    revision, reading = notice.revisions.get(), notice.reading
    assert (revision.text, revision.meta) == (TEXT, {LABEL: FEED})
    assert reading is not None
    assert (FROM_FEED in reading.doubts, reading.where_read(date(2019, 11, 15))) == (True, FEED)
    assert "先按订阅源所附文字建立通知" in Item.objects.get(url=URL).trouble


def test_page_that_can_be_had_later_takes_its_place(unreachable: Web, now: datetime) -> None:
    understand(Notice.objects.get().pk, now + 3 * HOUR)
    unreachable[PAGE] = detail_html(TITLE, TEXT)
    report = poll(now + timedelta(days=1))
    notice = Notice.objects.get()
    understand(notice.pk, now + timedelta(days=1))
    notice.refresh_from_db()
    assert (report.notices_new, notice.revisions.latest("number").meta.get(LABEL)) == (0, None)
    assert notice.reading is not None
    assert FROM_FEED not in notice.reading.doubts
