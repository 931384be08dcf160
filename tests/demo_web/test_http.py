"""Validators, compression, charsets, paging and what else a polite client meets."""

import gzip
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest

from demo.web.server import GovernmentWeb
from tests.demo_web.conftest import AFTER_ALL, Fetch

HUAIBEI = "http://jxj.huaibei.gov.cn/xxfb/tzgg/index.html"
TIANJIN = "http://gyxxh.tj.gov.cn/tzgg/"
TORCH = "http://www.chinatorch.gov.cn/kjb/tzgg/list.shtml"


def test_held_etag_gets_304_without_bytes(web: GovernmentWeb, fetch: Fetch) -> None:
    tag = fetch(HUAIBEI).headers["etag"]

    again = fetch(HUAIBEI, If_None_Match=tag)

    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


def test_held_date_gets_304(web: GovernmentWeb, fetch: Fetch) -> None:
    since = fetch(HUAIBEI).headers["last-modified"]

    assert fetch(HUAIBEI, If_Modified_Since=since).status == 304


def test_validators_move_when_the_list_does(government_web: GovernmentWeb, fetch: Fetch) -> None:
    old = fetch(HUAIBEI).headers

    government_web.now = AFTER_ALL
    now = fetch(HUAIBEI, If_None_Match=old["etag"], If_Modified_Since=old["last-modified"])

    assert now.status == 200
    assert parsedate_to_datetime(now.headers["last-modified"]) == datetime.fromisoformat(
        "2019-10-25T15:20+08:00"
    )


def test_page_that_prints_its_making_differs_each_minute_and_has_no_validators(
    government_web: GovernmentWeb, fetch: Fetch
) -> None:
    first = fetch(TORCH)
    government_web.now = AFTER_ALL.replace(day=20)

    again = fetch(TORCH)

    assert first.body != again.body
    assert "etag" not in again.headers | first.headers


def test_gzip_is_used_when_accepted(web: GovernmentWeb, fetch: Fetch) -> None:
    squeezed = fetch(HUAIBEI, Accept_Encoding="gzip, deflate")

    assert squeezed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(squeezed.body) == fetch(HUAIBEI).body


def test_gbk_site_says_gb2312_in_its_page_and_nothing_in_its_header(web: GovernmentWeb, fetch: Fetch) -> None:
    page = fetch(TIANJIN)

    assert page.headers["content-type"] == "text/html"
    assert b"charset=gb2312" in page.body


def test_gbk_page_holds_a_character_that_gb2312_lacks(web: GovernmentWeb, fetch: Fetch) -> None:
    body = fetch(f"{TIANJIN}69044.htm").body

    assert "系统支持人员周喆" in body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        body.decode("gb2312")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("http://www.mnr.gov.cn/gk/tzgg/", "http://www.mnr.gov.cn/gk/tzgg/index_1.html"),
        (TORCH, "http://www.chinatorch.gov.cn/kjb/tzgg/list_2.shtml"),
        (HUAIBEI, "http://jxj.huaibei.gov.cn/content/column/4814211?pageIndex=2"),
    ],
)
def test_second_page_carries_what_the_first_does_not(
    web: GovernmentWeb, fetch: Fetch, first: str, second: str
) -> None:
    site = web.by_host[first.split("/")[2]]
    on_first, on_second = (
        {
            notice.title
            for notice in site.notices
            if f'"{notice.title}"' in page or f">{notice.title}<" in page
        }
        for page in (fetch(first).text, fetch(second).text)
    )

    assert len(on_first) == site.per_page
    assert on_second == {notice.title for notice in site.notices} - on_first


@pytest.mark.parametrize(
    "url",
    [
        "http://www.mnr.gov.cn/gk/tzgg/index_1.shtml",
        "http://www.mnr.gov.cn/gk/tzgg/index_9.html",
        "http://www.chinatorch.gov.cn/kjb/tzgg/list_1.shtml",
        "http://www.mee.gov.cn/nothing/here.html",
        "http://gi.mnr.gov.cn/gk/tzgg/",
    ],
)
def test_what_is_not_there_gets_the_sites_404(web: GovernmentWeb, fetch: Fetch, url: str) -> None:
    answer = fetch(url)

    assert answer.status == 404
    assert "您访问的页面不存在" in answer.text


def test_list_mixes_hosts(web: GovernmentWeb, fetch: Fetch) -> None:
    page = fetch("http://www.mnr.gov.cn/gk/tzgg/").text

    assert 'href="http://gi.mnr.gov.cn/201910/t20191022_2473024.html"' in page
    assert 'href="./201910/t20191018_2471961.html"' in page


def test_tls_site_sends_plain_visits_to_https(web: GovernmentWeb, fetch: Fetch) -> None:
    answer = fetch("http://jxj.beijing.gov.cn/jxdt/tzgg/")

    assert (answer.status, answer.headers["location"]) == (301, "https://jxj.beijing.gov.cn/jxdt/tzgg/")


def test_robots_txt_is_served_where_the_site_has_one(web: GovernmentWeb, fetch: Fetch) -> None:
    assert b"User-agent: *" in fetch("http://www.mee.gov.cn/robots.txt").body
    assert fetch("http://gyxxh.tj.gov.cn/robots.txt").status == 404


def test_unknown_host_gets_the_directory(web: GovernmentWeb, fetch: Fetch) -> None:
    answer = fetch("http://nowhere.example/")

    assert answer.status == 404
    assert HUAIBEI in answer.text


def test_requests_are_remembered(web: GovernmentWeb, fetch: Fetch) -> None:
    fetch(f"{HUAIBEI}?x=1")

    assert web.requests == [("jxj.huaibei.gov.cn", "/xxfb/tzgg/index.html?x=1", 200)]


def test_calendar_refuses_a_moment_without_zone(government_web: GovernmentWeb) -> None:
    with pytest.raises(ValueError, match="time zone"):
        government_web.now = AFTER_ALL.replace(tzinfo=None)
