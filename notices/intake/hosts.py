"""Host names: which of them are one house, for pace and for the links that a list may carry."""

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

# Second levels under .cn that are registries and not organisations (CNNIC 域名体系): categories, provinces.
CN_REGISTRIES = frozenset({
    "gov", "com", "org", "net", "edu", "ac", "mil", "bj", "sh", "tj", "cq", "he", "sx", "nm", "ln",
    "jl", "hl", "js", "zj", "ah", "fj", "jx", "sd", "ha", "hb", "hn", "gd", "gx", "hi", "sc", "gz",
    "yn", "xz", "sn", "gs", "qh", "nx", "xj", "tw", "hk", "mo",
})  # fmt: skip

USUAL = re.compile(r"https?://([a-z0-9.-]+)(?::\d+)?(?=[/?#]|\Z)", re.ASCII)


def host_of(url: str) -> str:
    """The host of an absolute address, lower case and without a trailing dot; empty when there is none."""
    usual = USUAL.match(url)
    if usual is not None:  # five times as quick as the parser, and each line of each list is asked
        return usual[1].rstrip(".")
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def is_literal(host: str) -> bool:
    """Whether the host is an IP address rather than a name."""
    if ":" not in host and not host[-1:].isdigit():
        return False
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def is_host(host: str) -> bool:
    """Whether a name server and TLS can be asked for it: no empty label, none too long."""
    try:
        return bool(host.encode("idna"))
    except UnicodeError:
        return False


def is_numeric(host: str) -> bool:
    """Whether a host that is no IP address could be taken for one: 2130706433, 0x7f.1, 127.1."""
    last = host.rstrip(".").rpartition(".")[2].lower()
    return (last.isdecimal() or last.startswith("0x")) and not is_literal(host)


@lru_cache(maxsize=4096)
def registered_host(host: str) -> str:
    """The name that was registered: jcs.mee.gov.cn → mee.gov.cn. An IP address stands for itself."""
    labels = host.split(".")
    if is_literal(host) or len(labels) <= 2:
        return host
    registry = 2 if labels[-1] == "cn" and labels[-2] in CN_REGISTRIES else 1
    return ".".join(labels[-registry - 1 :])
