"""A letter as a WeChat template message, by the mapping from slots to the fields of staff's own templates.

A mapping names, per kind of delivery, one template or several in the order of preference; the first whose
every field has something to say is used (a notice without a deadline leaves `deadline_time` silent). The
slots are in `alerts.phone_slots`. Several notices become one message.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alerts.channels.wechat.fields import Forms, render
from alerts.letter_items import LetterOrder
from alerts.phone_slots import SLOTS, see_link

DEV_MAPPING_FILE = Path(__file__).resolve().parent / "channels" / "wechat" / "templates.json"


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """One template message without its recipient: values by field key, and the page a tap opens."""

    template_id: str
    data: dict[str, str]
    url: str


class NoTemplateFits(ValueError):
    """The mapping has no template for this kind of delivery whose fields can all be filled."""


def phone_message(order: LetterOrder, mapping: Mapping[str, Any]) -> PhoneMessage:
    """The message for a letter; raises `NoTemplateFits` (in Chinese, naming the silent fields) if none does.

    `mapping` is {kind: template or [template, …]}, a template {"template_id": …, "fields": {field: slot}}.
    """
    silent: list[str] = []
    for template in _candidates(mapping, order.kind):
        data = {field: _value(field, slot, order) for field, slot in template["fields"].items()}
        empty = [field for field, value in data.items() if value is None]
        if not empty:
            filled = {field: value for field, value in data.items() if value is not None}
            return PhoneMessage(template["template_id"], filled, _url(order))
        silent += [f"{template['template_id']} 的 {field}（{template['fields'][field]}）" for field in empty]
    raise NoTemplateFits(
        f"微信模板对应“{order.kind}”没有一个模板填得满，请补一个不含截止时间的模板。填不出的字段："
        + ("、".join(silent) or "没有配置任何模板")
    )


def dev_mapping() -> dict[str, Any]:
    """The mapping onto the simulator's templates, for development and the demo."""
    loaded: dict[str, Any] = json.loads(DEV_MAPPING_FILE.read_text(encoding="utf-8"))
    return loaded


def _candidates(mapping: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    found = mapping.get(kind, [])
    return found if isinstance(found, list) else [found]


def _value(field: str, slot: str, order: LetterOrder) -> str | None:
    """The slot as the field takes it; a `thing` with nothing to say points to the page instead."""
    if slot not in SLOTS:
        raise NoTemplateFits(f"微信模板对应里不认识的内容“{slot}”（字段 {field}），可用：{'、'.join(SLOTS)}")
    forms = SLOTS[slot](order)
    if forms == Forms() and field.startswith("thing"):
        forms = Forms(text=see_link())
    return render(field, forms)


def _url(order: LetterOrder) -> str:
    """The reader's own pages, where a tap marks or follows; the public ones where there is no token."""
    if order.own_url:
        one = order.items[0].facts.id if len(order.items) == 1 else None
        return f"{order.own_url}/n/{one}/" if one else f"{order.own_url}/d/{order.number}/"
    base = order.base_url.rstrip("/")
    return f"{base}/n/{order.items[0].facts.id}/" if len(order.items) == 1 else f"{base}/"
