"""Which addresses mail can be sent to."""

import pytest

from alerts.channels.email.addresses import Mailbox, UnusableAddressError, is_odd, mailbox, wire_address


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("a@b.cn", Mailbox("", "a@b.cn")),
        (" a@b.cn ", Mailbox("", "a@b.cn")),
        ("李 <a@b.cn>", Mailbox("李", "a@b.cn")),
        ('"Li, Ming" <a@b.cn>', Mailbox("Li, Ming", "a@b.cn")),
    ],
)
def test_mailbox_parts_name_and_address(written: str, parts: Mailbox) -> None:
    assert mailbox(written) == parts


@pytest.mark.parametrize(
    ("address", "wired"),
    [
        ("a.b+c@qq.com", "a.b+c@qq.com"),
        ("info@例子.中国", "info@xn--fsqu00a.xn--fiqs8s"),
        ("kuaixun@localhost", "kuaixun@localhost"),
    ],
)
def test_wire_address_is_ascii(address: str, wired: str) -> None:
    assert wire_address(address) == wired


@pytest.mark.parametrize(
    "address",
    [
        "", "a", "a@", "@b.cn", "用户@例子.中国", "a b@c.cn", "a@b c.cn", "a@b.cn\r\nRCPT TO:<x@y.cn>",
        "a..b@c.cn", "a@.cn", "a@b..cn", "a@-b.cn", "<a@b.cn", "x" * 65 + "@b.cn",
        "a@" + "b" * 70 + ".cn", "a@" + "b." * 130 + "cn",
    ],
)  # fmt: skip
def test_wire_address_refuses_what_is_none(address: str) -> None:
    with pytest.raises(UnusableAddressError, match="地址"):
        wire_address(address)


@pytest.mark.parametrize(("address", "odd"), [("li@qq.com", False), ("li@localhost", True), ("", True)])
def test_is_odd_tells_the_unlikely(address: str, odd: bool) -> None:
    assert is_odd(address) is odd
