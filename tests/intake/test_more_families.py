"""The families whose lists are JSON, or shells that name a second request; and lists of any other make."""

from datetime import date

import pytest

from notices.intake.answers import Fetched
from notices.intake.families import list_url, parse_list
from notices.intake.listing import ListItem, ListPage, NeedsMore, NoRows
from notices.intake.troubles import Why
from tests.intake.conftest import page

MINISTRY = "https://www.miit.gov.cn/zwgk/zcwj/wjfb/tz/index.html"
JIANGXI = "https://gxt.jiangxi.gov.cn/jxsgxt/zcwj/index.html"
GUANGZHOU = "http://gxj.gzx.gov.cn/gkmlpt/api/all/3155?page=1&sid=769033"
LIBRARY = "https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary_bm&p=1&n=40"
COLUMN = "https://jx.mou.gov.cn/public/column/7071?type=4&action=list&catId=49948391"
FEED = "https://gxj.mou.gov.cn/feed.json"


def answered(url: str, name: str) -> Fetched:
    return Fetched(url, 200, {}, page(name))


def lines(family: str, url: str, name: str, base: str = "") -> ListPage:
    found = parse_list(family, answered(url, name), {}, base)
    assert isinstance(found, ListPage), found
    return found


def more(family: str, url: str, name: str) -> NeedsMore:
    found = parse_list(family, answered(url, name), {})
    assert isinstance(found, NeedsMore), found
    return found


def days(found: ListPage) -> list[date | None]:
    return [item.published for item in found.items]


def test_json_feed_is_read_as_a_feed() -> None:
    found = lines("feed", FEED, "feed_json.json")
    assert days(found) == [date(2024, 6, 21), date(2024, 6, 18), date(2024, 6, 10)]
    assert found.items[1] == ListItem(
        "关于节能诊断服务的公告 & 名单",
        "https://gxj.mou.gov.cn/tzgg/202406/t20240618_2.html",
        date(2024, 6, 18),
    )
    assert found.next_url == "https://gxj.mou.gov.cn/feed.json?page=2"


def test_jpaas_shell_names_the_unit_that_holds_the_list() -> None:
    asked = more("hanweb_jpaas", MINISTRY, "jpaas_ministry_list.html")
    assert asked.url.startswith(
        "https://www.miit.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit?"
    )
    assert "tagId=%E5%BD%93%E5%89%8D%E6%A0%8F%E7%9B%AE_list" in asked.url
    assert (asked.base, asked.form) == (MINISTRY, ())


def test_jpaas_unit_is_read_and_pages_by_its_pager() -> None:
    asked = more("hanweb_jpaas", MINISTRY, "jpaas_ministry_list.html")
    found = lines("hanweb_jpaas", asked.url, "jpaas_ministry_unit.json", base=MINISTRY)
    assert days(found) == [date(2024, 6, 20), date(2024, 6, 12), date(2024, 5, 31)]
    assert found.items[0].title == "关于组织开展2024年度绿色制造名单推荐工作的通知"
    assert found.next_url is not None
    assert "paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A3%7D" in found.next_url


def test_jpaas_unit_links_are_those_of_the_page() -> None:
    html = "<ul><li><a href='art_9.html'>关于某项工作的通知</a><i>2024-06-01</i></li></ul>"
    unit = Fetched("https://api.a.gov.cn/unit", 200, {}, f'{{"data": {{"html": "{html}"}}}}'.encode())
    found = parse_list("hanweb_jpaas", unit, {}, "https://www.a.gov.cn/tz/index.html")
    assert isinstance(found, ListPage)
    assert found.items[0].url == "https://www.a.gov.cn/tz/art_9.html"


def test_jiangxi_shell_posts_a_form_and_its_next_page_another() -> None:
    asked = more("hanweb_jpaas", JIANGXI, "jpaas_jiangxi_list.html")
    form = dict(asked.form)
    assert asked.url.startswith("https://gxt.jiangxi.gov.cn/queryList#")
    assert (form["webSiteCode[]"], form["channelCode[]"], form["current"]) == ("jxsgxt", "zcwj", "1")
    found = lines("hanweb_jpaas", asked.url, "jpaas_jiangxi_results.json", base=JIANGXI)
    assert days(found) == [date(2024, 6, 18), date(2024, 6, 11), date(2024, 5, 30)]
    assert found.items[0].url.startswith("https://gxt.jiangxi.gov.cn/jxsgxt/zcwj/content/content_19000")
    assert dict(found.next_form) == {**form, "current": "2"}


def test_gkmlpt_shell_asks_for_the_channel_behind_its_hash() -> None:
    asked = more("gkmlpt", "http://gxj.gzx.gov.cn/gkmlpt/index#3155", "gkmlpt_index.html")
    assert asked.url == GUANGZHOU


def test_gkmlpt_articles_are_read_a_hundred_a_page() -> None:
    found = lines("gkmlpt", GUANGZHOU, "gkmlpt_articles.json")
    assert days(found) == [date(2024, 6, 21), date(2024, 6, 14), date(2024, 5, 31)]
    assert found.items[1].url == "http://gxj.gzx.gov.cn/gkmlpt/content/11/11478/post_11478002.html"
    assert found.items[2].url == "http://gxj.gzx.gov.cn/gkmlpt/content/11/11470/post_11470001.html"
    assert found.next_url == GUANGZHOU.replace("page=1", "page=2")


def test_gkmlpt_column_may_be_a_plain_list() -> None:
    found = lines("gkmlpt", "http://gxj.gzx.gov.cn/xxgk/tzgg/index.html", "gkmlpt_list.html")
    assert [item.title for item in found.items] == [
        "关于征集2024年节能技术改造项目的通知",
        "关于拟认定绿色工厂名单的公示",
    ]
    assert found.next_url == "http://gxj.gzx.gov.cn/xxgk/tzgg/index_2.html"


def test_library_is_read_with_its_marks_taken_out() -> None:
    found = lines("govcn_library", LIBRARY, "govcn_library.json")
    assert found.items[0].title == "两部门关于加快绿色数据中心建设的通知"
    assert days(found) == [date(2024, 6, 20), date(2024, 6, 18), date(2024, 6, 1)]
    assert found.next_url == LIBRARY.replace("p=1", "p=2")


def test_library_of_groups_is_read_group_by_group() -> None:
    found = lines("govcn_library", LIBRARY, "govcn_library_groups.json")
    assert days(found) == [date(2024, 6, 25), date(2024, 6, 20)]
    assert found.next_url is None


def test_generic_list_is_read_without_a_recipe() -> None:
    found = lines("generic", "https://kjt.mou.gov.cn/view/iList.jsp?cat_id=221", "generic_view_list.html")
    assert days(found) == [date(2024, 6, 19), date(2024, 6, 7), date(2024, 5, 28)]
    assert found.next_url == "https://kjt.mou.gov.cn/view/iList.jsp?cat_id=221&cur_page=2"


def test_longxun_column_without_rows_asks_the_label_interface() -> None:
    asked = more("longxun", COLUMN, "longxun_column.html")
    assert asked.url.startswith(
        "https://jx.mou.gov.cn/site/label/8888?labelName=publicInfoList&siteId=49631971&"
    )
    assert "organId=7071&type=4&catId=49948391" in asked.url


def test_longxun_label_answer_is_read_and_pages() -> None:
    asked = more("longxun", COLUMN, "longxun_column.html")
    found = lines("longxun", asked.url, "longxun_label.html", base=COLUMN)
    assert days(found) == [date(2024, 6, 19), date(2024, 6, 5)]
    assert found.next_url == asked.url.replace("pageIndex=1", "pageIndex=2")


def test_jcms_page_that_calls_jpage_names_its_proxy_too() -> None:
    found = lines("hanweb_jcms", "http://gxj.mou.gov.cn/col/col57143/index.html", "jcms_jpage_list.html")
    assert found.next_url is not None
    assert found.next_url.startswith("http://gxj.mou.gov.cn/module/web/jpage/dataproxy.jsp?appid=1&webid=67&")
    assert "columnid=57143" in found.next_url
    assert "startrecord=3&endrecord=27" in found.next_url


def test_trs_search_interface_is_read_where_the_recipe_names_it() -> None:
    row = '{"doctitle": "关于某事的通知", "docpuburl": "/a/1.html", "docreltime": "2024-06-01 08:00"}'
    body = f'{{"data": [{row}]}}'.encode()
    answer = Fetched("https://gxt.fujian.gov.cn/fjdzapp/search?page=1", 200, {}, body)
    found = parse_list("trs", answer, {"api": "/fjdzapp/search?page=1"})
    assert isinstance(found, ListPage)
    assert found.items == (
        ListItem("关于某事的通知", "https://gxt.fujian.gov.cn/a/1.html", date(2024, 6, 1)),
    )


@pytest.mark.parametrize(
    ("family", "url", "body", "why"),
    [
        ("hanweb_jpaas", MINISTRY, "<p>本站升级改版</p>", Why.CONTAINER_GONE),
        ("hanweb_jpaas", MINISTRY, '{"data": {"html": ""}}', Why.NO_ITEMS),
        ("hanweb_jpaas", MINISTRY, '{"data": null}', Why.CONTAINER_GONE),
        ("hanweb_jpaas", MINISTRY, '{"data": {"results": []}}', Why.NO_ITEMS),
        ("gkmlpt", GUANGZHOU, '{"total": 0, "articles": []}', Why.NO_ITEMS),
        ("gkmlpt", GUANGZHOU, '{"message": "no"}', Why.CONTAINER_GONE),
        ("gkmlpt", GUANGZHOU, "<p>本站升级改版</p>", Why.CONTAINER_GONE),
        ("govcn_library", LIBRARY, '{"code": 1001, "searchVO": {"listVO": []}}', Why.NO_ITEMS),
        ("govcn_library", LIBRARY, '{"code": 500}', Why.CONTAINER_GONE),
        ("govcn_library", LIBRARY, "<html>政策文件库</html>", Why.WRONG_TYPE),
        ("generic", MINISTRY, "<p>本站升级改版</p>", Why.CONTAINER_GONE),
        ("longxun", COLUMN, "<p>本站升级改版</p>", Why.CONTAINER_GONE),
        ("ucap", MINISTRY, '{"data": {"results": [{"name": "x"}]}}', Why.CONTAINER_GONE),
        ("feed", FEED, '{"version": "https://jsonfeed.org/version/1", "items": []}', Why.NO_ITEMS),
        ("feed", FEED, '{"version": "https://jsonfeed.org/version/1", "items": [', Why.WRONG_TYPE),
    ],
)
def test_answer_without_lines_says_why(family: str, url: str, body: str, why: Why) -> None:
    found = parse_list(family, Fetched(url, 200, {}, body.encode()), {})
    assert isinstance(found, NoRows), found
    assert found.why is why


def test_rsshub_route_is_asked_of_the_operators_rsshub() -> None:
    address = list_url("rsshub:/gov/miit/wjgs", {}, "http://rsshub.local:1200/")
    assert address == "http://rsshub.local:1200/gov/miit/wjgs"


def test_rsshub_route_without_an_rsshub_is_refused() -> None:
    with pytest.raises(ValueError, match="RSSHUB_BASE"):
        list_url("rsshub:/gov/miit/wjgs", {})
