"""Pinyin in brackets behind characters goes; every other bracket stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.lexicon.cuts import without
from notices.lexicon.glosses import gloss_spans, without_glosses
from notices.lexicon.normal import normalise


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("市工業(yè)和信息化局關(guān)于", "市工業和信息化局關于"),
        ("計（jì）劃", "計劃"),
        ("行(háng)(xíng)業(yè)", "行業"),
        ("略(lu\u0308e\u0300)", "略"),  # marks apart from their letters
        ("廣(ɡuǎnɡ)東(dōng)", "廣東"),
        ("請(qǐng)?jiān)于", "請于"),  # the bracket that opens was lost
        ("申報(bào)門(mén)類(lèi)的(de)單(dān)位(wèi)們(men)", "申報門類的單位們"),
        ("通(tong)知(zhi)关(guan)于(yu)开(kai)展(zhan)", "通知关于开展"),
    ],
)
def test_readings_go(written: str, plain: str) -> None:
    assert without_glosses(written) == plain


@pytest.mark.parametrize(
    "written",
    [
        "执行标准(GB)和(HJ)，灯(LED)、系统(app)、工厂(PE)",
        "选项甲(a)乙(b)丙(c)丁(e)戊(o)",  # too few different ones
        "碳(led)(cod)甲(gb)乙(xls)丙(doc)丁(pdf)",  # no syllables
        "咖啡(café)、人工智能(ai)、面积(mu)",
        "见附件(pdf)? a)",
    ],
)
def test_other_brackets_stay(written: str) -> None:
    assert without_glosses(written) == written


def test_latin_words_among_readings_stay() -> None:
    written = "標(biāo)準(zhǔn)(GB)，智能(ai)、節(jié)能燈(LED)、廠(chǎng)區(qū)碳(pe)"

    assert without_glosses(written) == "標準(GB)，智能(ai)、節能燈(LED)、廠區碳(pe)"


def test_words_with_readings_are_the_same_words() -> None:
    assert normalise("綠(lǜ)色工廠(chǎng)") == normalise("绿色工厂")


@given(st.text("通知(zhiqǐ)?（）a", max_size=60))
def test_what_is_kept_stood_where_it_says(text: str) -> None:
    kept = without(text, gloss_spans(text))

    assert all(text[kept.offset(n)] == letter for n, letter in enumerate(kept.text))
