"""The whole chain on loopback: the demo's web, sink and WeChat, and a real worker on the test database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import people
from demo.places import place
from demo.sink import Sink
from demo.sources import SOURCES
from demo.web.server import GovernmentWeb
from demo.wechat import Simulator
from notices.models import Source
from tasks import app
from tests.builders import START


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    sink = Sink(tmp_path / "outbox")
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def wechat(tmp_path: Path) -> Iterator[Simulator]:
    simulator = Simulator(tmp_path / "wechat.jsonl", followers=people.followers())
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def worker_environment(sink: Sink, wechat: Simulator, government_web: GovernmentWeb) -> dict[str, str]:
    return {
        "SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
        "WECHAT_APPID": wechat.appid,
        "WECHAT_SECRET": wechat.secret,
        "WECHAT_API_BASE": wechat.base_url,
        "INTAKE_ALLOW_NETS": "127.0.0.0/8",
        "INTAKE_HOST_GAP": "0",
        "INTAKE_CONNECT_TO": ",".join(government_web.connect_to),
        "INTAKE_CA_FILE": str(government_web.ca_file),
    }


@pytest.fixture
def nudged(clean_redis: str) -> Iterator[None]:
    """Tasks that the test starts go to the test's Redis."""
    before = app.conf.broker_url
    app.conf.broker_url = clean_redis
    yield
    app.conf.broker_url = before
    app.close()


@pytest.fixture
def world(transactional_db: None, nudged: None) -> None:
    """The nine sources and the demo's people."""
    for row in SOURCES:
        Source.objects.create(**{**row, "region": place(row["region"]), "enabled": True})
    people.settle_in(START)
