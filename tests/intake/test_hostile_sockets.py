"""Servers that do not speak HTTP as they should: each answer is told in words and none holds us up."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from notices.intake.answers import Answer, Failed, Fetched
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.troubles import Why

Piece = bytes | float
Serve = Callable[[Sequence[Piece]], Manners]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def serve(manners: Manners) -> Iterator[Serve]:
    """Answers every request with these pieces of bytes; a number is a rest in seconds."""
    listening = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []
    closing = threading.Event()

    def start(pieces: Sequence[Piece]) -> Manners:
        thread = threading.Thread(target=_serve, args=(listening, pieces, closing), daemon=True)
        thread.start()
        threads.append(thread)
        return replace(manners, connect_to={80: ("127.0.0.1", listening.getsockname()[1])}, total=1.0)

    yield start
    closing.set()
    listening.close()
    for thread in threads:
        thread.join(5)


def _serve(listening: socket.socket, pieces: Sequence[Piece], closing: threading.Event) -> None:
    while not closing.is_set():
        try:
            listening.settimeout(0.1)
            connection, _ = listening.accept()
        except TimeoutError:
            continue
        except OSError:
            return
        with connection:
            connection.settimeout(2)
            _answer(connection, pieces, closing)


def _answer(connection: socket.socket, pieces: Sequence[Piece], closing: threading.Event) -> None:
    try:
        connection.recv(65536)
        for piece in pieces:
            if isinstance(piece, float):
                closing.wait(piece)
            else:
                connection.sendall(piece)
    except OSError:  # the client hung up, as it should
        return


def first(manners: Manners) -> Answer:
    with Crawler(manners) as crawler:
        return crawler.fetch([Request("http://www.yy.gov.cn/tzgg/")])[0]


def drip(whole: bytes, seconds: float) -> list[Piece]:
    """One byte at a time."""
    return [piece for n in range(len(whole)) for piece in (whole[n : n + 1], seconds)]


CUT = gzip.compress(b"x" * 5000)[:-20]
BROKEN: list[tuple[str, list[Piece], set[Why]]] = [
    ("says-nothing", [], {Why.BROKEN_ANSWER}),
    ("no-http", [b"SSH-2.0-OpenSSH_8.9\r\n"], {Why.BROKEN_ANSWER, Why.BAD_URL}),
    ("half-a-status", [b"HTTP/1.1"], {Why.BROKEN_ANSWER}),
    ("ends-in-headers", [b"HTTP/1.1 200 OK\r\nContent-Ty"], {Why.BROKEN_ANSWER}),
    ("ends-in-body", [OK + b"Content-Length: 500\r\n\r\nshort"], {Why.BROKEN_ANSWER}),
    ("ends-in-chunk", [OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nshort"], {Why.BROKEN_ANSWER}),
    ("no-chunk", [OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nshort\r\n"], {Why.BROKEN_ANSWER}),
    ("length-no-number", [OK + b"Content-Length: many\r\n\r\nx"], {Why.BROKEN_ANSWER}),
    ("gzip-cut", [OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b" % (len(CUT), CUT)],
     {Why.BROKEN_ANSWER}),
    ("gzip-that-is-none", [OK + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain"],
     {Why.BROKEN_ANSWER}),
    ("long-header", [OK + b"X-A: " + b"x" * 300_000 + b"\r\n\r\n"], {Why.BROKEN_ANSWER, Why.TOO_BIG}),
    ("silent", [5.0], {Why.TIMEOUT}),
    ("drips-headers", drip(OK * 50, 0.1), {Why.TIMEOUT}),
    ("drips-body", [OK + b"Content-Length: 500\r\n\r\n", *drip(b"x" * 500, 0.1)], {Why.TIMEOUT}),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "whys"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_broken_answer_is_told_and_over_in_time(serve: Serve, pieces: list[Piece], whys: set[Why]) -> None:
    begun = time.monotonic()
    answer = first(serve(pieces))
    assert isinstance(answer, Failed)
    assert answer.why in whys
    assert time.monotonic() - begun < 4


def test_endless_headers_are_cut_off(serve: Serve) -> None:
    answer = first(serve([OK, *[b"X-%d: y\r\n" % n for n in range(100_000)], b"\r\nbody"]))
    assert isinstance(answer, Failed)


def test_endless_body_is_cut_off(serve: Serve) -> None:
    answer = first(serve([OK + b"\r\n", *[b"x" * 65536] * 200]))
    assert answer == Failed(Why.TOO_BIG)


def test_old_server_that_closes_instead_of_counting_is_read(serve: Serve) -> None:
    answer = first(serve([b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>", b"whole</p>"]))
    assert isinstance(answer, Fetched)
    assert answer.body == b"<p>whole</p>"


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0177.0.0.1/", "http://127.1/", "http://[::1]/",
        "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest/meta-data/", "http://localhost/",
        "http://a@127.0.0.1/", "http://127.0.0.1./",
        "http://./", "http://①②⑦.0.0.1/", "http://127。0。0。1/", "http://[64:ff9b::7f00:1]/",
    ],
)  # fmt: skip
def test_loopback_in_disguise_is_not_dialled(manners: Manners, url: str) -> None:
    alone = replace(manners, allow_nets=(), connect_to={})
    with Crawler(alone) as crawler:
        [answer] = crawler.fetch([Request(url)])
    assert isinstance(answer, Failed)
    assert answer.why in {Why.REFUSED_ADDRESS, Why.BAD_URL, Why.UNREACHABLE}


def test_proxy_of_the_environment_is_not_used(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    answer = first(serve([OK + b"Content-Length: 2\r\n\r\nok"]))
    assert isinstance(answer, Fetched)
