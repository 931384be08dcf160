"""Whose socket can go on: a table of descriptors over poll(2).

For the few dozen sockets of a crawler this is cheaper than epoll: putting a socket down, or waiting for its
other direction, is no call of the system, and `selectors` makes a new key for each change besides.
"""

import math
import select
from typing import Generic, TypeVar

T = TypeVar("T")


class Readiness(Generic[T]):
    """Sockets, each with whose it is. What is waited for: `select.POLLIN` or `select.POLLOUT`."""

    def __init__(self) -> None:
        self.poll = select.poll()
        self.owners: dict[int, T] = {}

    def watch(self, descriptor: int, wants: int, owner: T) -> None:
        """Wait for this of the descriptor, from here on or in place of what was waited for."""
        self.owners[descriptor] = owner
        self.poll.register(descriptor, wants)

    def forget(self, descriptor: int) -> None:
        """Wait for it no more; to be called before, or just after, it is closed."""
        del self.owners[descriptor]
        self.poll.unregister(descriptor)

    def ready(self, patience: float) -> list[T]:
        """Whose can go on, or have failed, after at most so many seconds; fewer than none is none."""
        owners = self.owners
        return [owners[descriptor] for descriptor, _ in self.poll.poll(math.ceil(max(0.0, patience) * 1000))]
