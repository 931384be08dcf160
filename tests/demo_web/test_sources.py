"""The demo's sources fit the sites."""

import re
from typing import Any

import pytest
from lxml import html

from demo.sources import SOURCES, SourceRow
from demo.web.server import GovernmentWeb
from demo.web.sites import load_sites
from notices.models import Family
from tests.demo_web.conftest import Fetch

WITH_ROWS = [source for source in SOURCES if "rows" in source.get("recipe", {})]


def test_sources_point_at_the_sites() -> None:
    assert {source["slug"]: source["url"] for source in SOURCES} == {
        site.slug: site.url for site in load_sites()
    }


def test_sources_are_of_known_families() -> None:
    assert {source["family"] for source in SOURCES} <= set(Family.values)


@pytest.mark.parametrize("source", WITH_ROWS, ids=lambda source: source["slug"])
def test_recipe_finds_each_row_with_its_link_and_day(
    web: GovernmentWeb, fetch: Fetch, source: SourceRow
) -> None:
    recipe, site = source["recipe"], next(site for site in web.sites if site.slug == source["slug"])
    tree: Any = html.fromstring(fetch(source["url"]).body.decode(site.charset))

    rows = tree.xpath(recipe["rows"])

    assert [row.xpath(recipe["link"])[0].get("title") for row in rows] == [
        notice.title for notice in site.visible(web.now)[: site.per_page]
    ]
    days = [row.xpath(recipe["date"])[0].text_content() for row in rows]
    assert all(re.fullmatch(r"2019-\d\d-\d\d", day) for day in days)


def test_body_of_the_feeds_page_is_where_the_recipe_says(web: GovernmentWeb, fetch: Fetch) -> None:
    source = next(source for source in SOURCES if source["family"] == "feed")
    page: Any = html.fromstring(fetch("http://kjt.shanxi.gov.cn/jcyjc/49165.jhtml").text)

    (body,) = page.xpath(source["recipe"]["body"][0])

    assert "网络申报的受理时间：全年" in body.text_content()
