"""Days in Chinese numerals read as days in digits, and stand where they stood."""

import pytest

from notices.lexicon.cuts import rewritten
from notices.lexicon.numeral_days import in_digits
from notices.reading.page import Page


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("二〇一九年十月二十九日前", "2019年10月29日前"),
        ("二○二○年五月底前", "2020年5月底前"),
        ("十月 八 日至十五日", "10月8日至15日"),
        ("三月五号、六号", "3月5日、6日"),
        ("每年三月三十一日前", "每年3月31日前"),
        ("十二月上旬", "12月上旬"),
        ("三月内,满十二月", "三月内,满十二月"),
        ("第十五日,第三季度", "第十五日,第三季度"),
        ("5月8号楼,第5号", "5月8号楼,第5号"),
    ],
)
def test_page_gives_days_in_digits(written: str, read: str) -> None:
    assert Page(written).clean == read


def test_quotes_of_such_days_are_as_they_were_written() -> None:
    page = Page("请于二〇一九年十月 二十九日前报送，十一月五日前汇总。")

    assert [page.written(day.start, day.end) for day in page.mentions] == [
        "二〇一九年十月 二十九日",
        "十一月五日",
    ]


def test_every_character_of_a_rewritten_text_knows_its_place() -> None:
    text = "于十月八日、十二月二十五日前。"
    told = rewritten(text, in_digits(text))

    assert told.text == "于10月8日、12月25日前。"
    kept = {told.text[n]: text[told.offset(n)] for n in (0, 6, len(told.text) - 2, len(told.text) - 1)}
    assert kept == {"于": "于", "、": "、", "前": "前", "。": "。"}
    assert [told.offset(n) for n in range(len(told.text))] == sorted(
        told.offset(n) for n in range(len(told.text))
    )
