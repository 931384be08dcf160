"""From a list that breaks to a mail in the inbox of whoever is on duty: a real worker, a real server."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from alerts.models import StaffLetter
from demo.sink import Sink
from notices.models import HostState, Incident, Source
from tasks import app
from tasks.polling import poll_sources
from tasks.repairing import sweep
from tests.intake.conftest import LIST_URL, Web, list_html
from tests.services.celery import Worker

DAY = timedelta(days=1)
LIST = "/tzgg/index.html"
WELL = list_html(
    *((f"/t2019100{n}_{n}.html", f"关于第{n}批申报的通知", f"2019-10-0{n}") for n in range(1, 9))
)


@pytest.fixture
def worker_environment(on_the_web: Web, smtp_sink: Sink) -> dict[str, str]:
    return {
        "INTAKE_ALLOW_NETS": "127.0.0.0/8",
        "INTAKE_HOST_GAP": "0",
        "INTAKE_CONNECT_TO": f"80=127.0.0.1:{on_the_web.port}",
        "SMTP_URL": smtp_sink.url,
        "STAFF_MAIL": "zhiban@kuaixun.example",
    }


@pytest.fixture(autouse=True)
def nudged(clean_redis: str) -> Iterator[None]:
    """Tasks that the test starts go to the test's Redis."""
    before = app.conf.broker_url
    app.conf.broker_url = clean_redis
    yield
    app.conf.broker_url = before
    app.close()


def until(holds: Callable[[], bool]) -> None:
    last_moment = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < last_moment, "it did not come to that"
        time.sleep(0.02)


def polled(web: Web, page: str, now: datetime) -> None:
    web[LIST] = page
    poll_sources.delay(now.isoformat())
    until(lambda: Source.objects.filter(last_polled_at=now, next_poll_at__gt=now).exists())
    until(lambda: len(web.asked) > 0 and not HostState.objects.exclude(lease="").exists())
    web.asked.clear()


def test_broken_list_is_mailed_once_and_its_recovery_once(
    celery_worker: Worker, on_the_web: Web, smtp_sink: Sink, now: datetime
) -> None:
    Source.objects.create(slug="yy", name="余姚市经信局", url=LIST_URL, family="trs", region=1, enabled=True)
    for days, page in enumerate((WELL, "<p>改版</p>", "<p>改版</p>")):
        polled(on_the_web, page, now + days * DAY)
    until(Incident.objects.filter(closed_at=None).exists)
    for _ in range(3):
        sweep.delay((now + 2 * DAY).isoformat())
    until(lambda: len(smtp_sink.messages()) == 1)
    polled(on_the_web, WELL, now + 3 * DAY)
    until(Incident.objects.filter(closed_at__isnull=False).exists)
    for _ in range(3):
        sweep.delay((now + 3 * DAY).isoformat())
    until(lambda: StaffLetter.objects.filter(state="sent").count() == 2)
    assert StaffLetter.objects.count() == 2
    subjects = [mail["Subject"] for mail in smtp_sink.messages()]
    assert subjects == ["来源异常：余姚市经信局 找不到列表", "来源恢复：余姚市经信局 找不到列表"]
