"""Encodings as sites really mix them up."""

import pytest

from notices.intake.decoding import decode

RARE = "国务院原总理朱镕基；吴喆；䶮"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_page_that_says_gb_keeps_rare_characters(declared: str) -> None:
    body = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>{RARE}".encode("gb18030")
    assert decode(body).endswith(RARE)


@pytest.mark.parametrize(
    ("encoding", "content_type", "forced"),
    [
        ("utf-8", "text/html; charset=gb2312", ""),
        ("gb18030", "text/html; charset=utf-8", ""),
        ("gb18030", "text/html; charset=ISO-8859-1", ""),
        ("gb18030", "", ""),
        ("big5", "text/html", "big5"),
        ("utf-8-sig", "text/html; charset=gbk", ""),
        ("utf-16", "", ""),
    ],
)
def test_contradiction_is_settled_by_what_decodes(encoding: str, content_type: str, forced: str) -> None:
    text = "關於開展工作的通知" if encoding == "big5" else RARE
    assert decode(text.encode(encoding), content_type, forced) == text


def test_utf8_page_with_one_broken_byte_stays_utf8() -> None:
    body = ("<meta charset=utf-8>" + RARE * 20).encode() + b"\xff"
    assert decode(body).startswith(f"<meta charset=utf-8>{RARE}")


def test_unknown_encoding_is_not_believed() -> None:
    assert decode(RARE.encode("gb18030"), "text/html; charset=unicode-foo") == RARE
