"""Recipes in XPath and in CSS: the same lines, and a clear word where one cannot be used."""

from datetime import date

import pytest

from notices.intake.answers import Fetched
from notices.intake.families import parse_list
from notices.intake.listing import ListPage
from notices.intake.recipes import BadRecipe, recipe_of

PAGE = """<html><body>
<div class="side"><ul><li><a href="/a/1">旁边的一条旧闻与通知无关</a>2019-10-01</li></ul></div>
<div class="news main"><ul>
<li><h4><a href="/a/2" title="关于开展绿色工厂申报的通知">关于开展…</a></h4><i>2019-10-20</i></li>
<li><h4><a href="/a/3">关于公示名单的公告（第二批）</a></h4><i>2019-10-21</i></li></ul></div></body></html>"""
SAME = [
    {"rows": "//div[contains(@class, 'main')]//li", "link": "./h4/a", "date": "./i"},
    {"rows": "css:div.main li", "link": "css:h4 > a", "date": "css:i"},
    {"rows": "css:div.nothing li, div.news.main > ul > li", "link": "css:a[href*='/a/']", "date": "css:i"},
]


@pytest.mark.parametrize("own", SAME, ids=["xpath", "css", "css with a comma"])
def test_recipe_finds_its_lines_in_either_language(own: dict[str, str]) -> None:
    found = parse_list("generic", Fetched("http://www.x.gov.cn/", 200, {}, PAGE.encode()), own)

    assert isinstance(found, ListPage)
    assert [(item.title, item.published) for item in found.items] == [
        ("关于开展绿色工厂申报的通知", date(2019, 10, 20)),
        ("关于公示名单的公告（第二批）", date(2019, 10, 21)),
    ]


def test_recipe_of_css_knows_the_container_of_its_rows() -> None:
    container = recipe_of("generic", {"rows": "css:div.main > ul > li"}).container_of_rows

    assert container is not None
    assert container.path.endswith("/ul")


@pytest.mark.parametrize("selector", ["css:ul..x", "css:", "css:li:hover(", "css:li::before"])
def test_recipe_refuses_what_is_no_css(selector: str) -> None:
    with pytest.raises(BadRecipe, match=r"rows.*不是正确的 CSS 选择器"):
        recipe_of("generic", {"rows": selector})
