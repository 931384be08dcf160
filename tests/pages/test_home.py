from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.pages import rows

pytestmark = pytest.mark.django_db


def _home(client: Client) -> str:
    with time_machine.travel("2019-10-25T09:00:00+08:00", tick=False):
        answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_says_what_this_is(client: Client) -> None:
    assert "快讯看着各级政府网站的通知" in _home(client)


def test_an_empty_home_says_what_to_do(client: Client) -> None:
    page = _home(client)

    assert "请在工作台启用来源" in page
    assert "还没有启用的来源" in page


def test_home_shows_what_closes_first_on_top(client: Client) -> None:
    of = rows.source()
    rows.notice(of, "十一月截止的通知", date(2019, 11, 20))
    rows.notice(of, "十月截止的通知", date(2019, 10, 29))
    rows.notice(of, "已经截止的通知", date(2019, 10, 24))

    nearest = _home(client).split('id="newest"')[0]
    assert nearest.index("剩 4 天") < nearest.index("十月截止的通知") < nearest.index("十一月截止的通知")
    assert "已经截止的通知" not in nearest


def test_home_leaves_news_out(client: Client) -> None:
    rows.notice(rows.source(), "局长调研企业", kind="news")

    assert "局长调研企业" not in _home(client)


@pytest.mark.parametrize(("failures", "said"), [(0, "上次都已取到"), (3, "其中1个上次没有取到")])
def test_home_tells_how_the_sources_do(client: Client, failures: int, said: str) -> None:
    rows.source(failures=failures)

    assert f"正在看1个来源，{said}；最近一次是10月22日 09:00。" in _home(client)


def test_the_stylesheet_is_served(client: Client) -> None:
    answer = client.get("/static/pages/kuaixun.css")
    answer.close()

    assert (answer.status_code, answer["Content-Type"]) == (200, 'text/css; charset="utf-8"')


def test_home_asks_as_many_queries_for_three_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    of = rows.source()
    rows.notice(of, "第一条", date(2019, 10, 29))
    with django_assert_max_num_queries(50) as first:
        _home(client)
    for number in (2, 3):
        rows.notice(of, f"第{number}条", date(2019, 10, 29))

    with django_assert_max_num_queries(len(first.captured_queries)):
        _home(client)
