"""Pages that say gb2312 and hold 镕, 喆 and 䶮, which gb2312 lacks: every adapter keeps every line."""

import json
from collections.abc import Callable, Sequence

import pytest

from notices.intake.answers import Fetched
from notices.intake.families import ADAPTERS, parse_list
from notices.intake.listing import ListPage

HEADER = "charset=gb2312"
TITLES = [f"关于{'镕喆䶮'[n % 3]}同志任职前公示的第{n}号通知" for n in range(20)]
Rows = Sequence[tuple[str, str]]


def html(*rows: str) -> str:
    lines = "\n".join(rows)
    return f"<html><head><meta charset='gb2312'></head><body><ul class='list'>{lines}</ul></body></html>"


def li(path: str, title: str) -> str:
    return f"<li><a href='{path}'>{title}</a><span>2024-06-01</span></li>"


def as_json(wrap: Callable[[list[dict[str, str]]], object], rows: Rows, title: str, url: str) -> str:
    return json.dumps(wrap([{title: t, url: path} for path, t in rows]), ensure_ascii=False)


def rss(rows: Rows) -> str:
    items = "".join(f"<item><title>{title}</title><link>{path}</link></item>" for path, title in rows)
    return f"<?xml version='1.0' encoding='gb2312'?><rss version='2.0'><channel>{items}</channel></rss>"


def jcms(rows: Rows) -> str:
    records = "".join(f"<record><![CDATA[{li(path, title)}]]></record>" for path, title in rows)
    return html(f"<script type='text/xml'><datastore><recordset>{records}</recordset></datastore></script>")


def unit(rows: Rows) -> str:
    return json.dumps(
        {"data": {"html": html(*(li(path, title) for path, title in rows))}}, ensure_ascii=False
    )


def plain_list(rows: Rows) -> str:
    return html(*(li(path, title) for path, title in rows))


PAGES: list[tuple[str, str, Callable[[Rows], str]]] = [
    ("feed", "/1/{}.html", rss),
    ("feed", "/1/{}.html", lambda rows: as_json(
        lambda items: {"version": "https://jsonfeed.org/version/1.1", "items": items}, rows, "title", "url")),
    ("trs", "/202406/t20240601_{}.html", plain_list),
    ("hanweb_jcms", "/art/2024/6/1/art_1_{}.html", jcms),
    ("hanweb_jpaas", "/art/2024/art_{}.html", unit),
    ("hanweb_jpaas", "/art/2024/art_{}.html", lambda rows: as_json(
        lambda results: {"data": {"results": results}}, rows, "title", "url")),
    ("ucap", "/c100/202406/{}.shtml", plain_list),
    ("ucap", "/c100/202406/{}.shtml", lambda rows: as_json(
        lambda results: {"data": {"results": results}}, rows, "title", "url")),
    ("longxun", "/tzgg/1000{}.html", plain_list),
    ("gkmlpt", "/content/post_{}.html", plain_list),
    ("gkmlpt", "/content/post_{}.html", lambda rows: as_json(
        lambda articles: {"articles": articles}, rows, "title", "url")),
    ("govcn_library", "/content_{}.htm", lambda rows: as_json(
        lambda found: {"searchVO": {"listVO": found}}, rows, "title", "url")),
    ("generic", "/view/{}", plain_list),
]  # fmt: skip


@pytest.mark.parametrize(("family", "path", "written"), PAGES)
def test_page_that_says_gb2312_keeps_twenty_of_twenty_lines(
    family: str, path: str, written: Callable[[Rows], str]
) -> None:
    text = written([(path.format(n), title) for n, title in enumerate(TITLES)])
    answer = Fetched("https://a.gov.cn/x/", 200, {"content-type": HEADER}, text.encode("gb18030"))

    found = parse_list(family, answer, {})

    assert isinstance(found, ListPage)
    assert [item.title for item in found.items] == TITLES


@pytest.mark.parametrize(("family", "path", "written"), PAGES)
def test_encoding_of_the_recipe_overrides_all_others(
    family: str, path: str, written: Callable[[Rows], str]
) -> None:
    """Big5 in a page that says gb2312 in a header that says UTF-8: only staff can know."""
    title = "關於公示擬任職同志名單的通知"
    text = written([(path.format(n), f"{title}{n}") for n in range(6)])
    answer = Fetched("https://a.gov.cn/x/", 200, {"content-type": "charset=utf-8"}, text.encode("big5"))

    found = parse_list(family, answer, {"charset": "big5"})

    assert isinstance(found, ListPage)
    assert found.items[0].title == f"{title}0"


def test_every_family_has_a_page_here() -> None:
    assert {family for family, _, _ in PAGES} == set(ADAPTERS)
