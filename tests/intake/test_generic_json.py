"""Lists that are JSON of nobody's family, and lists that lie in a file beside their page."""

import json
from datetime import date

from notices.intake.answers import Fetched
from notices.intake.families import parse_list
from notices.intake.listing import ListPage, NeedsMore, NoRows
from notices.intake.troubles import Why

URL = "http://www.mou.gov.cn/eportal/ui?moduleId=5"
ROWS = [
    {"title": "关于开展绿色工厂申报的通知", "url": "/a/1.html", "publishTime": "2024-06-11"},
    {"title": "<b>关于</b>公示名单的公告", "url": "http://b.gov.cn/2.html", "publishTime": 1718150400000},
]


def parse(text: str, url: str = URL) -> ListPage | NeedsMore | NoRows:
    return parse_list("generic", Fetched(url, 200, {}, text.encode()), {})


def test_generic_json_finds_the_rows_wherever_they_lie() -> None:
    menu = [{"name": "首页", "id": number} for number in range(9)]

    page = parse(json.dumps({"code": 0, "menu": menu, "data": {"page": 1, "result": ROWS}}))

    assert isinstance(page, ListPage)
    assert [(item.title, item.url) for item in page.items] == [
        ("关于开展绿色工厂申报的通知", "http://www.mou.gov.cn/a/1.html"),
        ("关于公示名单的公告", "http://b.gov.cn/2.html"),
    ]
    assert page.items[0].published == date(2024, 6, 11)


def test_generic_json_without_rows_says_so() -> None:
    page = parse('{"code": 500, "data": null}')

    assert isinstance(page, NoRows)
    assert page.why is Why.CONTAINER_GONE


def test_generic_page_names_the_file_that_holds_its_list() -> None:
    page = parse(
        '<html><body><ul data="datasource:0123456789abcdef0123" id="showData0"></ul></body></html>',
        "http://www.x.gov.cn/sjzz/ghs/index.htm",
    )

    assert page == NeedsMore(
        "http://www.x.gov.cn/sjzz/ghs/ds_0123456789abcdef0123.json", "http://www.x.gov.cn/sjzz/ghs/index.htm"
    )


def test_generic_json_that_is_deep_beyond_reason_is_no_list() -> None:
    page = parse("[" * 5000 + "]" * 5000)

    assert isinstance(page, NoRows)
