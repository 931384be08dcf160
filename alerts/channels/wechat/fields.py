"""Template fields and what Tencent lets them hold (field types of category templates, `thing1`, `time2`).

A value that breaks its type is refused with 47003 in production, and is accepted by Tencent's free test
account; so every value is held against this table before it leaves the house. A value is never empty.
Source: the parameter tables of the template and subscription message pages; facts/wechat.md section 3.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from notices.reading.short_titles import cut

_DAY = r"\d{4}年(?:0?[1-9]|1[0-2])月(?:0?[1-9]|[12]\d|3[01])日"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_MOMENT = rf"(?:{_DAY} )?{_CLOCK}"
_DATE = rf"{_DAY}(?: {_CLOCK})?"
_ASCII_FORMS = str.maketrans("〔〕［］【】（）：，．－—　", "[][][]():,.-- ")


@dataclass(frozen=True, slots=True)
class Forms:
    """What one slot has to say, in each form a field may ask for; None where there is nothing to say."""

    text: str | None = None
    phrase: str | None = None
    number: str | None = None
    time: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class FieldType:
    """One field type: the form it takes, its length in characters, its alphabet, and the rule for staff."""

    form: Callable[[Forms], str | None]
    limit: int
    pattern: re.Pattern[str]
    rule: str


def _type(form: str, limit: int, pattern: str, rule: str) -> FieldType:
    return FieldType(attrgetter(form), limit, re.compile(pattern), rule)


FIELD_TYPES: Mapping[str, FieldType] = {
    "thing": _type("text", 20, r"[^\x00-\x1f\x7f]+", "1–20 个字，不能换行"),
    "const": _type("text", 20, r"[^\x00-\x1f\x7f]+", "1–20 个字，须是已报备的值"),
    "keyword": _type("text", 20, r"[^\x00-\x1f\x7f]+", "1–20 个字，不能换行（旧模板，超出会被折叠）"),
    "name": _type("text", 20, r"[\u4e00-\u9fff·]{1,10}|[A-Za-z .·]{1,20}", "10 个以内汉字，或 20 个以内字母"),
    "phrase": _type("phrase", 5, r"[\u4e00-\u9fff]+", "1–5 个汉字，不能有数字、字母、符号"),
    "short_thing": _type("phrase", 5, r"[^\x00-\x1f\x7f]+", "1–5 个字"),
    "character_string": _type("text", 32, r"[\x20-\x7e]+", "32 位以内数字、字母、符号，不能有汉字"),
    "letter": _type("text", 32, r"[A-Za-z]+", "32 位以内字母"),
    "symbol": _type("text", 5, r"[^\w\s]+", "5 位以内符号"),
    "number": _type("number", 32, r"\d+(?:\.\d+)?", "32 位以内数字，可带小数"),
    "amount": _type(
        "text", 20, r"[¥￥$€£]?\d{1,10}(?:\.\d{1,2})?元?", "一个币种符号加 10 位以内数字，可带“元”"
    ),
    "time": _type("time", 40, rf"{_MOMENT}(?:~{_MOMENT})?", "24 小时制时间，如 2019年10月31日 17:00"),
    "date": _type("date", 40, rf"{_DATE}(?:~{_DATE})?", "年月日，如 2019年10月31日"),
    "phone_number": _type("text", 17, r"[\d+\-*() ]+", "17 位以内数字、符号"),
    "car_number": _type("text", 8, r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}", "8 位以内车牌号码"),
}


def field_type(field: str) -> FieldType | None:
    """The type of a field by its key (`thing12` is a thing), None where nobody knows it."""
    return FIELD_TYPES.get(field.rstrip("0123456789"))


def fault(field: str, value: str) -> str | None:
    """What is wrong with a field's value, in Chinese for staff; None when Tencent will take it."""
    kind = field_type(field)
    if kind is None:
        return f"字段 {field}：不认识这种类型，请检查模板对应"
    if not value.strip():
        return f"字段 {field}：内容为空，须为{kind.rule}"
    if len(value) > kind.limit or not kind.pattern.fullmatch(value):
        return f"字段 {field}：“{value}”不合要求，须为{kind.rule}"
    return None


def faults(data: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with each value of a message, in the order of its fields; empty when all is well."""
    return tuple(found for field, value in data.items() if (found := fault(field, value)))


def clean(text: str) -> str:
    """One line of characters that every phone shows: NFC, no control or format characters, no emoji."""
    composed = unicodedata.normalize("NFC", text)
    one_line = " ".join(composed.split())
    return "".join(char for char in one_line if _shown(char)).strip()


def render(field: str, forms: Forms) -> str | None:
    """The slot's value as this field takes it; None where the slot has none or it cannot be made to fit."""
    kind = field_type(field)
    said = kind.form(forms) if kind else None
    if kind is None or not said:
        return None
    value = clean(said)
    if field.startswith("character_string"):
        value = value.translate(_ASCII_FORMS)
    elif field.startswith(("thing", "keyword")):
        value = cut(value, kind.limit)
    return None if fault(field, value) else value


def _shown(char: str) -> bool:
    """Outside the basic plane are emoji and rare Han that old phones show as boxes; U+FE0F makes emoji."""
    return ord(char) <= 0xFFFF and unicodedata.category(char)[0] != "C" and char != "\ufe0f"
