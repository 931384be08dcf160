"""The servers as fixtures. Each is started when a test first asks for it, and only then."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.services import celery, chromium, redis, shared

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from demo.sink import Sink
    from demo.web.server import GovernmentWeb
    from demo.wechat import Simulator


@pytest.fixture(scope="session")
def redis_url(var_folder: Path) -> Iterator[str]:
    """A Redis of this run's own, or the one that KUAIXUN_TEST_REDIS_URL names."""
    if given := os.environ.get("KUAIXUN_TEST_REDIS_URL"):
        yield given
        return
    server = redis.start(var_folder / "redis")
    yield server.url
    server.stop()


@pytest.fixture
def clean_redis(redis_url: str) -> str:
    """The run's Redis, with nothing in it."""
    from redis import Redis

    with Redis.from_url(redis_url) as connection:
        connection.flushall()
    return redis_url


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The address of the test database, for a process of its own; rows written here are committed."""
    from django.db import connection

    return url_of(connection.settings_dict)


def url_of(database: dict[str, Any]) -> str:
    """A DATABASES entry as the DATABASE_URL that makes it."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    host = f"{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"
    return f"postgresql://{database['USER']}{password}@{host}/{database['NAME']}"


@pytest.fixture
def worker_environment() -> dict[str, str]:
    """What the worker is told beyond its database and Redis; a test module overrides it (SMTP_URL, …)."""
    return {}


@pytest.fixture
def celery_worker(
    database_url: str, clean_redis: str, worker_environment: dict[str, str], tmp_path: Path
) -> Iterator[celery.Worker]:
    """A running worker process: `.kill()` is SIGKILL, `.restart()` starts it again, `.said()` is its log."""
    environment = {"DATABASE_URL": database_url, "REDIS_URL": clean_redis, **worker_environment}
    worker = celery.Worker(environment, tmp_path / "worker.log")
    yield worker
    worker.stop()


@pytest.fixture
def government_web(tmp_path: Path) -> Iterator["GovernmentWeb"]:
    """The nine sites of the demo on loopback, at their opening day; `web.now = …` moves the calendar."""
    from demo.web.server import GovernmentWeb

    with GovernmentWeb(tmp_path / "web") as web:
        yield web


@pytest.fixture
def smtp_sink(tmp_path: Path) -> Iterator["Sink"]:
    """A real SMTP server that keeps what it is given: `.url` for SMTP_URL, `.messages()` for what came."""
    from demo.sink import Sink

    sink = Sink(tmp_path / "outbox")
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def wechat_followers() -> dict[str, str]:
    """Who follows the account, `{openid: name}`; a test module overrides it."""
    return {"o-zhang": "张工"}


@pytest.fixture
def wechat(tmp_path: Path, wechat_followers: dict[str, str]) -> Iterator["Simulator"]:
    """WeChat's service-account API on loopback: `.base_url` for WECHAT_API_BASE."""
    from demo.wechat import Simulator

    with Simulator(tmp_path / "wechat.jsonl", wechat_followers) as simulator:
        yield simulator


@pytest.fixture
def chromium_page(monkeypatch: pytest.MonkeyPatch) -> Iterator["Page"]:
    """A page of a real browser, as wide as a desk's; `page.set_viewport_size` makes it a phone's."""
    # Playwright's sync API keeps a loop running in this thread, which Django takes for async code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with chromium.page(width=1280, height=900) as page:
        yield page


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """../shared; a test that asks for it is skipped, and says so, where it is absent."""
    if not shared.folder().is_dir():
        pytest.skip(shared.ABSENT)
    return shared.folder()
