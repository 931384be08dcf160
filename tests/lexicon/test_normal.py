"""Words that read the same are the same; folding moves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.lexicon.normal import fold, normalise
from notices.lexicon.numerals import number


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("綠色工廠", "绿色工厂"),
        ("绿 色 工 厂", "绿色工厂"),
        ("ＡＩ＋制造", "ai+制造"),
        ("關於徵求意見", "关于征求意见"),
        ("5G　应用", "5g应用"),
        ("⼯业", "工业"),
        ("green factory", "green factory"),
    ],
)
def test_normalise_writes_one_way(written: str, plain: str) -> None:
    assert normalise(written) == plain


@given(st.text())
def test_fold_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("15", 15),
        ("十五", 15),
        ("二十", 20),
        ("廿三", 23),
        ("一百二十", 120),
        ("二〇一九", 2019),
        ("两", 2),
        ("x", None),
        ("", None),
    ],
)
def test_numbers_are_read(written: str, value: int | None) -> None:
    assert number(written) == value


def test_a_place_called_qian_is_not_dry() -> None:
    assert fold("乾縣、乾安县的餅乾和乾燥設備") == "乾县、乾安县的饼干和干燥设备"
