"""Answers as their bytes come in, without a network."""

import gzip

import pytest

from notices.intake.inflating import Bomb, CutShort, TooBig
from notices.intake.response import BadHttp, Response

OK = b"HTTP/1.1 200 OK\r\n"


def read(*pieces: bytes, hung_up: bool = False) -> Response:
    response = Response(limit=1 << 20, ratio=20)
    for piece in pieces:
        response.feed(piece)
    if hung_up:
        response.end()
    return response


def test_answer_is_read_however_it_is_cut() -> None:
    whole = OK + b'ETag: "1"\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'
    response = read(*(whole[at : at + 1] for at in range(len(whole))))
    assert (response.status, response.body, response.headers["etag"]) == (200, b"ok", '"1"')
    assert response.whole
    assert response.kept_alive


def test_answer_without_a_length_ends_with_the_connection() -> None:
    response = read(OK + b"\r\nre", b"st", hung_up=True)
    assert (response.body, response.kept_alive) == (b"rest", False)


@pytest.mark.parametrize(
    "head", [b"", OK + b"Content-Length: 9\r\n\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n"]
)
def test_answer_that_was_cut_short_is_none(head: bytes) -> None:
    with pytest.raises(BadHttp):
        read(head, b"2\r\nok\r\n" if head else b"HTTP/1.1", hung_up=True)


def test_provisional_answers_are_passed_over() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    response = read(early + OK + b"Content-Length: 1\r\n\r\nx")
    assert (response.status, response.body, response.headers) == (200, b"x", {"content-length": "1"})


def test_redirect_is_known_by_its_head() -> None:
    response = read(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 99999999\r\n\r\n")
    assert response.told
    assert not response.kept_alive


def test_connection_that_brings_more_than_was_asked_is_not_kept() -> None:
    response = read(OK + b"Content-Length: 2\r\n\r\nok" + b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
    assert (response.status, response.body, response.kept_alive) == (200, b"ok", False)


@pytest.mark.parametrize(
    ("body", "head", "error"),
    [
        (b"x" * (1 << 20) + b"x", b"", TooBig),
        (gzip.compress(bytes(3 << 19)), b"Content-Encoding: gzip\r\n", (Bomb, TooBig)),
        (b"x", b"Content-Encoding: br\r\n", CutShort),
        (b"no gzip", b"Content-Encoding: gzip\r\n", CutShort),
    ],
)
def test_body_that_cannot_be_a_page_is_stopped(body: bytes, head: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(OK + head + b"Content-Length: %d\r\n\r\n" % len(body), body)


@pytest.mark.parametrize("line", [b"X: %s\r\n" % (b"y" * 50_000), b"X: y\r\n" * 8000])
def test_head_without_end_is_stopped(line: bytes) -> None:
    with pytest.raises(BadHttp, match="without end"):
        read(OK, *[line] * 9)


@pytest.mark.parametrize(
    "said",
    [b"<html>", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 101 OK\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"],
)
def test_what_is_no_http_is_refused(said: bytes) -> None:
    with pytest.raises(BadHttp):
        read(said)


def test_cookies_of_several_headers_are_all_seen() -> None:
    response = read(OK + b"Set-Cookie: a=1\r\nSet-Cookie: __jsl_clearance_s=2\r\nContent-Length: 0\r\n\r\n")
    assert response.headers["set-cookie"] == "a=1, __jsl_clearance_s=2"
