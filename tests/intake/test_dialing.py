"""From names to sockets: each address is judged when it is dialled; the next is tried when one is dead."""

import socket
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from notices.intake.answers import Answer, Failed, Fetched
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.troubles import Why
from tests.intake.conftest import Reply, Web

Names = Callable[..., None]


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Lets the name server say what a test wants: one list of addresses for each time that it is asked."""

    def say(port: int, *answers: list[str]) -> None:
        turns = iter(answers)

        def look_up(host: str, _port: int, **_: object) -> list[object]:
            found = next(turns)
            if not found:
                raise socket.gaierror(socket.EAI_NONAME, f"{host}: unknown")
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        monkeypatch.setattr("notices.intake.dialing.socket.getaddrinfo", look_up)

    return say


def fetch(manners: Manners, *urls: str) -> list[Answer]:
    with Crawler(replace(manners, connect_to={})) as crawler:
        return [crawler.fetch([Request(url)])[0] for url in urls]


def test_name_is_looked_up_and_dialled(web: Web, manners: Manners, named: Names) -> None:
    web["/"] = "x"
    named(web.port, ["127.0.0.1"])
    assert isinstance(fetch(manners, "http://www.a.gov.cn/")[0], Fetched)


def test_name_that_turns_to_another_address_is_judged_anew(web: Web, manners: Manners, named: Names) -> None:
    web["/"] = Reply("x", headers={"Connection": "close"})
    named(web.port, ["127.0.0.1"], ["10.0.0.1"])
    first, second = fetch(manners, "http://www.a.gov.cn/", "http://www.a.gov.cn/")
    assert isinstance(first, Fetched)
    assert second == Failed(Why.REFUSED_ADDRESS, "10.0.0.1")


def test_private_address_among_others_is_passed_over(web: Web, manners: Manners, named: Names) -> None:
    web["/"] = "x"
    named(web.port, ["192.168.1.1", "127.0.0.1"])
    assert isinstance(fetch(manners, "http://www.a.gov.cn/")[0], Fetched)


def test_next_address_is_tried_when_one_is_dead(web: Web, manners: Manners, named: Names) -> None:
    web["/"] = "x"
    with socket.socket() as bound:  # it does not listen
        bound.bind(("127.0.0.2", web.port))
        named(web.port, ["127.0.0.2", "127.0.0.1"])
        assert isinstance(fetch(manners, "http://www.a.gov.cn/")[0], Fetched)


def test_next_address_is_tried_when_one_is_silent(web: Web, manners: Manners, named: Names) -> None:
    web["/"] = "x"
    with silent(web.port):
        named(web.port, ["127.0.0.3", "127.0.0.1"])
        patient = replace(manners, total=6.0, connect=3.0)
        assert isinstance(fetch(patient, "http://www.a.gov.cn/")[0], Fetched)


def test_unknown_name_is_said(web: Web, manners: Manners, named: Names) -> None:
    named(web.port, [])
    [answer] = fetch(manners, "http://www.a.gov.cn/")
    assert isinstance(answer, Failed)
    assert answer.why is Why.UNREACHABLE


def test_name_server_that_does_not_answer_is_given_up(
    manners: Manners, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    monkeypatch.setattr("notices.intake.dialing.socket.getaddrinfo", lambda *_, **__: answered.wait(5) and [])
    hasty = replace(manners, connect=0.3)
    assert fetch(hasty, "http://www.a.gov.cn/") == [Failed(Why.TIMEOUT)]
    answered.set()


@pytest.mark.parametrize("url", ["http://2130706433/", "http://0x7f.1/", "http://127.1/"])
def test_number_that_could_be_an_address_is_no_host(manners: Manners, url: str) -> None:
    assert fetch(manners, url) == [Failed(Why.BAD_URL, url)]


def test_connection_is_used_again(web: Web, manners: Manners) -> None:
    ports: set[int] = set()
    web["/"] = "x"
    with Crawler(manners) as crawler:
        for _ in range(3):
            crawler.fetch([Request("http://www.a.gov.cn/")])
            ports |= {kept.getsockname()[1] for kept in crawler.traffic.kept.values()}
    assert len(ports) == 1


def test_connection_that_the_site_closed_meanwhile_is_dialled_anew(web: Web, manners: Manners) -> None:
    web["/"] = "x"
    with Crawler(manners) as crawler:
        crawler.fetch([Request("http://www.a.gov.cn/")])
        [kept] = crawler.traffic.kept.values()
        kept.shutdown(socket.SHUT_RDWR)
        assert isinstance(crawler.fetch([Request("http://www.a.gov.cn/")])[0], Fetched)


def test_no_more_connections_are_kept_than_may_be_and_the_latest_of_them(
    web: Web, manners: Manners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notices.intake.traffic.KEPT", 4)
    web["/"] = "x"
    with Crawler(manners) as crawler:
        for number in range(6):
            crawler.fetch([Request(f"http://www.{number}.cn/")])
            assert len(crawler.traffic.kept) <= 4
        assert [line.host for line in crawler.traffic.kept] == [f"www.{n}.cn" for n in (2, 3, 4, 5)]


class silent:  # noqa: N801 - reads as a word in `with silent(port)`
    """127.0.0.3 with a full queue: connecting to it takes for ever."""

    def __init__(self, port: int) -> None:
        self.server = socket.socket()
        self.server.bind(("127.0.0.3", port))
        self.server.listen(0)
        self.fillers: list[socket.socket] = []

    def __enter__(self) -> None:
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(self.server.getsockname())
            self.fillers.append(filler)

    def __exit__(self, *_: object) -> None:
        for one in (*self.fillers, self.server):
            one.close()
