"""Bodies of pages that bear no family's marks, and what is not part of a body."""

import pytest

from notices.intake.density import densest
from notices.intake.furniture import is_furniture
from notices.intake.plain_text import plain_text
from notices.intake.tree import parse_html

TITLE = "关于申报绿色工厂的通知"
TEXT = "请各单位于2019年10月29日前报送申报材料，逾期不再受理。"
PARAGRAPHS = f"<p>{TEXT}</p><p>某市经济和信息化局</p>"
WHOLE = f"{TEXT}\n\n某市经济和信息化局"


def body_of(inside: str) -> str:
    root = parse_html(f"<html><body>{inside}</body></html>")
    assert root is not None
    body = densest(root, TITLE)
    return "" if body is None else plain_text(body)


PAGES = {
    "content in its own part": f"<div><h1>{TITLE}</h1><div class=c>{PARAGRAPHS}</div></div>",
    "title and text in one part": f"<div><p>导航文字</p><h1>{TITLE}</h1>{PARAGRAPHS}</div>",
    "info line": f"<div><h1>{TITLE}</h1><div>2019-10-21 10:00 来源：某局 阅读：12</div>{PARAGRAPHS}</div>",
    "side column": (
        f"<div><div><h1>{TITLE}</h1><div>{PARAGRAPHS}</div></div>"
        "<div><a href=1>某地开会</a><p>近日，某地开会，部署工作。</p></div></div>"
    ),
    "foot": f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div><div><p>某ICP备5号</p><p>地址：某路，邮编：1</p></div>",
    "layout of tables": (
        f"<table><tr><td>{TITLE}</td></tr><tr><td>{PARAGRAPHS}</td></tr>"
        "<tr><td><a href=#>打印</a></td></tr></table>"
    ),
    "breadcrumb": (
        f"<div>位置：<a href=/>首页</a> &gt; <span>{TITLE}</span></div>"
        f"<div><h1>{TITLE}</h1>{PARAGRAPHS}</div>"
    ),
    "catalogue card": (
        f"<div><table><tr><td>名 称</td><td>{TITLE}</td></tr><tr><td>索引号</td><td>1/19</td></tr></table>"
        f"<h1>{TITLE}</h1>{PARAGRAPHS}</div>"
    ),
    "related list": (
        f"<div><h1>{TITLE}</h1>{PARAGRAPHS}"
        "<ul><li><a href=1>关于某事项的公告</a></li><li><a href=2>关于另一事项的公告</a></li></ul></div>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_body_is_the_text_after_the_title_alone(name: str) -> None:
    assert body_of(PAGES[name]) == WHOLE


def test_body_keeps_the_documents_own_title_and_number() -> None:
    inside = f"<div>{TITLE}</div><div class=c><p>某工信〔2019〕1号</p><p>{TITLE}</p>{PARAGRAPHS}</div>"
    assert body_of(inside) == f"某工信〔2019〕1号\n\n{TITLE}\n\n{WHOLE}"


def test_body_with_more_table_than_text_is_whole() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>某公司，第{n}厂</td></tr>" for n in range(40))
    text = body_of(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}<table>{rows}</table><p>特此通知。</p></div>")
    assert text.startswith(TEXT)
    assert text.endswith("39\t某公司，第39厂\n\n特此通知。")


def test_body_keeps_its_list_of_files() -> None:
    files = "<ul><li><a href=1.doc>申报书</a></li><li><a href=2.xls>汇总表</a></li></ul>"
    assert body_of(f"<div><h1>{TITLE}</h1>{PARAGRAPHS}{files}</div>").endswith("申报书\n\n汇总表")


def test_page_without_text_has_no_body() -> None:
    assert body_of("<div><a href=1>首页</a></div>") == ""


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2019-10-18 来源：某市经济和信息化局 字号：[ 大 中 小 ]",
        "发布时间：2019-10-18 10:00 作者： 来源：某局 浏览次数：0",
        "时间：2019-08-22 字号：大 中 小",
        "2019-09-25 来源：某局 字号：[大][中][小] [打印]",
        "【打印】【关闭】",
        "打印 | 关闭",
        "上一篇：关于某事项的通知",
    ],
)
def test_line_of_labels_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "2019年10月21日",
        "时间：2019年10月29日",
        "来源于工业固体废物的，请另行申报。",
        "报送时间：2019-10-29",
        "打印后盖章报送",
    ],
)
def test_line_of_a_notice_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_furniture_is_told_quickly_from_a_hostile_line() -> None:
    assert not is_furniture("来源：打印" + "分享 打印 " * 30 + "！")
