"""Files that staff hand in: a newsletter as a real browser prints it, and files of one notice."""

import html
import re
from pathlib import Path

import pytest

from notices.intake.file_by_hand import (
    NotRead,
    draft_of_file,
    draft_of_text,
    drafts_of_newsletter,
    text_of_file,
)
from notices.lexicon import regions
from notices.reading.newsletter import split
from tests.attachments.shelf import body_of
from tests.services import chromium, unpacker

NEWSLETTER = Path(__file__).parents[1] / "reading" / "newsletters" / "printed.txt"
HEAD = '<div style="font-size:9px;width:100%;text-align:center">{}</div>'


def printed(text: str) -> bytes:
    """A PDF of A4 pages with a head and numbered feet."""
    with chromium.page(800, 600) as page:
        style = "white-space:pre-wrap;word-break:break-all;font:20px/2 sans-serif"
        page.set_content(f'<pre style="{style}">{html.escape(text)}</pre>')
        return page.pdf(
            format="A4",
            display_header_footer=True,
            header_template=HEAD.format("政策快讯 2019 年第 18 期"),
            footer_template=HEAD.format('咨询电话：0999-88112233 第 <span class="pageNumber"></span> 页'),
            margin={"top": "25mm", "bottom": "25mm", "left": "25mm", "right": "25mm"},
        )  # fmt: skip


def test_a_newsletter_printed_as_pdf_splits_like_its_text() -> None:
    text = NEWSLETTER.read_text(encoding="utf-8")
    bare = re.sub(r"\f政策快讯[^\n]*\n|\n\d\n咨询电话[^\n]*", "", text)

    newsletter, drafts = drafts_of_newsletter(text_of_file("快讯.pdf", printed(bare)))

    wanted = [(entry.section, entry.title, entry.link, ()) for entry in split(text).entries]
    assert [(draft.section, draft.title, draft.url, draft.doubts) for draft in drafts] == wanted
    assert newsletter.doubts == ()
    assert not any("0999-88112233" in draft.text for draft in drafts)


def test_the_title_of_a_text_is_the_one_at_its_head() -> None:
    draft = draft_of_text(
        "余姚市经济和信息化局文件\n余经信〔2019〕12号\n关于组织申报余姚市\n绿色工厂的通知\n各企业：\n请申报。"
    )

    assert draft.title == "关于组织申报余姚市绿色工厂的通知"


def test_a_file_without_a_title_is_called_by_its_name() -> None:
    assert draft_of_file("培训安排.txt", "请各企业参加。".encode()).title == "培训安排"


def test_an_archive_is_called_by_the_head_of_its_first_paper() -> None:
    unpacker.library()
    draft = draft_of_file("1.rar", body_of("压缩存放.rar"))

    assert draft.title == "2023年度绿色制造示范申报指南"
    assert "逾期不予受理" in draft.text


def test_the_host_of_a_link_tells_the_region() -> None:
    draft = draft_of_text("请各企业参加。", "培训", "http://gxj.huaibei.gov.cn/1.html")

    assert draft.region == regions.find("淮北市")


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.pdf", b"%PDF-1.4"), ("a.docx", b"PK\x03\x04"), ("a.bin", b"\0" * 99), ("a.txt", b" ")],
)
def test_what_cannot_be_read_is_refused_in_words(name: str, body: bytes) -> None:
    with pytest.raises(NotRead, match=f"读不出《{name}》的文字：."):
        text_of_file(name, body)
