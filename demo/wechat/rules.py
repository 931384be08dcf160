"""What the simulated Tencent accepts in a field: written apart from the product's own table, so that one
can catch a mistake in the other. Source: facts/wechat.md sections 3 and 7.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_HAN = "\u4e00-\u9fff"
_MOMENT = r"(\d{4}年\d{1,2}月\d{1,2}日 )?\d{1,2}:\d{2}(:\d{2})?"
_DATE = r"\d{4}年\d{1,2}月\d{1,2}日( \d{1,2}:\d{2})?"

ALLOWED: Mapping[str, str] = {
    "thing": r"[^\r\n]{1,20}",
    "const": r"[^\r\n]{1,20}",
    "character_string": r"[!-~ ]{1,32}",
    "number": r"(?=.{1,32}$)\d+(\.\d+)?",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"[^\w\s]{1,5}",
    "time": rf"{_MOMENT}(~{_MOMENT})?",
    "date": rf"{_DATE}(~{_DATE})?",
    "amount": r"[^\w\s]?\d{1,12}(\.\d+)?元?",
    "phone_number": r"[0-9+()*\- ]{1,17}",
    "car_number": rf"[{_HAN}A-Z0-9]{{1,8}}",
    "name": rf"[{_HAN}]{{1,10}}|[A-Za-z ]{{1,20}}",
    "phrase": rf"[{_HAN}]{{1,5}}",
    "short_thing": r"[^\r\n]{1,5}",
}


@dataclass(frozen=True, slots=True)
class Template:
    """One of the account's templates, as get_all_private_template lists it."""

    template_id: str
    title: str
    content: str

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """(label, field) in the order in which a phone shows them."""
        return tuple(re.findall(r"^(.*?)：?\{\{(\w+)\.DATA\}\}", self.content, re.MULTILINE))


def broken_field(template: Template, data: Any) -> tuple[int, str] | None:
    """(errcode, errmsg) for the first field whose value Tencent would refuse, None when all are well."""
    given = data if isinstance(data, dict) else {}
    for _, field in template.rows:
        value = given.get(field, {}).get("value") if isinstance(given.get(field), dict) else None
        if not isinstance(value, str) or not value.strip():
            return 40250, f"argument invalid! data.{field}.value is empty"
        if not _fits(field, value):
            return 47003, f"argument invalid! data.{field}.value invalid"
    return None


def shown(field: str, value: str) -> str:
    """The value as a phone shows it: legacy keyword fields fold at 20 characters instead of failing."""
    return value[:20] + "…" if field.startswith("keyword") and len(value) > 20 else value


def _fits(field: str, value: str) -> bool:
    pattern = ALLOWED.get(field.rstrip("0123456789"))
    if pattern is None:
        return field.startswith("keyword")
    return re.fullmatch(pattern, value) is not None and not re.search(r"[\x00-\x1f\x7f]", value)
