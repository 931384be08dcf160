"""Each fault plays what its name says."""

import http.client
import xml.etree.ElementTree as ET

import pytest

from demo.web.faults import Fault
from demo.web.server import GovernmentWeb
from tests.demo_web.conftest import Fetch, connect

FEED = "http://kjt.shanxi.gov.cn/rss/jcyjc.xml"
LIST = "http://jcs.mee.gov.cn/tzgg/"
PAGE = "http://jcs.mee.gov.cn/tzgg/201910/t20191023_738682.shtml"
TITLE = "关于公开征求《生态环境监测条例（草案征求意见稿）》意见的通知"


def test_host_that_is_down_closes_without_a_word(web: GovernmentWeb, fetch: Fetch) -> None:
    web.faults["jcs.mee.gov.cn"] = "down"

    with pytest.raises((ConnectionError, http.client.BadStatusLine)):
        fetch(LIST)
    assert web.requests == [("jcs.mee.gov.cn", "/tzgg/", 0)]


def test_host_that_hangs_lets_the_client_wait(web: GovernmentWeb) -> None:
    web.faults["jcs.mee.gov.cn"] = "hang"
    connection = connect(web, "http", "jcs.mee.gov.cn")
    connection.timeout = 0.1

    connection.request("GET", "/tzgg/")

    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()


@pytest.mark.parametrize(
    ("fault", "status", "mark"),
    [("error500", 500, "Internal Server Error"), ("challenge412", 412, '<meta id="9DhefwqGPrzGxEp9hPaoag"')],
)
def test_unwell_host_answers_so_on_every_page(
    web: GovernmentWeb, fetch: Fetch, fault: Fault, status: int, mark: str
) -> None:
    web.faults["jcs.mee.gov.cn"] = fault

    for answer in (fetch(LIST), fetch(PAGE)):
        assert answer.status == status
        assert mark in answer.text


def test_empty_list_has_its_container_and_no_rows(web: GovernmentWeb, fetch: Fetch) -> None:
    web.faults["jcs.mee.gov.cn"] = "empty_list"

    page = fetch(LIST).text

    assert '<ul class="sj_list" id="div">\n</ul>' in page
    assert fetch(PAGE).status == 200


def test_broken_feed_cannot_be_parsed(web: GovernmentWeb, fetch: Fetch) -> None:
    web.faults["kjt.shanxi.gov.cn"] = "broken_feed"

    answer = fetch(FEED, Accept_Encoding="gzip")

    assert answer.headers["content-type"].startswith("application/rss+xml")
    with pytest.raises(ET.ParseError):
        ET.fromstring(answer.body)


def test_redesign_keeps_the_titles_and_loses_the_list(web: GovernmentWeb, fetch: Fetch) -> None:
    web.faults["jcs.mee.gov.cn"] = "redesign"

    page = fetch(LIST).text

    assert TITLE in page
    assert "<li>" not in page


def test_fault_is_of_its_host_alone(web: GovernmentWeb, fetch: Fetch) -> None:
    web.faults["jcs.mee.gov.cn"] = "error500"

    assert fetch("http://www.mee.gov.cn/xxgk2018/xxgk/xxgk03/").status == 200


def test_healed_host_answers_again(web: GovernmentWeb, fetch: Fetch) -> None:
    web.faults["jcs.mee.gov.cn"] = "down"
    del web.faults["jcs.mee.gov.cn"]

    assert fetch(LIST).status == 200
