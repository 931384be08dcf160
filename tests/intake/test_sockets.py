"""Sockets that are full, that hang, and that are given back: whatever happens, none is left open."""

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from notices.intake.answers import Failed, Fetched
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.troubles import Why
from tests.intake.conftest import Reply, Web

LONG = 20 << 20  # more than the kernel takes at once, on either side


@contextmanager
def sleepy(length: int) -> Iterator[int]:
    """The port of a server that rests before it takes a request of so many bytes, and then answers it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve_late, args=(listening, length))
        thread.start()
        yield listening.getsockname()[1]
        thread.join(20)


def _serve_late(listening: socket.socket, length: int) -> None:
    connection, _ = listening.accept()
    with connection:
        time.sleep(0.3)
        connection.settimeout(5)
        while length > 0:
            length -= len(connection.recv(1 << 20)) or length
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def test_form_longer_than_the_buffers_is_sent_whole(manners: Manners) -> None:
    with sleepy(LONG) as port, Crawler(to(manners, port, total=10.0)) as crawler:
        [answer] = crawler.fetch([Request("http://www.yy.gov.cn/", form=(("__VIEWSTATE", "x" * LONG),))])

    assert isinstance(answer, Fetched), answer
    assert answer.body == b"ok"


def to(manners: Manners, port: int, total: float = 2.0, connect: float = 1.0) -> Manners:
    there = ("127.0.0.1", port)
    return replace(manners, connect_to={80: there, 443: there}, total=total, connect=connect)


def test_handshake_that_hangs_is_over_in_time(manners: Manners) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hasty = to(manners, silent.getsockname()[1], connect=0.3)
        with Crawler(hasty) as crawler:
            [answer] = crawler.fetch([Request("https://www.yy.gov.cn/")])

    assert answer == Failed(Why.TIMEOUT)


def test_500_fetches_that_fail_leave_no_file_open(web: Web, manners: Manners) -> None:
    """By whatever way: refused, unknown, no TLS, cut short, too many redirects, and visits left half-way."""
    web["/cut"] = Reply("x", headers={"Content-Length": "500"})
    web["/loop"] = Reply(status=302, headers={"Location": "/loop"})
    web["/inside"] = Reply(status=302, headers={"Location": "http://10.0.0.1/"})
    web["/late"] = Reply("x", hold=0.2)
    both = to(manners, web.port, total=0.1)
    ways = [
        "http://www.a.cn/cut", "http://www.b.cn/loop", "http://www.c.cn/inside", "https://www.d.cn/",
        "http://10.0.0.1/", "http://[::1]:80/", "ftp://www.e.cn/", "http://www.f.cn/late", "https://.g.cn/",
    ]  # fmt: skip
    before = open_files()

    with Crawler(both) as crawler:
        answers = crawler.fetch([Request(url) for url in random.Random(5).choices(ways, k=400)])
    with Crawler(both) as left:
        next(left.stream([Request(f"http://www.{n}.cn/late") for n in range(100)]))

    assert not [answer for answer in answers if isinstance(answer, Fetched)]
    assert open_files() <= before + 2


def open_files() -> int:
    """Those of this process; the web's own side of a connection closes a moment later."""
    time.sleep(0.5)
    return len(list(Path("/proc/self/fd").iterdir()))
