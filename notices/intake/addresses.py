"""Which IP addresses may be dialled. Judged on the very address that the socket is made for, at every hop.

Checking a name before connecting leaves a gap in which DNS may answer otherwise (stringer GHSA-496x-437q-h35q
and others in facts/feeds.md B); the socket factory has no such gap and sees IP literals too.
"""

import socket
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

Network = IPv4Network | IPv6Network
AddrInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]


class AddressRefused(OSError):
    """The address is private, loopback or otherwise not of the public internet."""


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """The networks written as `10.0.0.0/8`; ValueError names the one that cannot be read."""
    return tuple(ip_network(text) for text in texts)


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
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip.version == net.version and ip in net for net in allowed):
        return True
    return ip.is_global and not ip.is_multicast


def guarded_sockets(allowed: Sequence[Network]) -> Callable[[AddrInfo], socket.socket]:
    """A socket factory for aiohttp that raises AddressRefused for an address that may not be dialled."""
    judged = lru_cache(maxsize=4096)(lambda address: may_dial(address, allowed))

    def make(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if not judged(str(address[0])):
            raise AddressRefused(f"{address[0]}")
        return socket.socket(family, kind, protocol)

    return make


class AddressBook(AbstractResolver):
    """Resolves names as the system does, but sends rerouted ports elsewhere (curl --connect-to)."""

    def __init__(self, routes: Mapping[int, tuple[str, int]]) -> None:
        self.routes = routes
        self.system = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses to dial for a host name and port."""
        if port not in self.routes:
            return await self.system.resolve(host, port, family)
        address, target_port = self.routes[port]
        version = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=target_port,
                family=version,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        """Release the system's resolver."""
        await self.system.close()
