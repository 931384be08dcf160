"""The simulated account's access tokens: the stable kind and the classic kind (facts/wechat.md section 2)."""

import secrets
from collections.abc import Callable

LIFE = 7200
OVERLAP = 300  # the platform renews this long before expiry, and an outgoing token stays good for as long
FORCE_GAP = 30
FORCES_PER_DAY = 20
CLASSIC_PER_DAY = 2000


class TokenDesk:
    """Hands out tokens and knows which are good. `clock` gives seconds; not thread-safe by itself."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._stable = ""
        self._forced: list[float] = []
        self._classic: list[float] = []

    def stable(self, force: bool) -> tuple[str, int] | None:
        """(token, seconds left): the same one until 300 s before its end; None when forced too often today.

        A forced refresh within 30 s of another changes nothing.
        """
        now = self._clock()
        self._forced = [at for at in self._forced if now - at < 86400]
        if force and not (self._forced and now - self._forced[-1] < FORCE_GAP):
            if len(self._forced) >= FORCES_PER_DAY:
                return None
            self._forced.append(now)
            self._until.pop(self._stable, None)
            self._stable = ""
        if self._until.get(self._stable, 0) - now <= OVERLAP:
            self._stable = self._new()
        return self._stable, int(self._until[self._stable] - now)

    def classic(self) -> tuple[str, int] | None:
        """A new token with each call, which shortens the lives of the earlier ones; None past 2000 a day."""
        now = self._clock()
        self._classic = [at for at in self._classic if now - at < 86400]
        if len(self._classic) >= CLASSIC_PER_DAY:
            return None
        self._classic.append(now)
        for token in self._until.keys() - {self._stable}:
            self._until[token] = min(self._until[token], now + OVERLAP)
        return self._new(), LIFE

    def fault(self, token: str) -> tuple[int, str] | None:
        """What is wrong with a token that came with a call."""
        if not token:
            return 41001, "access_token missing"
        if token not in self._until:
            return 40001, "invalid credential, access_token is invalid or not latest"
        return None if self._clock() < self._until[token] else (42001, "access_token expired")

    def expire_all(self) -> None:
        """End every token now, as an administrator does who resets the AppSecret."""
        self._until = dict.fromkeys(self._until, 0.0)

    def _new(self) -> str:
        token = f"SIM_{secrets.token_urlsafe(96)}"
        self._until[token] = self._clock() + LIFE
        return token
