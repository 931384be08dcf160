"""Which IP addresses may be dialled. Judged on the very address that the socket is made for, at every hop.

Checking a name before connecting leaves a gap in which DNS may answer otherwise (stringer GHSA-496x-437q-h35q
and others in facts/feeds.md B); `dialing.dial` judges the address that it connects to, and literals too.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
GLOBAL_UNICAST = ip_network("2000::/3")  # RFC 4291: all else is local, old, or carries an IPv4 address
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
PROTOCOLS = ip_network("192.0.0.0/24")  # RFC 6890; Python 3.11 takes most of it for public


class AddressRefused(OSError):
    """The address is private, loopback or otherwise not of the public internet."""


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """The networks written as `10.0.0.0/8`; ValueError names the one that cannot be read."""
    return tuple(ip_network(text) for text in texts)


def ports(texts: Sequence[str]) -> frozenset[int]:
    """The ports written as `8080`; ValueError names the one that is none."""
    found = frozenset(int(text) for text in texts)
    wrong = [port for port in found if not 0 < port < 65536]
    if wrong:
        raise ValueError(f"{wrong[0]} is no port")
    return found


def rerouting(texts: Sequence[str]) -> dict[int, tuple[str, int]]:
    """`80=127.0.0.1:8080` as {80: ("127.0.0.1", 8080)}; ValueError for anything else."""
    routes = {}
    for text in texts:
        port, _, target = text.partition("=")
        host, _, target_port = target.rpartition(":")
        routes[int(port)] = (str(ip_address(host.strip("[]"))), int(target_port))
    return routes


def may_dial(address: str, allowed: Sequence[Network]) -> bool:
    """Whether a connection to this IP address is allowed: it is public, or in one of the allowed networks."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        ip = _carried(ip) or ip
    if any(ip.version == net.version and ip in net for net in allowed):
        return True
    usual = ip in GLOBAL_UNICAST if ip.version == 6 else ip not in PROTOCOLS
    return usual and ip.is_global and not ip.is_multicast


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that is reached in truth: mapped, by 6to4, or through the network's NAT64."""
    through = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None
    return ip.ipv4_mapped or ip.sixtofour or through
