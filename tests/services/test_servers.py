"""The servers that the tests stand on do what they are trusted to do."""

from typing import Any

import psycopg
import pytest
from django.db import connection
from redis import Redis

from tests.services import celery, chromium, packages, postgres, redis
from tests.services.fixtures import url_of
from tests.services.packages import NotHere


def test_postgres_starts_fresh_and_leaves_nothing() -> None:
    server = postgres.start()
    with psycopg.connect(server.url) as session:
        assert session.execute("select 1").fetchone() == (1,)
    server.stop()
    assert not server.folder.exists()


def test_postgres_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for look in ("_on_this_machine", "_from_debian", "_from_the_wheel"):
        monkeypatch.setattr(postgres, look, lambda: None)
    with pytest.raises(NotHere, match="apt-get install postgresql"):
        postgres.binaries()


def test_postgres_wheel_has_the_programs() -> None:
    folder = postgres._from_the_wheel()
    assert folder is not None
    assert (folder / "postgres").exists()


def test_redis_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise redis.embedded_redis.NoRedisError("apt-get install redis-server")

    monkeypatch.setattr(redis.shutil, "which", lambda _: None)
    monkeypatch.setattr(redis, "install", lambda *_: False)
    monkeypatch.setattr(redis.embedded_redis, "binary", none)
    with pytest.raises(NotHere, match="KUAIXUN_TEST_REDIS_URL"):
        redis.binary()


def test_chromium_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_found", lambda: None)
    monkeypatch.setattr(chromium, "install", lambda *_: False)
    with pytest.raises(NotHere, match="apt-get install chromium"):
        chromium.executable()


def test_install_is_left_alone_where_we_are_not_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    assert packages.may_install() is False


def test_clean_redis_holds_nothing(clean_redis: str) -> None:
    with Redis.from_url(clean_redis) as session:
        assert session.dbsize() == 0


def test_database_url_reaches_the_test_database(database_url: str) -> None:
    assert url_of(connection.settings_dict) == database_url
    assert "test" in database_url


def test_chromium_shows_chinese(chromium_page: Any) -> None:
    chromium_page.set_content("<title>快讯</title>")
    assert chromium_page.title() == "快讯"


def test_celery_worker_is_killed_and_started_again(celery_worker: celery.Worker) -> None:
    celery_worker.kill()
    celery_worker.start()
    assert celery_worker.said().count(" ready.") == 2
