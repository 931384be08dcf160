"""A plain client of the small web: no redirects, no decoding, no cookies."""

import http.client
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from config.clock import SHANGHAI
from demo.web.server import GovernmentWeb

Fetch = Callable[..., "Response"]
AFTER_ALL = datetime(2019, 10, 25, 16, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Response:
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@pytest.fixture
def fetch(government_web: GovernmentWeb) -> Fetch:
    """`fetch(url, **headers)`: a GET of that address, sent to the small web whatever its host."""

    def get(url: str, **headers: str) -> Response:
        parts = urlsplit(url)
        connection = connect(government_web, parts.scheme, parts.netloc)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request("GET", f"{parts.path}?{parts.query}".rstrip("?"), headers=named)
            answer = connection.getresponse()
            answered = {name.lower(): value for name, value in answer.getheaders()}
            return Response(answer.status, answered, answer.read())
        finally:
            connection.close()

    return get


@pytest.fixture
def web(government_web: GovernmentWeb) -> GovernmentWeb:
    """The small web when all ten notices are up."""
    government_web.now = AFTER_ALL
    return government_web


def connect(web: GovernmentWeb, scheme: str, host: str) -> http.client.HTTPConnection:
    """A connection to that host as the web plays it, the certificate verified."""
    if scheme == "http":
        plain = http.client.HTTPConnection(host, 80, timeout=5)
        plain._create_connection = _to(web.http_port)  # type: ignore[attr-defined]
        return plain
    trust = ssl.create_default_context(cafile=web.ca_file)
    secure = http.client.HTTPSConnection(host, 443, timeout=5, context=trust)
    secure._create_connection = _to(web.https_port)  # type: ignore[attr-defined]
    return secure


def _to(port: int) -> Callable[..., object]:
    """Sends every connection to that port of this machine, as curl --connect-to does."""
    import socket

    return lambda _address, timeout, _source=None: socket.create_connection(("127.0.0.1", port), timeout)
