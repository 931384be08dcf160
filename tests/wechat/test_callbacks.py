"""The posts of a simulated Tencent, read by the product: plain, encrypted, forged."""

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit
from urllib.request import Request

import pytest

from alerts.channels.wechat.callbacks import Event, Keys, NotWeChat, is_signed, opened, read, verdict
from demo.wechat import Server
from demo.wechat.callbacks import proof, signed
from tests.wechat.conftest import READER

APPID, TOKEN = "wx0000000000simulator", "made-up-token"
AES, OLD_AES = (b64encode(bytes([number]) * 32).decode().rstrip("=") for number in (1, 2))
XML = (
    f"<xml><ToUserName>gh</ToUserName><FromUserName><![CDATA[{READER}]]></FromUserName>"
    "<CreateTime>1571623200</CreateTime><MsgType><![CDATA[event]]></MsgType>"
    "<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>3487542469355618313</MsgID>"
    "<Status><![CDATA[failed: system failed]]></Status></xml>"
)


def query_of(request: Request) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(request.full_url).query))


def body_of(request: Request) -> bytes:
    assert isinstance(request.data, bytes)
    return request.data


def post(aes_key: str = "") -> tuple[bytes, dict[str, str]]:
    request = signed(Server("http://127.0.0.1/wechat/", TOKEN, APPID, aes_key), XML)
    return body_of(request), query_of(request)


@pytest.mark.parametrize(
    ("sealed_by", "known"),
    [("", ()), (AES, (AES,)), (OLD_AES, (AES, OLD_AES))],
    ids=["plain", "encrypted", "by the key before"],
)
def test_post_is_opened_and_read(sealed_by: str, known: tuple[str, ...]) -> None:
    event = read(opened(*post(sealed_by), Keys(APPID, TOKEN, known)))
    assert event == Event(
        "TEMPLATESENDJOBFINISH", READER,
        f"{READER}|1571623200|TEMPLATESENDJOBFINISH|3487542469355618313",
        "3487542469355618313", "failed: system failed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "aes"),
    [
        (Keys(APPID, "another-token"), ""),
        (Keys(APPID, ""), ""),
        (Keys(APPID, "another-token", (AES,)), AES),
        (Keys(APPID, TOKEN, (OLD_AES,)), AES),
        (Keys("wx-of-another-account", TOKEN, (AES,)), AES),
        (Keys(APPID, TOKEN), AES),
    ],
    ids=["token", "no token", "token, sealed", "key", "account", "no key"],
)
def test_post_of_a_stranger_is_refused(keys: Keys, aes: str) -> None:
    with pytest.raises(NotWeChat):
        opened(*post(aes), keys)


@pytest.mark.parametrize("left_out", ["signature", "timestamp", "nonce"])
def test_post_that_lacks_a_part_of_its_signature_is_refused(left_out: str) -> None:
    body, query = post()
    with pytest.raises(NotWeChat):
        opened(body, {**query, left_out: ""}, Keys(APPID, TOKEN))


def test_sealed_post_that_was_changed_on_the_way_is_refused() -> None:
    body, query = post(AES)
    with pytest.raises(NotWeChat):
        opened(body.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[A"), query, Keys(APPID, TOKEN, (AES,)))


@pytest.mark.parametrize(
    "xml",
    [b"", b"{}", b"<xml>", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml>&e;'],
    ids=["empty", "json", "cut off", "an entity"],
)
def test_what_is_no_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(NotWeChat):
        read(xml)


def test_entity_is_not_resolved() -> None:
    xml = (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        "<xml><MsgType>event</MsgType><Event>&e;</Event></xml>"
    )
    event = read(xml.encode())
    assert event is not None
    assert event.name == ""


def test_message_of_a_person_is_no_event() -> None:
    assert read(b"<xml><MsgType>text</MsgType><Content>hi</Content></xml>") is None


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("success", "success"),
        ("failed:user block", "user block"),
        ("failed: system failed", "system failed"),
        ("failed:  Freq  Limit ", "freq limit"),
    ],
)
def test_verdict_is_the_status_without_its_whims(status: str, name: str) -> None:
    assert verdict(status) == name


@pytest.mark.parametrize(("token", "ours"), [(TOKEN, True), ("another", False), ("", False)])
def test_proof_is_signed_by_the_token(token: str, ours: bool) -> None:
    address = proof(Server("http://127.0.0.1/wechat/", TOKEN, APPID), "echo")
    query: Mapping[str, str] = dict(parse_qsl(urlsplit(address).query))
    assert is_signed(query, token) is ours
