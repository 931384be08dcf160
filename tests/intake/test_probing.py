"""Trying an address before it becomes a source."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.clock import SHANGHAI
from notices.intake.identity import url_key
from notices.intake.probe_results import ProbeResult
from notices.intake.probing import probe
from notices.models import Item, Source
from tests.intake.conftest import Reply, Web, list_html, page

NOW = datetime(2024, 7, 1, 10, 0, tzinfo=SHANGHAI)
pytestmark = pytest.mark.django_db

LISTS: list[tuple[str, str, str, int]] = [
    ("trs", "http://gxt.henan.gov.cn/xxgk/wjjb/index.html", "trs_henan_list.html", 5),
    ("trs", "http://gxj.mou.gov.cn/tzgg/", "trs_years_list.html", 7),
    ("hanweb_jcms", "http://sthjt.jiangsu.gov.cn/col/col89427/index.html", "jcms_jiangsu_list.html", 3),
    ("ucap", "http://jxt.sc.gov.cn/scjxt/xzgfxwj/zcgfxwj_list.shtml", "ucap_sichuan_list.html", 3),
    ("ucap", "http://www.harbin.gov.cn/common/search/5b80?_isJson=true&page=1", "ucap_harbin.json", 3),
    ("longxun", "http://kjt.ah.gov.cn/kjzx/tzgg/", "longxun_kjt_list.html", 3),
    ("gkmlpt", "http://gxj.gzx.gov.cn/xxgk/tzgg/", "gkmlpt_list.html", 2),
    ("gkmlpt", "http://gxj.gzx.gov.cn/gkmlpt/api/all/3155?page=1", "gkmlpt_articles.json", 3),
    ("govcn_library", "http://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary", "govcn_library.json", 3),
    ("feed", "http://www.wuhu.gov.cn/rss/rss.xml?siteId=6787231", "feed_atom.xml", 2),
    ("feed", "http://gxj.mou.gov.cn/feed.json", "feed_json.json", 3),
    ("generic", "http://kjt.mou.gov.cn/view/iList.jsp?cat_id=221", "generic_view_list.html", 3),
]  # fmt: skip


def put(web: Web, url: str, body: bytes | str, **more: Any) -> None:
    web[url.removeprefix("http://").partition("#")[0]] = Reply(body, **more)


def tried(web: Web, url: str, name: str, **how: Any) -> ProbeResult:
    put(web, url, page(name))
    return probe(url, NOW, **how)


@pytest.mark.parametrize(("family", "url", "name", "count"), LISTS)
def test_probe_tells_the_family_of_a_list(
    on_the_web: Web, family: str, url: str, name: str, count: int
) -> None:
    found = tried(on_the_web, url, name)

    assert (found.trouble, found.family, len(found.items)) == ("", family, count)
    assert found.newest is not None


@pytest.mark.parametrize(
    ("url", "shell", "rest", "answer"),
    [
        (
            "http://www.miit.gov.cn/zwgk/tz/index.html", "jpaas_ministry_list.html",
            "/api-gateway/jpaas-publish-server/front/page/build/unit", "jpaas_ministry_unit.json",
        ),
        (
            "http://jx.mou.gov.cn/public/column/7071?type=4&catId=1", "longxun_column.html",
            "/site/label/8888", "longxun_label.html",
        ),
        (
            "http://gxj.gzx.gov.cn/gkmlpt/index#3155", "gkmlpt_index.html",
            "/gkmlpt/api/all/3155", "gkmlpt_articles.json",
        ),
    ],
)  # fmt: skip
def test_probe_asks_for_the_rest_of_a_shell(
    on_the_web: Web, url: str, shell: str, rest: str, answer: str
) -> None:
    put(on_the_web, url, page(shell))
    on_the_web[rest] = Reply(page(answer))

    found = probe(url, NOW)

    assert (found.trouble, found.items[0].published) == ("", found.newest)
    assert on_the_web.asked[-1].headers["Referer"] == url.partition("#")[0]


def test_probe_posts_the_form_of_jiangxi(on_the_web: Web) -> None:
    url = "http://gxt.jiangxi.gov.cn/jxsgxt/zcwj/index.html"
    on_the_web["gxt.jiangxi.gov.cn/queryList"] = Reply(page("jpaas_jiangxi_results.json"))

    found = tried(on_the_web, url, "jpaas_jiangxi_list.html")

    assert (found.family, len(found.items)) == ("hanweb_jpaas", 3)
    assert "webSiteCode%5B%5D=jxsgxt" in on_the_web.asked[-1].body


def test_probe_suggests_region_name_and_slug(on_the_web: Web) -> None:
    found = tried(on_the_web, "http://jxj.huaibei.gov.cn/xxfb/tzgg/index.html", "longxun_kjt_list.html")
    assert (found.region, found.slug) == (135, "huaibei-jxj-tzgg")
    assert found.title


def test_probe_says_which_encoding(on_the_web: Web) -> None:
    put(
        on_the_web,
        "http://a.gov.cn/",
        list_html(("/t20240601_1.html", "关于镕的通知", "2024-06-01")).encode("gbk"),
    )
    assert probe("http://a.gov.cn/", NOW).encoding == "gb18030"


def test_probe_recognises_a_web_page_pasted_as_a_feed(on_the_web: Web) -> None:
    found = tried(on_the_web, "http://gxt.henan.gov.cn/rss.xml", "trs_henan_list.html")
    assert found.family == "trs"
    assert "这个地址看上去是 RSS，返回的却是网页；已按网页列表读取" in found.doubts


def test_probe_names_the_feed_that_a_page_has(on_the_web: Web) -> None:
    link = "<link rel='alternate' type='application/rss+xml' href='/rss/rss.xml?siteId=7'>"
    put(on_the_web, "http://a.gov.cn/", f"<head>{link}</head><body>欢迎</body>")
    assert probe("http://a.gov.cn/", NOW).feeds == ("http://a.gov.cn/rss/rss.xml?siteId=7",)


def test_probe_says_what_is_known_already(on_the_web: Web, source: Source) -> None:
    lines = [(f"/t202406{n:02}_{n}.html", f"关于第{n}项工作的通知", f"2024-06-{n:02}") for n in range(1, 7)]
    for path, title, _ in lines[:5]:
        url = f"http://www.yy.gov.cn{path}"
        Item.objects.create(source=source, url=url, url_key=url_key(url), title=title, first_seen_at=NOW)
    put(on_the_web, "http://jx.yy.gov.cn/b/", list_html(*lines))

    [duplicate] = probe("http://jx.yy.gov.cn/b/", NOW).duplicates

    assert (duplicate.slug, duplicate.why) == ("yuyao", "6 条中有 5 条相同")


def test_probe_knows_an_address_that_is_a_source(on_the_web: Web, source: Source) -> None:
    put(on_the_web, "http://www.yy.gov.cn/tzgg/", "<p>x</p>")
    [duplicate] = probe("http://yy.gov.cn/tzgg/", NOW).duplicates
    assert duplicate.why == "列表地址相同"


def test_probe_keeps_out_where_robots_say_so(on_the_web: Web) -> None:
    put(on_the_web, "http://gxt.henan.gov.cn/robots.txt", "User-agent: *\nDisallow: /xxgk/")
    found = tried(on_the_web, LISTS[0][1], LISTS[0][2])
    assert "robots.txt 不允许" in found.trouble
    assert (len(on_the_web.robots_asked), on_the_web.paths()) == (1, [])


def test_probe_goes_in_despite_robots_where_staff_say_so(on_the_web: Web) -> None:
    put(on_the_web, "http://gxt.henan.gov.cn/robots.txt", "User-agent: *\nDisallow: /xxgk/")
    found = tried(on_the_web, LISTS[0][1], LISTS[0][2], despite_robots=True)
    assert (len(found.items), "/xxgk/" in found.robots) == (5, True)


def test_probe_of_a_thin_old_list_has_doubts(on_the_web: Web) -> None:
    put(on_the_web, "http://a.gov.cn/", list_html(("/a.html", "关于某项工作的通知", "2019-06-01")))
    assert probe("http://a.gov.cn/", NOW).doubts == (
        "只有 1 条，少于 5 条",
        "最新一条是 2019-06-01 的，栏目可能已停用或搬家",
    )


def test_probe_does_not_take_the_future_for_the_newest(on_the_web: Web) -> None:
    days = [NOW.date() + timedelta(days=n) for n in (30, -1, -2)]
    lines = [(f"/{n}.html", f"关于第{n}项工作的通知", str(day)) for n, day in enumerate(days)]
    put(on_the_web, "http://a.gov.cn/", list_html(*lines))
    found = probe("http://a.gov.cn/", NOW)
    assert found.newest == date(2024, 6, 30)
    assert "1 条的日期在将来，请核对取法" in found.doubts


def test_probe_that_finds_no_list_shows_the_page(on_the_web: Web) -> None:
    put(on_the_web, "http://a.gov.cn/", "<title>首页</title><body><script>1</script><p>欢迎光临</p></body>")
    found = probe("http://a.gov.cn/", NOW)
    assert "找不到列表" in found.trouble
    assert found.excerpt == "欢迎光临"


def test_probe_of_a_site_that_is_down_says_so(on_the_web: Web) -> None:
    put(on_the_web, "http://a.gov.cn/", "<body><p>网站维护中</p></body>")
    assert "维护" in probe("http://a.gov.cn/", NOW).trouble


def test_probe_of_a_challenge_says_so(on_the_web: Web) -> None:
    put(on_the_web, "http://a.gov.cn/", page("challenge_412.html"), status=412)
    assert "不绕过" in probe("http://a.gov.cn/", NOW).trouble


def test_probe_of_a_bad_recipe_gives_the_reason_and_the_page(on_the_web: Web) -> None:
    found = tried(on_the_web, LISTS[0][1], LISTS[0][2], recipe={"rows": "//ul["})
    assert "不是正确的 XPath" in found.trouble
    assert "绿色供应链" in found.excerpt


@pytest.mark.parametrize("url", ["", "www.a.gov.cn", "ftp://a.gov.cn/", "file:///etc/passwd", "http://a b/"])
def test_probe_of_no_address_says_how_to_write_one(url: str) -> None:
    assert "http://" in probe(url, NOW).trouble


def test_probe_of_a_route_asks_the_operators_rsshub(on_the_web: Web, settings: Settings) -> None:
    settings.RSSHUB_BASE = "http://rsshub.example"
    put(on_the_web, "http://rsshub.example/gov/miit/wjgs", page("feed_atom.xml"))
    assert probe("rsshub:/gov/miit/wjgs", NOW).family == "feed"


def test_probe_saves_nothing(on_the_web: Web) -> None:
    tried(on_the_web, LISTS[0][1], LISTS[0][2])
    assert not Source.objects.exists()
    assert not Item.objects.exists()


def test_command_prints_the_finding_in_words(on_the_web: Web) -> None:
    put(on_the_web, LISTS[0][1], page(LISTS[0][2]))
    out = StringIO()
    call_command("probe", LISTS[0][1], now=NOW.isoformat(), stdout=out)
    assert "站点类型：拓尔思 TRS（trs）" in out.getvalue()
    assert "地区建议：河南省" in out.getvalue()
    assert "2024-06-11  关于组织申报2024年省级绿色供应链管理企业的通知" in out.getvalue()


def test_command_prints_json(on_the_web: Web) -> None:
    put(on_the_web, LISTS[0][1], page(LISTS[0][2]))
    out = StringIO()
    call_command("probe", LISTS[0][1], json=True, now=NOW.isoformat(), stdout=out)
    told = json.loads(out.getvalue())
    assert (told["family"], told["region"], told["newest"]) == ("trs", "河南省", "2024-06-11")


@pytest.mark.parametrize(("family", "url", "name", "count"), LISTS)
def test_command_tells_all_it_should_of_every_family(
    on_the_web: Web, family: str, url: str, name: str, count: int
) -> None:
    put(on_the_web, url, page(name))
    out = StringIO()
    call_command("probe", url, now=NOW.isoformat(), stdout=out)
    said = out.getvalue()
    due = (
        f"（{family}）",
        "编码：",
        f"条目：{count} 条",
        "最新一条：20",
        "robots.txt：允许",
        "地区建议：",
        "重复：没有发现",
    )
    assert [words for words in due if words not in said] == []


def test_command_fails_where_nothing_can_be_read(on_the_web: Web) -> None:
    with pytest.raises(CommandError, match="页面不存在"):
        call_command("probe", "http://a.gov.cn/nothing", stdout=StringIO())
