"""Whose socket can go on, told by real sockets."""

import socket
from collections.abc import Iterator
from select import POLLIN, POLLOUT

import pytest

from notices.intake.readiness import Readiness

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def sockets() -> Readiness[str]:
    return Readiness()


def test_readiness_tells_whose_socket_has_something_to_read(pair: Pair, sockets: Readiness[str]) -> None:
    ours, theirs = pair
    sockets.watch(ours.fileno(), POLLIN, "ours")
    before = sockets.ready(0)
    theirs.send(b"!")
    assert [before, sockets.ready(1)] == [[], ["ours"]]


def test_readiness_waits_for_the_last_that_was_wanted(pair: Pair, sockets: Readiness[str]) -> None:
    sockets.watch(pair[0].fileno(), POLLOUT, "ours")
    sockets.watch(pair[0].fileno(), POLLIN, "ours")
    assert sockets.ready(0) == []


def test_readiness_tells_of_a_socket_whose_other_end_is_gone(pair: Pair, sockets: Readiness[str]) -> None:
    sockets.watch(pair[0].fileno(), POLLIN, "ours")
    pair[1].close()
    assert sockets.ready(1) == ["ours"]


def test_readiness_forgets_a_socket_that_is_closed_already(pair: Pair, sockets: Readiness[str]) -> None:
    descriptor = pair[0].fileno()
    sockets.watch(descriptor, POLLOUT, "ours")
    pair[0].close()
    sockets.forget(descriptor)
    assert sockets.ready(0) == []


def test_readiness_of_nobody_waits_no_longer_than_asked(sockets: Readiness[str]) -> None:
    assert sockets.ready(-1.0) == []
