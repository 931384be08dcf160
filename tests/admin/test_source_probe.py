"""The step 试取 of the source form, and what the form refuses to save."""

import html
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from notices.models import Source
from tests.admin.test_notices import source_form
from tests.builders import source
from tests.intake.conftest import Reply, Web, list_html

Page = Callable[..., str]
LIST = "http://jxj.huaibei.gov.cn/xxfb/tzgg/index.html"


def tried(staff: Client, page: Page, **typed: object) -> str:
    empty = dict.fromkeys(source_form(), "")
    answer = staff.post(page(Source, "add"), {**empty, **typed, "_probe": "试取"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_trying_shows_what_was_found_and_saves_nothing(staff: Client, page: Page, web: Web) -> None:
    shown = tried(staff, page, url=LIST)
    assert "龙讯（longxun）" in shown
    assert "关于" in shown.partition("试取结果")[2]
    assert not Source.objects.exists()


def test_trying_fills_in_what_was_left_open(staff: Client, page: Page, web: Web) -> None:
    shown = tried(staff, page, url=LIST)
    for value in (f'value="{LIST}"', 'value="安徽省淮北市"', 'value="huaibei-jxj-tzgg"'):
        assert value in shown
    assert '<option value="longxun" selected>' in shown


def test_trying_keeps_what_staff_typed(staff: Client, page: Page, web: Web) -> None:
    shown = tried(staff, page, url=LIST, name="我起的名字", recipe='{"hosts": ["a.gov.cn"]}')
    assert 'value="我起的名字"' in shown
    assert "{&quot;hosts&quot;: [&quot;a.gov.cn&quot;]}" in shown


def test_trying_shows_why_nothing_could_be_read(staff: Client, page: Page, web: Web) -> None:
    web["/xxfb/tzgg/index.html"] = "<title>x</title><body>欢迎光临本站</body>"
    shown = tried(staff, page, url=LIST)
    assert "找不到列表" in shown
    assert "欢迎光临本站" in shown


def test_what_was_filled_in_can_be_saved(staff: Client, page: Page, web: Web) -> None:
    tried(staff, page, url=LIST)
    staff.post(page(Source, "add"), source_form(url=LIST, family="longxun"))
    assert Source.objects.get().url == LIST


def test_trying_needs_the_right_to_add(client: Client, page: Page, db: None) -> None:
    client.force_login(get_user_model().objects.create(username="gast", is_staff=True))
    assert client.post(page(Source, "add"), {"url": LIST, "_probe": "试取"}).status_code == 403


def test_bad_recipe_is_refused_with_the_reason_and_the_page(staff: Client, page: Page, web: Web) -> None:
    answer = staff.post(page(Source, "add"), source_form(url=LIST, recipe='{"rows": "//ul["}'))
    told = answer.content.decode()
    assert "不是正确的 XPath" in told
    assert "页面开头是：" in told
    assert not Source.objects.exists()


def test_recipe_that_finds_nothing_on_the_page_is_refused(staff: Client, page: Page, web: Web) -> None:
    answer = staff.post(page(Source, "add"), source_form(url=LIST, recipe='{"rows": "//nav/b"}'))
    assert "找不到列表" in answer.content.decode()
    assert not Source.objects.exists()


def test_recipe_that_fits_is_saved(staff: Client, page: Page, web: Web) -> None:
    web["/xxfb/tzgg/index.html"] = list_html(("/1.html", "关于一项工作的通知", "2024-06-01"))
    staff.post(page(Source, "add"), source_form(url=LIST, recipe='{"rows": "//ul/li"}'))
    assert Source.objects.get().recipe == {"rows": "//ul/li"}


def test_recipe_is_believed_while_its_site_is_down(staff: Client, page: Page, web: Web) -> None:
    web["/xxfb/tzgg/index.html"] = Reply("<p>Bad Gateway</p>", status=502)
    form = source_form(url=LIST, recipe='{"rows": "//ul/li"}')
    answer = staff.post(page(Source, "add"), form, follow=True)
    assert Source.objects.get().recipe == {"rows": "//ul/li"}
    assert "已保存，但现在试取不到：网站应答出错（HTTP 502）" in answer.content.decode()


@pytest.mark.parametrize(
    ("url", "reply", "reason", "shown"),
    [
        (LIST, Reply("<p>您要找的页面不存在</p>", status=404), "页面不存在", "您要找的页面不存在"),
        (LIST, "<title>统一身份认证登录</title><body><input type=password>请先登录", "要求登录", "请先登录"),
        (LIST, '{"code": 500, "msg": "参数有误"}', "不是应有的类型", "参数有误"),
        ("http://jxj.huaibei.gov.cn:6379/", "x", "只访问 80、443 和运维放行的端口", ""),
        ("http://10.0.0.1/tzgg/", "x", "指向内网", ""),
    ],
    ids=["gone", "login", "data", "port", "private"],
)
def test_address_without_a_list_is_refused_with_the_reason_and_the_page(
    staff: Client,
    page: Page,
    web: Web,
    settings: Settings,
    url: str,
    reply: Reply | str,
    reason: str,
    shown: str,
) -> None:
    web["/xxfb/tzgg/index.html"] = reply
    if "10.0.0.1" in url:
        settings.INTAKE_CONNECT_TO = []
    told = staff.post(page(Source, "add"), source_form(url=url, family="longxun")).content.decode()
    assert [words for words in (reason, shown) if words not in told] == []
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "reply",
    [
        Reply("<p>x</p>", status=412), Reply(status=503), "<body>网站维护中</body>", list_html(),
    ],
    ids=["challenge", "down", "maintenance", "empty"],
)  # fmt: skip
def test_address_that_shows_nothing_today_is_saved_with_a_warning(
    staff: Client, page: Page, web: Web, reply: Reply | str
) -> None:
    web["/xxfb/tzgg/index.html"] = reply
    form = source_form(url=LIST, recipe='{"container": "//ul"}')
    told = staff.post(page(Source, "add"), form, follow=True).content.decode()
    assert Source.objects.exists()
    assert "已保存，但现在试取不到" in told


def test_saving_what_is_not_about_the_list_visits_nobody(staff: Client, page: Page, web: Web) -> None:
    row = kept()
    staff.post(page(Source, "change", row.pk), source_form(url=LIST, family="longxun", name="新名字"))
    row.refresh_from_db()
    assert (row.name, web.asked) == ("新名字", [])


def kept() -> Source:
    """A source that is kept as the form of these tests says."""
    return source("淮北市", url=LIST, family="longxun", recipe={}, name="旧名字")


def test_source_that_is_kept_can_be_tried(staff: Client, page: Page, web: Web) -> None:
    row = kept()
    typed = source_form(url=LIST, family="longxun", name="新名字", _probe="试取")
    shown = staff.post(page(Source, "change", row.pk), typed).content.decode()
    assert "试取结果" in shown
    assert 'value="新名字"' in shown
    row.refresh_from_db()
    assert row.name == "旧名字"


def test_source_is_no_duplicate_of_itself(staff: Client, page: Page, web: Web) -> None:
    row = kept()
    typed = source_form(url=LIST, family="longxun", _probe="试取")
    shown = staff.post(page(Source, "change", row.pk), typed).content.decode()
    assert "没有发现" in shown


def test_family_left_open_is_told_by_the_page(staff: Client, page: Page, web: Web) -> None:
    row = kept()
    typed = source_form(url=LIST, family="", _probe="试取")
    shown = staff.post(page(Source, "change", row.pk), typed).content.decode()
    assert '<option value="longxun" selected>' in shown


def test_family_that_the_page_contradicts_is_doubted(staff: Client, page: Page, web: Web) -> None:
    row = kept()
    typed = source_form(url=LIST, family="trs", _probe="试取")
    shown = staff.post(page(Source, "change", row.pk), typed).content.decode()
    assert "站点类型像是“龙讯”，表中填的是“拓尔思 TRS”" in shown


def test_trying_a_source_needs_the_right_to_change(client: Client, page: Page, web: Web, db: None) -> None:
    row = kept()
    client.force_login(get_user_model().objects.create(username="gast", is_staff=True))
    typed = source_form(url=LIST, _probe="试取")
    assert client.post(page(Source, "change", row.pk), typed).status_code == 403
    assert web.asked == []


@pytest.mark.parametrize("url", ["www.a.gov.cn/x", "ftp://a.gov.cn/x", "http://wang:geheim@a.gov.cn/"])
def test_bad_address_is_refused_with_how_to_write_one(staff: Client, page: Page, url: str) -> None:
    staff.post(page(Source, "add"), source_form(url=url))
    assert not Source.objects.exists()


def test_trying_heeds_robots_until_a_reason_is_given(staff: Client, page: Page, web: Web) -> None:
    web["/robots.txt"] = "User-agent: *\nDisallow: /"
    assert "不允许取这个列表" in tried(staff, page, url=LIST)
    assert "龙讯（longxun）" in tried(staff, page, url=LIST, robots_override="淮北市经信局来函同意")


def test_table_with_a_bad_recipe_is_refused(staff: Client, page: Page) -> None:
    head = "slug,name,url,family,recipe,region,issuer,enabled,robots_override,tls_profile,tls_pin"
    row = 'hb,淮北,http://a.gov.cn/,trs,"{""rowz"": ""//x""}",安徽省淮北市,,0,,,'
    table = SimpleUploadedFile("sources.csv", f"{head}\n{row}\n".encode("utf-8-sig"))
    answer = staff.post(page(Source, "import"), {"import_file": table, "format": "0"})
    assert "取法中的“rowz”" in html.unescape(answer.content.decode())
