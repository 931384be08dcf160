"""Whether a list is what it was: by its bytes, its links, its lines."""

from datetime import date, datetime, timedelta

import pytest

from notices.intake.list_digests import NONE, Digests, of_links
from notices.intake.polling import poll
from notices.models import Item, Source
from tests.intake.conftest import Put, list_html

LINE = ("/t20191001_1.html", "关于国庆放假的通知", "2019-10-01")
PAGE = list_html(LINE)
TRS = Source(family="trs")
MADE_ANEW = PAGE + (
    '<meta name="others" content="页面生成时间 2019-10-22 10:31:07"><script>var HBB_HC="a93f";</script>'
    "<p>您是第 12345 位访客</p><!-- made at 10:31 -->"
)


def links(text: str, source: Source = TRS) -> str:
    return of_links(source, text.encode())


def test_links_are_the_same_whatever_is_written_beside_them() -> None:
    assert links(PAGE) == links(MADE_ANEW) != NONE


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace("_1.html", "_2.html"),
        PAGE.replace("国庆", "春节"),
        PAGE.replace(LINE[1], f"<span>{LINE[1]}</span>（更正）"),
        PAGE.replace("</ul>", '<li><A HREF="/t20191002_2.html">第二条</A></li></ul>'),
        PAGE.replace("</ul>", '<li><a href="/t20191002_2.html">没有结尾的链接</li></ul>'),
        PAGE.replace(
            "<body", '<body><script type="text/xml"><![CDATA[<a href="/3.html">又一条</a>]]></script>'
        ),
    ],
)
def test_any_other_link_or_title_is_noticed(other: str) -> None:
    assert other != PAGE
    assert links(other) != links(PAGE)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (Source(family="feed"), PAGE),
        (
            Source(family="ucap"),
            '{"results": [{"title": "通知", "contentHtml": "<a href=/1.html>通知</a>"}]}',
        ),
        (Source(family="trs", recipe={"title": "./h4"}), PAGE),
        (Source(family="generic", recipe={"link": "./area"}), PAGE),
        (TRS, "<html><body><p>系统维护中</p></body></html>"),
    ],
)
def test_links_say_nothing_where_lines_may_be_something_else(source: Source, text: str) -> None:
    assert links(text, source) == NONE


def test_digests_of_an_older_release_are_equal_to_nothing() -> None:
    old = Digests.kept("0123456789abcdef" * 4)
    assert (Digests.kept(""), len(old.raw)) == (Digests(), len(NONE))


def test_page_made_anew_changes_nothing_about_its_source(put: Put, source: Source, now: datetime) -> None:
    put(PAGE)
    poll(now)
    before = Source.objects.get().items_hash
    put(MADE_ANEW)
    report = poll(now + timedelta(hours=1))
    after = Source.objects.get()
    assert (report.troubles, after.items_hash, after.last_success_at) == (
        (),
        before,
        now + timedelta(hours=1),
    )


def test_day_beside_a_link_is_read_again_on_the_next_day(put: Put, source: Source, now: datetime) -> None:
    put(PAGE)
    poll(now)
    put(PAGE.replace(LINE[2], "2019-10-02"))
    poll(now + timedelta(hours=1))
    assert Item.objects.get().published_on == date(2019, 10, 1)
    poll(now + timedelta(days=1))
    assert Item.objects.get().published_on == date(2019, 10, 2)
