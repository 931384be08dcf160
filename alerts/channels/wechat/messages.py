"""A finished template message, and the checks it passes before it leaves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alerts.channels.wechat.fields import faults

URL_LIMIT = 512
ID_LIMIT = 32  # the limit of client_msg_id is not published


@dataclass(frozen=True, slots=True)
class WeChatMessage:
    """One template message: ready values by field key (`thing1`), and the page that a tap opens.

    `client_msg_id` makes a repeat harmless: within 10 minutes Tencent answers it with the first msgid. It
    is ASCII of at most 32 characters, the same for every attempt at one delivery.
    """

    openid: str
    template_id: str
    data: Mapping[str, str]
    url: str
    client_msg_id: str


def body(message: WeChatMessage) -> dict[str, Any]:
    """The JSON that POST message/template/send takes (api_sendtemplatemessage)."""
    return {
        "touser": message.openid,
        "template_id": message.template_id,
        "url": message.url,
        "client_msg_id": message.client_msg_id,
        "data": {field: {"value": value} for field, value in message.data.items()},
    }


def complaints(message: WeChatMessage) -> tuple[str, ...]:
    """What Tencent's production would refuse about a message, in Chinese for staff; empty when nothing."""
    found = list(faults(message.data))
    if not message.data:
        found.append("消息没有任何字段，请检查模板对应")
    if not message.openid or not message.template_id:
        found.append("消息缺少 openid 或模板 ID")
    if len(message.url) > URL_LIMIT or not re.match(r"https?://", message.url):
        found.append(f"链接须以 http(s):// 开头且不超过 {URL_LIMIT} 个字符：{message.url[:60]}")
    if not re.fullmatch(rf"[\w-]{{1,{ID_LIMIT}}}", message.client_msg_id, re.ASCII):
        found.append(f"client_msg_id 须为 {ID_LIMIT} 位以内的字母、数字")
    return tuple(found)
