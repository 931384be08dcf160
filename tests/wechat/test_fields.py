import pytest

from alerts.channels.wechat.fields import FIELD_TYPES, Forms, clean, fault, faults, render
from demo.wechat.rules import Template, broken_field

GOOD = [
    ("thing1", "2019年淮北市绿色工厂推荐"),
    ("thing1", "一二三四五六七八九十一二三四五六七八九十"),
    ("thing2", "—"),
    ("character_string3", "[2019]1003-A"),
    ("number1", "3"),
    ("number1", "12.5"),
    ("time2", "2019年10月31日 17:00"),
    ("time2", "17:00"),
    ("time2", "2019年10月14日 00:00~2019年10月20日 23:59"),
    ("date1", "2019年10月29日"),
    ("date1", "2019年10月29日 17:00"),
    ("date1", "2019年10月14日~2019年10月20日"),
    ("phrase4", "还剩三天"),
    ("phrase4", "公示与下达"),
    ("const5", "已延期"),
    ("amount1", "¥100.00"),
    ("amount1", "500元"),
    ("phone_number1", "+86-010-88888888"),
    ("car_number1", "皖F12345"),
    ("name1", "王岚"),
    ("letter1", "abc"),
    ("symbol1", "—"),
    ("short_thing1", "绿色工厂"),
    ("keyword1", "2019年淮北市绿色工厂推荐"),
]

BAD = [
    ("thing1", "一二三四五六七八九十一二三四五六七八九十一"),
    ("thing1", ""),
    ("thing1", "  "),
    ("thing1", "两\n行"),
    ("character_string3", "皖经信〔2019〕1号"),
    ("character_string3", "a" * 33),
    ("number1", "三"),
    ("number1", "1" * 33),
    ("time2", "2019年10月31日"),
    ("time2", "2019-10-31 17:00"),
    ("time2", "2019年10月31日 25:00"),
    ("time2", "2019年13月31日 17:00"),
    ("date1", "10月29日"),
    ("date1", "2019年10月32日"),
    ("phrase4", "还剩3天"),
    ("phrase4", "还剩二十三天"),
    ("amount1", "一百元"),
    ("phone_number1", "1" * 18),
    ("name1", "一二三四五六七八九十一"),
    ("short_thing1", "二十天以上吗"),
    ("wonder1", "什么"),
]


@pytest.mark.parametrize(("field", "value"), GOOD)
def test_field_takes(field: str, value: str) -> None:
    assert fault(field, value) is None


@pytest.mark.parametrize(("field", "value"), BAD)
def test_field_refuses_and_names_itself(field: str, value: str) -> None:
    assert f"字段 {field}" in (fault(field, value) or "")


@pytest.mark.parametrize(("field", "value"), [each for each in GOOD if each[0] != "keyword1"])
def test_field_that_we_take_the_simulator_takes(field: str, value: str) -> None:
    template = Template("t", "", f"名称：{{{{{field}.DATA}}}}")

    assert broken_field(template, {field: {"value": value}}) is None


def test_every_type_is_tested() -> None:
    assert {field.rstrip("0123456789") for field, _ in GOOD} == set(FIELD_TYPES)


def test_faults_names_every_broken_field() -> None:
    said = faults({"thing1": "好", "number2": "", "phrase3": "abc"})

    assert [each.split("：")[0] for each in said] == ["字段 number2", "字段 phrase3"]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  两\n 行\t字 ", "两 行 字"),
        ("绿色\u200b工厂\ufeff", "绿色工厂"),
        ("通知🎉❤\ufe0f", "通知❤"),
        ("e\u0301", "é"),
    ],
)
def test_clean_leaves_what_every_phone_shows(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize(
    ("field", "forms", "value"),
    [
        (
            "thing1",
            Forms(text="一二三四五六七八九十一二三四五六七八九十一二"),
            "一二三四五六七八九十一二三四五六七八九…",
        ),
        ("character_string1", Forms(text="[2019]12"), "[2019]12"),
        ("character_string1", Forms(text="〔2019〕12"), "[2019]12"),
        ("character_string1", Forms(text="皖经信〔2019〕12号"), None),
        ("number1", Forms(text="3", number="3"), "3"),
        ("number1", Forms(text="三"), None),
        ("phrase1", Forms(text="专精特新企业", phrase="专精特新企业"), None),
        ("time1", Forms(), None),
        ("wonder1", Forms(text="什么"), None),
    ],
)
def test_render_gives_what_the_field_takes_or_nothing(field: str, forms: Forms, value: str | None) -> None:
    assert render(field, forms) == value
