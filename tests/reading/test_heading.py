"""What stands for the title of a text that came without one, and that it is quoted as it stands there."""

from notices.lexicon.kinds import Kind
from notices.reading import read

BROKEN = "荆门市经信局关于公布2023年度\n省级绿色工厂名单的通知\n各县局：\n请加强指导。"


def test_heading_over_two_lines_is_quoted_as_it_stands() -> None:
    proof = read("", BROKEN).kind.evidence

    assert proof.place == "body"
    assert proof.start is not None
    assert BROKEN[proof.start :].startswith(proof.quote)
    assert "公布" in proof.quote


def test_heading_makes_the_short_title() -> None:
    assert "绿色工厂" in read("", BROKEN).short_title


def test_title_of_blanks_is_none() -> None:
    assert read(" \u3000", BROKEN).kind == read("", BROKEN).kind


def test_title_given_is_the_title_whatever_the_text_is_headed() -> None:
    assert read("关于申报2023年度省级绿色工厂的通知", BROKEN).kind.value is Kind.APPLICATION


def test_text_of_nothing_is_other() -> None:
    found = read("", "").kind

    assert found.value is Kind.OTHER
    assert found.evidence.quote == ""
