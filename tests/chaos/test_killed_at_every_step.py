"""The short form of `make chaos`: one crowd, one worker after another killed at the next step."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alerts import ledger
from demo.sink import Sink
from demo.wechat import Simulator
from notices.models import Notice
from tasks import app
from tasks.reading import match_notices
from tasks.repairing import sweep
from tests.chaos import arrivals, crowd
from tests.chaos.clocks import ShiftedClocks
from tests.chaos.crew import Nursery

PEOPLE = 60
DEATHS = (
    "after match@2", "while composing@1", "after composing@1", "after claim@1", "after render@1",
    "after SMTP 250@3", "before settle@4",
)  # fmt: skip
SENDERS = 2


@pytest.fixture
def folk() -> list[crowd.Someone]:
    return crowd.people(PEOPLE)


@pytest.fixture
def wechat_followers(folk: list[crowd.Someone]) -> dict[str, str]:
    return crowd.openids(folk)


@pytest.fixture
def clocks(tmp_path: Path) -> ShiftedClocks:
    return ShiftedClocks(tmp_path / "clocks")


@pytest.fixture
def nursery(
    tmp_path: Path, database_url: str, clean_redis: str, smtp_sink: Sink, wechat: Simulator,
    clocks: ShiftedClocks,
) -> Iterator[Nursery]:  # fmt: skip
    environment = {
        "DATABASE_URL": database_url, "REDIS_URL": clean_redis, "SMTP_URL": smtp_sink.url,
        "WECHAT_APPID": wechat.appid, "WECHAT_SECRET": wechat.secret, "WECHAT_API_BASE": wechat.base_url,
        "CHAOS_CLOCK": str(clocks.path), "LOG_LEVEL": "WARNING",
    }  # fmt: skip
    before = app.conf.broker_url
    app.conf.broker_url = clean_redis
    nursery = Nursery(environment, tmp_path)
    yield nursery
    nursery.close()
    app.conf.broker_url = before
    app.close()


def until(what: Callable[[], object], nursery: Nursery) -> None:
    """Waits, and sweeps as beat would, but every half second."""
    last_moment = time.monotonic() + 40
    while not what():
        assert time.monotonic() < last_moment, nursery.said()
        sweep.delay()
        time.sleep(0.5)


def test_worker_killed_at_every_step_loses_nothing_and_repeats_one_a_connection(
    folk: list[crowd.Someone], nursery: Nursery, clocks: ShiftedClocks, smtp_sink: Sink, wechat: Simulator
) -> None:
    news = crowd.news()
    crowd.settle_in(folk)
    crowd.publish(news)
    clocks.set_business(crowd.MATCHED)
    match_notices.delay()
    for death in DEATHS:
        nursery.worker(death)
        if death == "while composing@1":
            until(lambda: not Notice.objects.filter(matched_at=None).exists(), nursery)
            clocks.set_business(crowd.DUE)
        until(nursery.died.exists, nursery)
        clocks.lapse(ledger.LEASE + 1)
    nursery.worker()
    until(lambda: not ledger.open_deliveries(), nursery)
    expected = crowd.expected(folk, news)
    found = arrivals.verdict(expected, [item.title for item in news], smtp_sink.folder, wechat.account.log)
    assert (found.lost, found.wrong) == (0, [])
    assert found.repeated <= SENDERS * len(DEATHS)
