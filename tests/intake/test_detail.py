"""Detail pages of every family and of none."""

from datetime import date

import pytest

from notices.intake.answers import Fetched
from notices.intake.detail import NoPage, Page, read_page
from notices.intake.recipes import recipe_of
from notices.intake.troubles import Why
from tests.intake.conftest import detail_html, page

URL = "https://gxt.henan.gov.cn/xxgk/wjjb/2024/t20240611_3005121.html"


def read(
    family: str, body: bytes | str, listed: str = "列表标题", url: str = URL, content_type: str = ""
) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    found = read_page(Fetched(url, 200, {"content-type": content_type}, raw), recipe_of(family, {}), listed)
    assert isinstance(found, Page), found
    return found


DETAILS = [
    (
        "trs_henan_detail.html", "trs", "关于组织申报2024年省级绿色供应链管理企业的通知",
        date(2024, 6, 11), "河南省工业和信息化厅", "2024年7月15日",
    ),
    (
        "jcms_jiangsu_detail.html", "hanweb_jcms", "关于开展危险废物经营许可证复核的公告",
        date(2024, 3, 28), "固体废物与化学品处", "第一批\t2024年4月30日",
    ),
    (
        "ucap_hainan_detail.html", "ucap", "关于组织2024年首台套装备认定的通知",
        date(2024, 5, 30), "海南省工业和信息化厅", "2024年6月28日17:30前",
    ),
    (
        "longxun_hefei_detail.html", "longxun", "关于开展智能工厂诊断服务的通知",
        date(2024, 4, 26), "市经信局", "截止时间为2024年5月20日",
    ),
    (
        "old_table_detail.html", "trs", "关于报送2023年土壤污染重点监管单位名录的函",
        date(2023, 2, 7), "", "请于2023年2月24日前",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "family", "title", "published", "issuer", "quote"), DETAILS)
def test_detail_page_is_read(
    name: str, family: str, title: str, published: date, issuer: str, quote: str
) -> None:
    found = read(family, page(name), listed=title)
    assert (found.title, found.published, found.issuer_hint) == (title, published, issuer)
    assert quote in found.text


@pytest.mark.parametrize("name", [row[0] for row in DETAILS])
def test_detail_text_has_no_furniture(name: str) -> None:
    family = next(row[1] for row in DETAILS if row[0] == name)
    text = read(family, page(name)).text
    for furniture in ("首页", "打印", "分享", "上一篇", "浏览次数", "ICP", "版权所有", "相关", "不应出现"):
        assert furniture not in text


def test_detail_text_keeps_paragraphs_and_lines() -> None:
    text = read("hanweb_jcms", page("jcms_jiangsu_detail.html")).text
    assert text.split("\n\n") == [
        "根据有关规定，我厅将对全省危险废物经营许可证开展复核。",
        "批次\t报送日期\n第一批\t2024年4月30日",
        "联系电话：025-00000000\n电子邮箱：fh@example.gov.cn",
    ]


def test_attachments_are_absolute_and_named() -> None:
    found = read("trs", page("trs_henan_detail.html"))
    assert [(file.name, file.url.rsplit("/", 1)[1]) for file in found.attachments] == [
        ("绿色供应链管理企业申报书", "P020240611612345678901.docx"),
        ("申报材料汇总表", "W020240611600000000002.zip"),
    ]


def test_attachment_beside_the_body_is_found() -> None:
    found = read("longxun", page("longxun_hefei_detail.html"), url="https://jxj.hefei.gov.cn/tzgg/1.html")
    assert [file.url for file in found.attachments] == ["https://jxj.hefei.gov.cn/group1/M00/06/aa.xls"]


def test_detail_html_is_sanitised_with_absolute_links() -> None:
    body = (
        '现印发通知，请遵照执行。<a href="/a.pdf" onclick="x()">附件</a><script>x</script>'
        '<img src=//t.cn/1.gif><a href="javascript:x">点</a>'
    )
    html = read("trs", detail_html("关于某项工作的通知", body)).html
    assert 'href="https://gxt.henan.gov.cn/a.pdf"' in html
    for bad in ("script", "onclick", "img"):
        assert bad not in html


def test_list_title_cut_short_is_completed_by_the_heading() -> None:
    body = "<div class='TRS_Editor'><p>各单位：请于十月底前报送。</p></div>"
    html = f"<title>关于开展绿色工厂推荐工作的通知_某局</title>{body}"
    assert read("trs", html, listed="关于开展绿色工厂推荐...").title == "关于开展绿色工厂推荐工作的通知"


def test_link_to_a_bare_file_becomes_a_page_with_it() -> None:
    found = read("trs", b"%PDF-1.4", "关于规划的通知", "https://a.gov.cn/x/P02019.pdf", "application/pdf")
    assert (found.title, found.text) == ("关于规划的通知", "")
    assert found.attachments[0].url == "https://a.gov.cn/x/P02019.pdf"


def test_short_notice_with_files_is_whole() -> None:
    html = (
        "<div class=nav><a href=/>首页</a></div><h1>关于印发办法的通知</h1>"
        "<div class=c><p>现将办法印发给你们，请遵照执行。</p><p>附件：<a href=1.doc>办法</a></p></div>"
        "<div>版权所有：某厅，地址：某路一百二十三号，邮编：450000，技术支持：某公司。</div>"
    )
    found = read("trs", html, listed="关于印发办法的通知")
    assert found.text == "现将办法印发给你们，请遵照执行。\n\n附件：办法"
    assert len(found.attachments) == 1


def test_empty_page_is_no_notice() -> None:
    answer = Fetched(URL, 200, {}, b"")
    assert isinstance(read_page(answer, recipe_of("trs", {}), "标题"), NoPage)


def test_comments_and_scripts_in_the_page_do_no_harm() -> None:
    detail = detail_html("关于某项工作的通知", "正文如下，请遵照执行。<!-- c -->")
    html = f"<!-- a --><body><!-- b --><script>来源：脚本</script>{detail}"
    assert read("trs", html).text == "正文如下，请遵照执行。"


def test_line_break_in_the_source_is_no_blank_but_one_between_names_is() -> None:
    body = "<div class='TRS_Editor'><p>关于做好\n  申报工作的要求</p><p>市科技局　　市财政局</p></div>"
    assert read("trs", body).text == "关于做好申报工作的要求\n\n市科技局 市财政局"


SENTENCES = "".join(f"<p>各单位：现将第{n}项工作有关事项通知如下，请认真组织。</p>" for n in range(4))


def test_text_that_stands_before_its_title_is_found_by_the_library() -> None:
    text = f"<html><body><div>{SENTENCES}</div><div><h1>关于绿色工厂的通知</h1></div></body></html>"
    answer = Fetched("http://a.gov.cn/1.html", 200, {"content-type": "text/html"}, text.encode())
    found = read_page(answer, recipe_of("generic", {}), "关于绿色工厂的通知")
    assert isinstance(found, Page)
    assert "现将第3项工作有关事项通知如下" in found.text


def test_library_invents_no_text_where_there_is_none() -> None:
    menu = "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(30))
    text = f"<html><body><ul>{menu}</ul><h1>关于绿色工厂的通知</h1></body></html>"
    answer = Fetched("http://a.gov.cn/1.html", 200, {"content-type": "text/html"}, text.encode())
    assert read_page(answer, recipe_of("generic", {}), "关于绿色工厂的通知") == NoPage(Why.NO_BODY)
