"""Mail addresses as people write them and as SMTP wants them."""

import re
from dataclasses import dataclass

# RFC 5321 4.5.3.1: octets of a local part, of a whole path.
LONGEST_LOCAL = 64
LONGEST = 254

_NAMED = re.compile(r"^\s*(?P<name>.*?)\s*<(?P<address>[^<>]*)>\s*$", re.DOTALL)
_DOT_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")


class UnusableAddressError(ValueError):
    """No mail can be sent there; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name, perhaps empty, and a bare address."""

    name: str
    address: str


def mailbox(written: str) -> Mailbox:
    """`快讯 <kuaixun@example.cn>` or a bare address, in two parts. Never fails: `wire_address` judges."""
    named = _NAMED.match(written)
    if named is None:
        return Mailbox("", written.strip())
    return Mailbox(named["name"].strip('"'), named["address"].strip())


def wire_address(address: str) -> str:
    """The address in ASCII, its domain in punycode.

    Raises UnusableAddressError for what cannot be an address, and for a local part outside ASCII: that needs
    SMTPUTF8 (RFC 6531) at every hop, which the large Chinese receivers do not offer.
    """
    local, at, domain = address.rpartition("@")
    if not (local and at and domain):
        raise UnusableAddressError(f"“{_shown(address)}”不是邮件地址：缺少 @ 或其一侧；请更正联系方式")
    if not local.isascii():
        raise UnusableAddressError(
            f"地址“{_shown(address)}”的 @ 前有非英文字符，邮件服务器不收；请换一个地址"
        )
    wired = f"{local}@{_punycode(domain)}"
    if not _DOT_ATOM.fullmatch(local) or len(local) > LONGEST_LOCAL or len(wired) > LONGEST:
        raise UnusableAddressError(f"“{_shown(address)}”写法有误，不能作为邮件地址；请更正联系方式")
    return wired


def is_odd(address: str) -> bool:
    """Whether an address that can be written to is still unlikely: its host has no dot, or it is short."""
    local, _, domain = address.rpartition("@")
    return "." not in domain or len(local) < 2


def _punycode(domain: str) -> str:
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise UnusableAddressError(f"邮件地址的域名“{_shown(domain)}”写法有误；请更正联系方式") from error
    if not _HOST.fullmatch(host):
        raise UnusableAddressError(f"邮件地址的域名“{_shown(domain)}”写法有误；请更正联系方式")
    return host


def _shown(text: str) -> str:
    return text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
