"""Looks of pages that no family's marks know, 37 KB and more: their bodies are found by density alone.

Written from what old and home-made government sites do, apart from the rules that are measured with them.
"""

from collections.abc import Callable, Iterator
from html import escape

from bench.detail_pages import DetailPage
from demo.web.sites import Notice, load_sites

SCRIPT = "<script>" + "function hit(a){return document.cookie.indexOf(a)>-1?'，。':a;}\n" * 300 + "</script>"
STYLE = "<style>" + ".c1 .c2 a:hover{color:#c00;text-decoration:none}\n" * 200 + "</style>"
MENU = "".join(f"<li><a href='/c{n}/'>栏目{n}政务公开信息</a></li>" for n in range(80))
FRIENDS = "".join(f"<option value='http://{n}.gov.cn'>第{n}市人民政府门户网站</option>" for n in range(60))
FOOT = (
    "<p>主办单位：某省某厅 地址：某市某路一百二十三号 邮编：450000</p>"
    "<p>某ICP备05000000号 公网安备41010102000000号</p>"
    "<p>技术支持：某某信息技术有限公司，建议使用1366×768以上分辨率浏览本站。</p>"
)
EVERY = 3  # of the demo's notices one in so many


def look_pages() -> Iterator[DetailPage]:
    """A third of the demo's notices in each of the looks."""
    notices = [notice for site in load_sites() for notice in site.notices][::EVERY]
    for look in LOOKS:
        for notice in notices:
            html, text = look(notice)
            yield DetailPage(notice.url, "feed", notice.title, html, text)


def _page(inside: str, title: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{escape(title)}-某省某厅</title>"
        f"{STYLE}{SCRIPT}</head><body><div class='head'><ul>{MENU}</ul></div>{inside}"
        f"<div class='foot'><select>{FRIENDS}</select>{FOOT}</div></body></html>"
    )


def _nested_tables(notice: Notice) -> tuple[str, str]:
    """Layout by tables; the body one cell with line breaks."""
    lines = "<br>\n".join(f"　　{escape(one.text)}" for one in notice.paragraphs)
    side = "".join(f"<tr><td><a href='{n}.htm'>某项工作的左侧长标题之{n}</a></td></tr>" for n in range(9))
    inside = (
        f"<table width=980><tr><td width=220><table>{side}</table></td><td><table>"
        f"<tr><td align=center><font size=4><b>{escape(notice.title)}</b></font></td></tr>"
        f"<tr><td align=center>{notice.published} 来源：某厅 点击数：123</td></tr>"
        f"<tr><td>{lines}</td></tr>"
        "<tr><td align=right>【<a href='javascript:print()'>打印</a>】【<a href='#'>关闭</a>】</td></tr>"
        "</table></td></tr></table>"
    )
    return _page(inside, notice.title), notice.text


def _spans(notice: Notice) -> tuple[str, str]:
    """Pasted from a word processor: every few characters in a span, paragraphs as div."""
    body = "".join(f"<div style='text-indent:2em'>{_in_spans(one.text)}</div>" for one in notice.paragraphs)
    inside = (
        f"<div class='wrap'><h2>{escape(notice.title)}</h2>"
        f"<div class='sx'><span>时间：{notice.published}</span>"
        f"<span>字号：<a>大</a> <a>中</a> <a>小</a></span></div><div class='txt1'>{body}</div></div>"
    )
    return _page(inside, notice.title), notice.text


def _in_spans(text: str) -> str:
    pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
    return "".join(f"<span lang='EN-US'><font face='仿宋'>{escape(piece)}</font></span>" for piece in pieces)


def _data_table(notice: Notice) -> tuple[str, str]:
    """More table than text."""
    rows = [(str(n), f"某某新材料科技股份有限公司第{n}分公司", f"绿色工厂，{n}级") for n in range(1, 31)]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    lines = [f"<p>{escape(one.text)}</p>" for one in notice.paragraphs]
    inside = (
        f"<div id='con'><h1>{escape(notice.title)}</h1>"
        f"<div class='nr'>{lines[0]}<table border=1>{cells}</table>"
        f"{''.join(lines[1:])}</div></div>"
    )
    first, *rest = [one.text for one in notice.paragraphs]
    return _page(inside, notice.title), "\n".join([first, *("".join(row) for row in rows), *rest])


def _with_excerpts(notice: Notice) -> tuple[str, str]:
    """A side column with the beginnings of other news."""
    news = "".join(
        f"<dl><dt><a href='{n}'>某地召开第{n}次会议</a></dt>"
        "<dd>近日，某地召开会议，研究部署有关工作。</dd></dl>"
        for n in range(3)
    )
    lines = "".join(f"<p>{escape(one.text)}</p>" for one in notice.paragraphs)
    inside = (
        f"<div class='w1200'><div class='l'><h1>{escape(notice.title)}</h1><div class='info'>发布时间："
        f"{notice.published} 信息来源：某厅</div><div class='box'>{lines}</div></div>"
        f"<div class='r'>{news}</div></div>"
    )
    return _page(inside, notice.title), notice.text


def _titled_thrice(notice: Notice) -> tuple[str, str]:
    """The title in the breadcrumb, the heading and the document; the signature in a part of its own."""
    title = escape(notice.title)
    *lines, last = [f"<p>{escape(one.text)}</p>" for one in notice.paragraphs]
    inside = (
        f"<div class='path'>当前位置：<a href='/'>首页</a> &gt; <span>{title}</span></div>"
        f"<div class='art'><div class='t'>{title}</div><div class='d'><div class='doc'>"
        f"<p align=center>某工信〔2019〕12号</p><p align=center>{title}</p>"
        f"{''.join(lines)}<div class='sign'>{last}</div></div></div></div>"
        "<div class='pn'><p>上一篇：<a href='1.html'>关于某事项的通知</a></p>"
        "<p>下一篇：<a href='2.html'>关于另一事项</a></p></div>"
    )
    return _page(inside, notice.title), f"某工信〔2019〕12号\n{notice.title}\n{notice.text}"


def _with_card(notice: Notice) -> tuple[str, str]:
    """The catalogue card of an information disclosure page before the title, all in one place."""
    card = (
        "<table class='xxgk'><tr><td>索 引 号</td><td>002996174/201910-00031</td>"
        "<td>主题分类</td><td>工业、交通</td></tr>"
        f"<tr><td>发文机关</td><td>某省某厅</td><td>成文日期</td><td>{notice.published}</td></tr></table>"
    )
    lines = "".join(f"<p class='MsoNormal'>{escape(one.text)}</p>" for one in notice.paragraphs)
    inside = f"<div class='gk'>{card}<p class='bt' align=center>{escape(notice.title)}</p>{lines}</div>"
    return _page(inside, notice.title), notice.text


LOOKS: tuple[Callable[[Notice], tuple[str, str]], ...] = (
    _nested_tables,
    _spans,
    _data_table,
    _with_excerpts,
    _titled_thrice,
    _with_card,
)
