"""What WeChat posts to us: who signed it, what it says, and what the result of a message means for it.

Plain, or in 安全模式 encrypted with the EncodingAESKey; two keys are known while one is being replaced. XML
alone (the console also offers JSON). Source: the pages on message and event push and on template messages.
"""

import hashlib
import hmac
import re
import struct
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from alerts.outcomes import Delivered, News, Refused, TryLater

SUCCESS = "success"
# "failed: system failed", "failed:user block", "failed:freq limit": Tencent is not of one mind about blanks.
_HALF_AN_HOUR, _A_DAY = 1800.0, 86400.0


class NotWeChat(Exception):
    """The post is not from the account's WeChat, or cannot be read; the text says why, for the log."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What an account shares with WeChat: the token, and none, one or two AES keys, the newest first."""

    appid: str
    token: str
    aes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A push of interest: TEMPLATESENDJOBFINISH, unsubscribe, or anything else by its name.

    `key` is the same when WeChat tells it again: it tries three times.
    """

    name: str
    openid: str
    key: str
    msgid: str = ""
    status: str = ""


def is_signed(query: Mapping[str, str], token: str) -> bool:
    """Whether sha1 of the sorted token, timestamp and nonce is the signature."""
    return bool(token) and _signs(query.get("signature", ""), token, query)


def opened(body: bytes, query: Mapping[str, str], keys: Keys) -> bytes:
    """The XML of a post, decrypted where it must be. Raises NotWeChat."""
    if query.get("encrypt_type", "raw") != "aes":
        if not is_signed(query, keys.token):
            raise NotWeChat("the signature is wrong")
        return body
    sealed = _text(_parsed(body), "Encrypt")
    if not keys.token or not _signs(query.get("msg_signature", ""), keys.token, query, sealed):
        raise NotWeChat("msg_signature is wrong")
    for key in keys.aes:
        xml = _decrypted(sealed, key, keys.appid)
        if xml is not None:
            return xml
    raise NotWeChat("no AES key opens it")


def read(xml: bytes) -> Event | None:
    """The event that a post tells of; None for a person's message. Raises NotWeChat for what is no XML."""
    root = _parsed(xml)
    if _text(root, "MsgType") != "event":
        return None
    name, openid, msgid = _text(root, "Event"), _text(root, "FromUserName"), _text(root, "MsgID")
    # The documented pair (sender, second) is not enough: two results may come in one second.
    parts = (openid, _text(root, "CreateTime"), name, msgid or _text(root, "EventKey"))
    return Event(name, openid, "|".join(parts), msgid, _text(root, "Status"))


def verdict(status: str) -> str:
    """The status in small letters, without its `failed:` and double blanks."""
    words = re.sub(r"\s+", " ", status.casefold()).strip()
    return words.removeprefix("failed:").strip()[:20]


def news(name: str, said: str) -> News:
    """What a verdict makes of the message; one that nobody knows is taken for WeChat's own trouble."""
    match name:
        case "success":
            return Delivered(said)
        case "user block":
            return Refused(f"微信：用户拒收（{said}）", "message", "blocked")
        case "freq limit":
            return TryLater(f"微信：给这位用户发得太密（{said}），一天后再试", _A_DAY, result="throttled")
        case _:
            return TryLater(f"微信：没有送到（{said}），半小时后再试", _HALF_AN_HOUR)


def _signs(signature: str, token: str, query: Mapping[str, str], *sealed: str) -> bool:
    parts = sorted([token, query.get("timestamp", ""), query.get("nonce", ""), *sealed])
    made = hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()
    return hmac.compare_digest(made.encode(), signature.encode())


def _decrypted(sealed: str, key: str, appid: str) -> bytes | None:
    """None where it was sealed by another key, or for another account."""
    # Loaded by the few posts that need it.
    from wechatpy.crypto import PrpCrypto  # noqa: PLC0415
    from wechatpy.exceptions import InvalidAppIdException  # noqa: PLC0415

    try:
        text: str = PrpCrypto(b64decode(key + "=")).decrypt(sealed, appid)
    except (ValueError, IndexError, struct.error, InvalidAppIdException):
        return None
    return text.encode()


def _parsed(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotWeChat("it is no XML") from error


def _text(root: etree._Element, name: str) -> str:
    return (root.findtext(name) or "").strip()
