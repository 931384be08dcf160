from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from notices.models import Deadline, Notice
from tests.pages import rows

pytestmark = pytest.mark.django_db


def _page(client: Client, notice: Notice) -> str:
    with time_machine.travel("2019-10-25T09:00:00+08:00", tick=False):
        answer = client.get(f"/n/{notice.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_notice_page_shows_days_left_then_title_then_issuer_then_source(client: Client) -> None:
    page = _page(client, rows.notice(rows.source(), "推荐绿色工厂的通知", date(2019, 10, 29)))

    seen = ["剩 4 天 · 工作日 2", "<h1>推荐绿色工厂的通知", "淮北市经济和信息化局", "查看原文", "以原文为准"]
    places = [page.index(words) for words in seen]
    assert places == sorted(places)


def test_notice_page_proves_what_was_read(client: Client) -> None:
    notice = rows.notice(
        rows.source(),
        "通知",
        date(2019, 10, 29),
        evidence={"issuer": {"quote": "淮北市经济和信息化局", "place": "body"}},
        extract=["请各单位于10月29日前报送"],
    )

    page = _page(client, notice)
    assert "<q>于10月29日前报送</q>" in page
    assert "<q>淮北市经济和信息化局</q>" in page
    assert "<blockquote>请各单位于10月29日前报送</blockquote>" in page


def test_notice_page_strikes_a_deadline_that_was_moved(client: Client) -> None:
    of = rows.source()
    notice = rows.notice(of, "推荐绿色工厂的通知", date(2019, 10, 29))
    moving = rows.notice(of, "关于延期的通知")
    moving.follows, moving.follows_how = notice, "extends"
    moving.save()
    old = notice.deadlines.get()
    old.is_main = False
    old.save()
    new = Deadline.objects.create(
        notice=notice,
        reading=rows.reading_of(moving),
        on=date(2019, 11, 5),
        quote="延长至11月5日",
        is_main=True,
    )
    old.superseded_by = new
    old.save()

    page = _page(client, notice)
    assert "<s>2019年10月29日 周二</s> 已改为 2019年11月5日 周二" in page
    assert f'这条通知已有变更：<a href="/n/{moving.pk}/">关于延期的通知</a>' in page
    assert "已延期 · 剩 11 天" in page
    assert "这条通知变更了：" in _page(client, moving)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p onclick="x()">正文</p><script>alert(1)</script>', "<p>正文</p>"),
        ('<p style="color:red" class="a">正文</p>', "<p>正文</p>"),
        ('<img src="http://t.cn/1.gif"><p>正文</p>', "<p>正文</p>"),
        (
            '<a href="./f/1.pdf">附件</a>',
            'href="http://jxj.huaibei.gov.cn/xxfb/f/1.pdf" rel="noopener noreferrer nofollow"',
        ),
        ('<a href="javascript:alert(1)">点</a>', ">点</a>"),
        ("<table><tr><td>表格</td></tr></table>", "<td>表格</td>"),
        ("正文，没有标签", "正文，没有标签"),
    ],
)
def test_full_text_keeps_structure_and_nothing_that_acts(client: Client, html: str, shown: str) -> None:
    page = _page(client, rows.notice(rows.source(), "通知", html=html))

    assert shown in page
    assert not any(word in page for word in ("alert(", "onclick", "t.cn", "color:red"))


def test_full_text_without_markup_stands_in_paragraphs(client: Client) -> None:
    page = _page(client, rows.notice(rows.source(), "通知", text="第一段<b>\n\n第二段"))

    assert "<p>第一段&lt;b&gt;</p>\n<p>第二段</p>" in page


def test_a_hostile_title_is_escaped(client: Client) -> None:
    page = _page(client, rows.notice(rows.source(), "<script>淮北</script>"))

    assert "<script>" not in page
    assert "&lt;script&gt;淮北" in page


def test_an_unknown_notice_is_404_in_chinese(client: Client) -> None:
    answer = client.get("/n/999/")

    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_notice_page_asks_as_many_queries_whatever_it_carries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    of = rows.source()
    plain = rows.notice(of, "通知", date(2019, 10, 29))
    rich = rows.notice(of, "通知", date(2019, 10, 29))
    for day in (1, 2, 3):
        Deadline.objects.create(
            notice=rich, reading=rows.reading_of(rich), on=date(2019, 11, day), quote="另"
        )
    with django_assert_max_num_queries(50) as first:
        _page(client, plain)

    with django_assert_max_num_queries(len(first.captured_queries)):
        _page(client, rich)


def test_letters_link_to_the_notice_page(client: Client) -> None:
    from django.urls import reverse

    from alerts.letters import letter
    from tests.mail.samples import BASE, ORDERS

    (card,) = letter(ORDERS["alert"]).sections[0].cards
    assert card.page_url == BASE + reverse("notice", args=[card.notice_id])


def test_notice_page_shows_contacts_with_the_words_that_prove_them(client: Client) -> None:
    quote, where = "联系人：林涛，电话：0571-87051122", "附件2，第3页"
    proof = {"quote": quote, "place": "attachment", "start": 3, "where": where}
    contacts = [
        {"kind": "person", "value": "林涛", "whose": "规划处", **proof},
        {"kind": "phone", "value": "0571-87051122", "whose": "林涛", **proof},
    ]

    page = _page(client, rows.notice(rows.source(), "通知", contacts=contacts))
    assert "联系人 林涛（规划处）" in page
    assert '<a href="tel:057187051122"' in page
    assert page.count("<q>联系人：林涛，电话：0571-87051122</q>") == 1
    assert "附件2，第3页" in page


def test_a_notice_that_stands_nowhere_else_offers_no_original(client: Client) -> None:
    notice = rows.notice(rows.source(), "通知")
    Notice.objects.filter(pk=notice.pk).update(url="urn:kuaixun:text:1")

    page = _page(client, notice)
    assert "查看原文" not in page
    assert "urn:" not in page


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "9" * 40])
def test_number_that_no_notice_has_is_not_found(client: Client, number: str) -> None:
    assert client.get(f"/n/{number}/").status_code == 404
