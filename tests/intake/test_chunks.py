"""How many answers are handed over at once: few with bodies, for they fill memory, and many without."""

import pytest

from notices.intake import fetching
from notices.intake.answers import Answer, Fetched
from notices.intake.fetching import Crawler, Manners, Request
from tests.intake.conftest import Reply, Web


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "CHUNK", 2)
    monkeypatch.setattr(fetching, "BARE", 6)
    monkeypatch.setattr(fetching, "LINGER", 5.0)  # however slow the machine is


def chunks(manners: Manners, path: str, hosts: int) -> list[list[Answer]]:
    with Crawler(manners) as crawler:
        streamed = crawler.stream([Request(f"http://w{number}.gov.cn{path}") for number in range(hosts)])
        return [[answer for _, answer in chunk] for chunk in streamed if chunk]


def test_chunk_holds_no_more_bodies_than_may_be_kept_at_once(web: Web, manners: Manners) -> None:
    web["/"] = "公告"
    found = chunks(manners, "/", 7)
    assert max(map(len, found)) == 2
    assert sum(map(len, found)) == 7


def test_chunk_of_answers_without_bodies_is_larger(web: Web, manners: Manners) -> None:
    web["/"] = Reply(status=304)
    assert max(map(len, chunks(manners, "/", 6))) > 2


def test_chunk_counts_the_pages_of_failures(web: Web, manners: Manners) -> None:
    web["/"] = Reply("没有这一页", status=404)
    found = chunks(manners, "/", 5)
    assert [max(map(len, found)), sum(map(len, found))] == [2, 5]


def test_chunk_of_many_refused_addresses_is_not_without_end(manners: Manners) -> None:
    assert [len(chunk) for chunk in chunks(manners, ":99999/", 14)] == [6, 6, 2]
    assert not any(isinstance(answer, Fetched) for chunk in chunks(manners, ":99999/", 3) for answer in chunk)
