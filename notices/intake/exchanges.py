"""One request and its answer over one connection: dial, shake hands, send, read. Never waits.

`proceed` is called whenever the socket is ready for what `wants` says.
"""

import os
import socket
import ssl
from collections.abc import Callable, Sequence
from select import POLLIN, POLLOUT, poll
from typing import NamedTuple

from notices.intake.addresses import AddressRefused
from notices.intake.dialing import Place, dial
from notices.intake.response import Response

PIECE = 64 << 10  # bytes read at once


class Unreachable(OSError):
    """No connection to any address of the host."""


class Line(NamedTuple):
    """What a connection must be to serve a request: another may use it only if it needs the same."""

    host: str
    port: int
    tls: ssl.SSLContext | None


class Exchange:
    """One request on its way. What its methods raise ends it: OSError, BadHttp, inflating's errors."""

    def __init__(self, line: Line, message: bytes, response: Response) -> None:
        self.line = line
        self.message = message
        self.response = response
        self.places: list[Place] = []
        self.refused: OSError | None = None
        self.may_dial: Callable[[str], bool] = _nobody
        self.socket: socket.socket | None = None
        self.step: Callable[[], bool] = self._connected
        self.wants = POLLOUT
        self.reuses = False
        self.dials = 0

    @property
    def is_connected(self) -> bool:
        """Whether the connection stands, with its encryption."""
        return self.step in (self._send, self._read)

    def reuse(self, kept: socket.socket) -> None:
        """Send over a connection that an earlier exchange left."""
        self.socket, self.reuses = kept, True
        self.step, self.wants = self._send, POLLOUT

    def begin(self, places: Sequence[Place], may_dial: Callable[[str], bool]) -> None:
        """Connect to the first of the places that can be; Unreachable or AddressRefused if none can."""
        self.places, self.may_dial = list(places), may_dial
        self._dial()

    def dial_next(self) -> None:
        """Give the address up that does not answer; as `begin`."""
        self.hang_up()
        self._dial()

    def fileno(self) -> int:
        """Of the socket that stands now; there is another after each dialling, which `dials` counts."""
        return self._open().fileno()

    def proceed(self) -> None:
        """Do what can be done now."""
        try:
            while self.step():
                pass
        except (BlockingIOError, ssl.SSLWantReadError):
            self.wants = POLLIN
        except ssl.SSLWantWriteError:
            self.wants = POLLOUT

    def hang_up(self) -> None:
        """Close the connection."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _dial(self) -> None:
        """The addresses stand in the system's order; those that may not be dialled are passed over."""
        error: OSError | None = None
        while self.places:
            try:
                self.socket = dial(self.places.pop(0), self.may_dial)
            except AddressRefused as refused:
                self.refused = refused
            except OSError as failed:
                error = failed
            else:
                self.step, self.wants = self._connected, POLLOUT
                self.dials += 1
                return
        raise self.refused or Unreachable(error.errno if error else 0, error.strerror if error else "")

    def _connected(self) -> bool:
        error = self._open().getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            self.hang_up()
            if not self.places:
                raise self.refused or Unreachable(error, os.strerror(error))
            self._dial()
            return False
        if self.line.tls is None:
            self.step = self._send
            return True
        self.socket = self.line.tls.wrap_socket(
            self._open(), server_hostname=self.line.host, do_handshake_on_connect=False
        )
        self.step = self._shake_hands
        return True

    def _shake_hands(self) -> bool:
        secured = self._open()
        if not isinstance(secured, ssl.SSLSocket):
            raise TypeError("not encrypted")
        secured.do_handshake()
        self.step = self._send
        return True

    def _send(self) -> bool:
        try:
            self.message = self.message[self._open().send(self.message) :]
        except BlockingIOError:  # a form longer than the buffer; SSL says itself what it waits for
            self.wants = POLLOUT
            return False
        if self.message:
            return True
        self.step, self.wants = self._read, POLLIN
        return False

    def _read(self) -> bool:
        """One piece; all that is deciphered already where it is encrypted, for no event tells of that."""
        opened = self._open()
        piece = opened.recv(PIECE)
        if not piece:
            self.response.end()
            return False
        self.response.feed(piece)
        return not self.response.told and isinstance(opened, ssl.SSLSocket) and opened.pending() > 0

    def _open(self) -> socket.socket:
        if self.socket is None:
            raise Unreachable(0, "")
        return self.socket


def is_silent(kept: socket.socket) -> bool:
    """Whether a kept connection may serve again: not where the site hung up, or sent more than was asked."""
    waiting = poll()
    waiting.register(kept, POLLIN)
    return not waiting.poll(0)


def _nobody(_address: str) -> bool:
    return False
