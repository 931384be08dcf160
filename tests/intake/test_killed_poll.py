"""SIGKILL to a real worker in the middle of a poll: nothing is lost, nothing comes twice (DESIGN 6.3)."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from notices.intake.polling import poll
from notices.models import HostState, Item, Notice, Source
from tasks import app
from tasks.polling import poll_sources
from tests.intake.conftest import Reply, Web, detail_html, list_html
from tests.services.celery import Worker

HOUR = timedelta(hours=1)
PATIENCE = 60.0
SOURCES, NEW = 5, 4


@pytest.fixture
def worker_environment(on_the_web: Web) -> dict[str, str]:
    return {
        "INTAKE_ALLOW_NETS": "127.0.0.0/8",
        "INTAKE_HOST_GAP": "0",
        "INTAKE_CONNECT_TO": f"80=127.0.0.1:{on_the_web.port}",
    }


@pytest.fixture(autouse=True)
def nudged(clean_redis: str) -> Iterator[None]:
    """Tasks that the test starts go to the test's Redis."""
    before = app.conf.broker_url
    app.conf.broker_url = clean_redis
    yield
    app.conf.broker_url = before
    app.close()


@pytest.fixture
def sites(transactional_db: None, on_the_web: Web, now: datetime) -> Web:
    """Sources on hosts of their own, each with a baseline of eight lines and then some new ones."""
    for number in range(SOURCES):
        host = f"www.k{number}.gov.cn"
        Source.objects.create(
            slug=f"k{number}", name=host, url=f"http://{host}/l/", family="trs", region=1, enabled=True
        )
        on_the_web[f"{host}/l/"] = list_html(*(line(n) for n in range(8)))
    poll(now - HOUR)
    for number in range(SOURCES):
        on_the_web[f"www.k{number}.gov.cn/l/"] = list_html(*(line(n) for n in range(8 + NEW - 1, -1, -1)))
    for n in range(8, 8 + NEW):
        text = "各单位：现将有关事项通知如下，请于2019年10月29日前报送材料。"
        on_the_web[line(n)[0]] = Reply(detail_html(line(n)[1], text), hold=0.02)
    on_the_web.asked.clear()
    return on_the_web


def line(number: int) -> tuple[str, str, str]:
    return (
        f"/t201910{number + 1:02}_{number}.html",
        f"关于组织第{number}批绿色工厂申报的通知",
        f"2019-10-{number + 1:02}",
    )


def until(holds: Callable[[], bool]) -> None:
    last_moment = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < last_moment, "the worker did not get there"
        time.sleep(0.02)


def a_minute_passes() -> None:
    """The leases of the killed poll run out."""
    HostState.objects.update(leased_until=0, not_before=0)


def all_became_notices() -> bool:
    return Item.objects.filter(baseline=False, notice__isnull=False).count() == SOURCES * NEW


@pytest.mark.parametrize("path", ["/l/", line(8)[0]], ids=["list", "page"])
def test_worker_killed_while_an_answer_is_on_the_way_loses_nothing(
    celery_worker: Worker, sites: Web, now: datetime, path: str
) -> None:
    for key in [key for key in sites.replies if key.endswith(path)]:
        sites.replies[key].hold = 20.0  # type: ignore[union-attr]
    poll_sources.delay(now.isoformat())
    until(lambda: path in sites.paths())
    celery_worker.kill()
    for reply in sites.replies.values():
        reply.hold = 0.0  # type: ignore[union-attr]
    a_minute_passes()
    celery_worker.start()
    poll_sources.delay((now + HOUR).isoformat())
    poll_sources.delay((now + 2 * HOUR).isoformat())
    until(all_became_notices)
    assert (Item.objects.count(), Notice.objects.count()) == (SOURCES * (8 + NEW), SOURCES * NEW)


def test_worker_killed_again_and_again_loses_nothing(
    celery_worker: Worker, sites: Web, now: datetime
) -> None:
    for kills, seconds in enumerate((0.05, 0.2, 0.35)):
        poll_sources.delay((now + kills * HOUR).isoformat())
        until(lambda: bool(sites.asked))
        time.sleep(seconds)
        celery_worker.restart()
        a_minute_passes()
        sites.asked.clear()
    for later in range(3, 7):
        poll_sources.delay((now + later * HOUR).isoformat())
    until(all_became_notices)
    assert (Item.objects.count(), Notice.objects.count()) == (SOURCES * (8 + NEW), SOURCES * NEW)
