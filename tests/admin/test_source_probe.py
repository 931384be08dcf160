"""The step 试取 of the source form, and what the form refuses to save."""

import html
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from notices.models import Source
from tests.admin.test_notices import source_form
from tests.intake.conftest import Web, list_html, serving
from tests.intake.conftest import page as saved_page

Page = Callable[..., str]
LIST = "http://jxj.huaibei.gov.cn/xxfb/tzgg/index.html"


@pytest.fixture
def web(settings: Settings) -> Iterator[Web]:
    """A web on loopback with one list, and settings that lead there."""
    with serving() as web:
        settings.INTAKE_HOST_GAP = 0
        settings.INTAKE_ALLOW_NETS = ["127.0.0.0/8"]
        settings.INTAKE_CONNECT_TO = [f"80=127.0.0.1:{web.port}"]
        web["/xxfb/tzgg/index.html"] = saved_page("longxun_kjt_list.html").decode()
        yield web


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
    form = source_form(url="http://down.gov.cn/x", recipe='{"rows": "//ul/li"}')
    staff.post(page(Source, "add"), form)
    assert Source.objects.get().recipe == {"rows": "//ul/li"}


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
