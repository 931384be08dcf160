"""Every family's adapter on a page of a site that it was not written for."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from notices.intake.answers import Fetched
from notices.intake.families import list_url, parse_list
from notices.intake.listing import ListPage, NeedsMore, NoRows
from notices.intake.troubles import Why
from tests.intake.conftest import list_html, page

HENAN = "https://gxt.henan.gov.cn/xxgk/wjjb/index.html"
JIANGSU = "https://sthjt.jiangsu.gov.cn/col/col89427/index.html"
SICHUAN = "https://jxt.sc.gov.cn/scjxt/xzgfxwj/zcgfxwj_list.shtml"
HARBIN = "https://www.harbin.gov.cn/common/search/5b80?_isJson=true&_channelName=&page=1"


def parse(
    family: str, url: str, body: bytes | str, recipe: Mapping[str, Any] | None = None
) -> ListPage | NeedsMore | NoRows:
    raw = body.encode() if isinstance(body, str) else body
    return parse_list(family, Fetched(url, 200, {}, raw), recipe or {})


def lines(family: str, url: str, body: bytes | str, recipe: Mapping[str, Any] | None = None) -> ListPage:
    found = parse(family, url, body, recipe)
    assert isinstance(found, ListPage), found
    return found


LISTS = [
    (
        "trs_henan_list.html", "trs", HENAN, 5, date(2024, 6, 11),
        "https://gxt.henan.gov.cn/xxgk/wjjb/index_1.html",
    ),
    (
        "trs_shanxi_list.html", "trs", "https://kjt.shanxi.gov.cn/zcfg/sxskjcxzc/index.shtml", 3,
        date(2024, 5, 20), "https://kjt.shanxi.gov.cn/zcfg/sxskjcxzc/index_1.shtml",
    ),
    (
        "trs_mnr_list.html", "trs", "https://www.mnr.gov.cn/gk/tzgg/", 3, date(2024, 3, 18),
        "https://www.mnr.gov.cn/gk/tzgg/index_1.html",
    ),
    (
        "jcms_zhejiang_list.html", "hanweb_jcms", "https://sthjt.zj.gov.cn/col/c/index.html", 2,
        date(2024, 5, 17), None,
    ),
    (
        "ucap_sichuan_list.html", "ucap", SICHUAN, 3, date(2024, 6, 18),
        "https://jxt.sc.gov.cn/scjxt/xzgfxwj/zcgfxwj_list_2.shtml",
    ),
    (
        "ucap_suzhou_list.html", "ucap", "https://fg.suzhou.gov.cn/szfgw/ggl/nav_list.shtml", 2,
        date(2024, 6, 14), "https://fg.suzhou.gov.cn/szfgw/ggl/nav_list_2.shtml",
    ),
    (
        "longxun_kjt_list.html", "longxun", "https://kjt.ah.gov.cn/kjzx/tzgg/", 3, date(2024, 6, 18),
        "https://kjt.ah.gov.cn/kjzx/tzgg/index_2.html",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "family", "url", "count", "newest", "following"), LISTS)
def test_list_is_read_without_a_recipe(
    name: str, family: str, url: str, count: int, newest: date, following: str | None
) -> None:
    found = lines(family, url, page(name))
    assert len(found.items) == count
    assert found.items[0].published == newest
    assert found.next_url == following
    assert all(item.published for item in found.items)


def test_trs_list_leaves_the_side_bar_and_takes_whole_titles() -> None:
    first, second, third, *_ = lines("trs", HENAN, page("trs_henan_list.html")).items
    assert first.title == "关于组织申报2024年省级绿色供应链管理企业的通知"
    assert "镕" in second.title
    assert third.url == "https://gxt.henan.gov.cn/zwgk/t20240603_3003877.html"


def test_trs_list_may_link_to_a_sister_host_and_omit_the_year() -> None:
    found = lines("trs", "https://www.mnr.gov.cn/gk/tzgg/", page("trs_mnr_list.html"))
    assert found.items[2].url.startswith("http://gi.mnr.gov.cn/")
    assert found.items[2].published == date(2024, 3, 11)


def test_gbk_list_keeps_every_line_with_rare_characters() -> None:
    titles = [f"关于{name}同志任职前公示的第{n}号通知" for n, name in enumerate(["朱镕", "吴喆", "王䶮"] * 6)]
    text = list_html(*((f"/t20191021_{n}.html", title, "2019-10-21") for n, title in enumerate(titles)))
    body = text.replace("charset=utf-8", "charset=gb2312").encode("gb18030")
    assert [item.title for item in lines("trs", HENAN, body).items] == titles


def test_jcms_records_and_the_proxy_for_more() -> None:
    found = lines("hanweb_jcms", JIANGSU, page("jcms_jiangsu_list.html"))
    assert [item.published for item in found.items] == [date(2024, 4, 9), date(2024, 3, 28), date(2024, 3, 1)]
    assert found.items[0].title == "关于印发《江苏省排污单位自行监测核查办法》的通知"
    assert found.next_url is not None
    assert "columnid=89427&unitid=401023" in found.next_url
    assert "startrecord=4&endrecord=28" in found.next_url


def test_jcms_proxy_answer_is_read_like_the_page() -> None:
    url = "https://sthjt.jiangsu.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=131&endrecord=155&columnid=89427"
    found = lines("hanweb_jcms", url, page("jcms_jiangsu_proxy.xml"))
    assert found.items[0].url == "https://sthjt.jiangsu.gov.cn/art/2023/12/5/art_89427_11091111.html"
    assert found.next_url is None


def test_ucap_json_is_read() -> None:
    found = lines("ucap", HARBIN, page("ucap_harbin.json"), {"api": HARBIN})
    assert [item.title for item in found.items] == [
        "关于征集2024年科技成果转化项目的通知",
        "关于科技型企业研发补助公示的公告",
        '关于"科技副总"选派的通知',
    ]
    assert found.items[2].published == date(2024, 4, 2)
    assert found.next_url == HARBIN.replace("page=1", "page=2")


def test_atom_feed_dates_are_of_shanghai_and_titles_plain() -> None:
    found = lines("feed", "https://www.wuhu.gov.cn/rss/rss.xml?siteId=6787231", page("feed_atom.xml"))
    assert found.items[0].title == "关于征集<绿色园区>建设方案的通知"
    assert found.items[0].published == date(2024, 6, 19)
    assert len(found.items) == 2


def test_rss_feed_in_gbk_keeps_rare_characters() -> None:
    text = (
        '<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>x</title><item>'
        "<title>关于朱镕同志的公示</title><link>/a/1.html</link><pubDate>2019年10月21日</pubDate></item></channel></rss>"
    )
    found = lines("feed", "http://a.gov.cn/rss.xml", text.encode("gb18030"))
    assert (found.items[0].title, found.items[0].published) == ("关于朱镕同志的公示", date(2019, 10, 21))


def test_recipe_of_a_source_overrides_the_family() -> None:
    wanted = "<div id=x><p><i>2024-05-06</i><a href='/n/1'>短题</a></p></div>"
    html = f"{wanted}<ul><li><a href='/t20240101_1.html'>左栏</a></li></ul>"
    recipe = {"rows": "//div[@id='x']/p", "date": "i"}
    [item] = lines("trs", HENAN, html, recipe).items
    assert (item.title, item.published) == ("短题", date(2024, 5, 6))
    assert item.url == "https://gxt.henan.gov.cn/n/1"


def test_list_speaks_for_its_own_house_and_named_hosts_only() -> None:
    rows = [
        (f"http://{host}/t20240101_1.html", "关于某项工作的通知", "2024-01-01")
        for host in ("ad.example.com", "w.example.org")
    ]
    [item] = lines("trs", HENAN, list_html(*rows), {"hosts": ["w.example.org"]}).items
    assert item.url == "http://w.example.org/t20240101_1.html"


GONE = "<html><body><div><p>本站升级改版</p></div></body></html>"


@pytest.mark.parametrize(
    ("family", "body", "recipe", "why"),
    [
        ("trs", GONE, {}, Why.CONTAINER_GONE),
        ("trs", "<ul class='list'></ul>", {}, Why.NO_ITEMS),
        ("trs", "<ul id='a'></ul>", {"rows": "//ul[@id='a']/li"}, Why.NO_ITEMS),
        ("trs", "<ul id='b'></ul>", {"rows": "//ul[@id='a']/li"}, Why.CONTAINER_GONE),
        ("trs", '{"data": []}', {}, Why.WRONG_TYPE),
        ("trs", "", {}, Why.CONTAINER_GONE),
        ("trs", GONE, {"rows": "//ul["}, Why.BAD_RECIPE),
        ("trs", GONE, {"rowz": "//ul"}, Why.BAD_RECIPE),
        ("trs", GONE, {"rows": "//x:ul"}, Why.BAD_RECIPE),
        ("trs", GONE, {"rows": "//li[matches(., 'x')]"}, Why.BAD_RECIPE),
        ("trs", GONE, {"links": ["("]}, Why.BAD_RECIPE),
        ("trs", GONE, {"charset": "klingon"}, Why.BAD_RECIPE),
        ("trs", GONE, {"body": "//div"}, Why.BAD_RECIPE),
        ("nonsense", GONE, {}, Why.BAD_RECIPE),
        ("hanweb_jcms", "<datastore><recordset></recordset></datastore>", {}, Why.NO_ITEMS),
        ("hanweb_jcms", GONE, {}, Why.CONTAINER_GONE),
        ("ucap", '{"data": {"results": []}}', {}, Why.NO_ITEMS),
        ("ucap", '{"data": null}', {}, Why.CONTAINER_GONE),
        ("ucap", '{"data": ', {}, Why.WRONG_TYPE),
        ("ucap", GONE, {"api": "/common/search/1"}, Why.WRONG_TYPE),
        ("longxun", "<ul class='doc_list'></ul>", {}, Why.NO_ITEMS),
        ("feed", GONE, {}, Why.WRONG_TYPE),
        ("feed", "<rss version='2.0'><channel><title>x</title></channel></rss>", {}, Why.NO_ITEMS),
        ("feed", "<rss version='2.0'><channel><item><title>x</chan", {}, Why.BROKEN_FEED),
        ("feed", "<!DOCTYPE x [<!ENTITY a 'b'>]><rss><channel></channel></rss>", {}, Why.BROKEN_FEED),
    ],
)
def test_page_without_lines_says_why(family: str, body: str, recipe: Mapping[str, Any], why: Why) -> None:
    found = parse(family, HENAN, body, recipe)
    assert isinstance(found, NoRows)
    assert found.why is why


def test_list_url_is_the_json_interface_where_the_recipe_names_one() -> None:
    assert list_url(SICHUAN, {"api": "/common/search/7"}) == "https://jxt.sc.gov.cn/common/search/7"
    assert list_url(SICHUAN, {}) == SICHUAN


def test_characters_that_no_database_holds_are_dropped() -> None:
    results = [{"title": "关于\0某事\ud800的通知", "url": "/1.html"}, {"title": "坏", "url": "/\ud800.html"}]
    [item] = lines("ucap", HARBIN, json.dumps({"data": {"results": results}})).items
    assert item.title == "关于某事的通知"
