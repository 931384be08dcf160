"""From a host's name to a connected socket, and only to addresses that may be dialled.

Names are looked up in threads, since the system's resolver knows no other way; sockets never block.
"""

import socket
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Generic, TypeVar

from notices.intake.addresses import AddressRefused
from notices.intake.hosts import is_literal

RESOLVERS = 16  # threads: one name server that does not answer must not keep the others waiting

Place = tuple[socket.AddressFamily, tuple[str, int]]
T = TypeVar("T")


def known_place(host: str, port: int, routes: Mapping[int, tuple[str, int]]) -> Place | None:
    """Where to dial without asking a name server: an IP address, or a port that is sent elsewhere.

    An IP address is never sent elsewhere: that names a host and not a service.
    """
    if is_literal(host):
        return _place(host, port)
    return _place(*routes[port]) if port in routes else None


def dial(place: Place, may_dial: Callable[[str], bool]) -> socket.socket:
    """A socket that begins to connect; AddressRefused for an address that may not be dialled.

    The address that is judged is the very one that is connected to: no name server comes between.
    """
    family, address = place
    if not may_dial(address[0]):
        raise AddressRefused(address[0])
    dialled = socket.socket(family, socket.SOCK_STREAM)
    try:
        dialled.setblocking(False)
        dialled.connect(address)
    except BlockingIOError:
        return dialled
    except BaseException:
        dialled.close()
        raise
    return dialled


class Resolver(Generic[T]):
    """Looks names up in threads. `bell` becomes readable when answers can be taken."""

    def __init__(self) -> None:
        self.bell, self.rope = socket.socketpair()
        self.bell.setblocking(False)
        self.threads = ThreadPoolExecutor(RESOLVERS, "resolver")
        self.found: SimpleQueue[tuple[T, Sequence[Place] | Exception]] = SimpleQueue()

    def ask(self, who: T, host: str, port: int) -> None:
        """Look up a name for `who`."""
        self.threads.submit(self._look_up, who, host, port)

    def take(self) -> list[tuple[T, Sequence[Place] | Exception]]:
        """What was found since the last time: the places of a name in the system's order, or why not."""
        self.bell.recv(4096)
        return [self.found.get_nowait() for _ in range(self.found.qsize())]

    def close(self) -> None:
        """Wait for nobody."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.bell.close()
        self.rope.close()

    def _look_up(self, who: T, host: str, port: int) -> None:
        try:
            found: Sequence[Place] | Exception = [
                (family, address) for family, _, _, _, address in _look_up(host, port)
            ]
        except Exception as error:  # noqa: BLE001 - nobody hears of it in this thread: the caller judges it
            found = error
        self.found.put((who, found))
        try:
            self.rope.send(b"!")
        except OSError:
            return  # nobody waits any longer


def _look_up(host: str, port: int) -> list[tuple[socket.AddressFamily, int, int, str, tuple[str, int]]]:
    # ADDRCONFIG: no IPv6 addresses where the machine has none.
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)  # type: ignore[return-value]


def _place(host: str, port: int) -> Place:
    bare = host.strip("[]")
    return (socket.AF_INET6 if ":" in bare else socket.AF_INET), (bare, port)
