"""A site's time is what its network takes: a database that waits for a lock is not the site's fault."""

import time
from dataclasses import replace

import pytest

from notices.intake.answers import Answer, Failed, Fetched
from notices.intake.fetching import Crawler, Manners, Request
from notices.intake.troubles import Why
from tests.intake.conftest import Reply, Web

QUICK, SLOW = Request("http://a.gov.cn/quick"), Request("http://b.gov.cn/slow")


@pytest.fixture
def patient(manners: Manners) -> Manners:
    return replace(manners, total=1.0)


def fetched_while_busy(manners: Manners, seconds: float) -> dict[int, Answer]:
    """Both requests, by a caller that is busy for so long with each chunk."""
    found: dict[int, Answer] = {}
    with Crawler(manners) as crawler:
        for chunk in crawler.stream([QUICK, SLOW]):
            found |= dict(chunk)
            time.sleep(seconds)
    return found


def test_time_that_the_caller_takes_is_not_the_sites(web: Web, patient: Manners) -> None:
    web["/quick"], web["/slow"] = Reply("x"), Reply("y", hold=0.5)
    found = fetched_while_busy(patient, seconds=1.5)
    assert [isinstance(found[number], Fetched) for number in (0, 1)] == [True, True]


def test_time_between_two_fetches_is_not_the_sites(web: Web, patient: Manners) -> None:
    web["/quick"], web["/slow"] = Reply("x"), Reply("y", hold=0.5)
    with Crawler(patient) as crawler:
        crawler.fetch([QUICK])
        time.sleep(1.2)
        assert isinstance(crawler.fetch([SLOW])[0], Fetched)


def test_site_that_hangs_times_out_however_busy_the_caller_is(web: Web, patient: Manners) -> None:
    web["/quick"], web["/slow"] = Reply("x"), Reply("y", hold=30.0)
    found = fetched_while_busy(patient, seconds=0.3)
    assert found[1] == Failed(Why.TIMEOUT)
