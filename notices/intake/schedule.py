"""When a source is polled and an item visited next. Pure: business time in, business time out."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from config.clock import SHANGHAI
from notices.intake.hosts import host_of, registered_host

T = TypeVar("T")

BY_DAY, BY_NIGHT = timedelta(minutes=20), timedelta(hours=1)
DAY_BEGINS, NIGHT_BEGINS = (
    7,
    22,
)  # hours in Shanghai; offices publish by day, and sites are left in peace at night
LONGEST = timedelta(hours=24)  # no source is left alone for longer, whatever happened
JITTER = 0.1
RETRIES = (timedelta(minutes=5), timedelta(minutes=30))  # a page that failed once, twice
ATTEMPTS = len(RETRIES) + 1  # after so many the notice is made from the list alone
REVISITS = (
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)  # since first seen: pages are quietly amended
FURTHEST_VISIT = REVISITS[-1] + LONGEST
SECONDS_PER_HOST = 60.0  # of one poll; what does not fit stays due


def next_poll(now: datetime, slug: str, failures: int = 0) -> datetime:
    """A source's next poll: in 20 minutes by day, an hour by night, doubled per failure up to a day."""
    by_day = DAY_BEGINS <= now.astimezone(SHANGHAI).hour < NIGHT_BEGINS
    interval = (BY_DAY if by_day else BY_NIGHT) * (1 + jitter(slug))
    return now + min(interval * (1 << min(failures, 10)), LONGEST)


@lru_cache(maxsize=4096)
def jitter(slug: str) -> float:
    """Between -0.1 and 0.1, always the same for a source, so that all do not knock at once."""
    return (hashlib.blake2b(slug.encode(), digest_size=1).digest()[0] / 255 * 2 - 1) * JITTER


def next_attempt(now: datetime, attempts: int) -> datetime | None:
    """When a page that failed `attempts` times is tried again; None when that was the last attempt."""
    return now + RETRIES[attempts - 1] if attempts < ATTEMPTS else None


def next_revisit(first_seen: datetime, now: datetime) -> datetime | None:
    """When a notice's page is next looked at for changes; None once it is old."""
    return next((first_seen + after for after in REVISITS if first_seen + after > now), None)


def fair_share(
    candidates: Iterable[T], url: Callable[[T], str], gap: Callable[[str], float], limit: int
) -> list[T]:
    """The first `limit` candidates, but of one host no more than a poll can visit at its gap.

    `gap` gives the seconds between visits to a registered host.
    """
    visits: Counter[str] = Counter()
    chosen: list[T] = []
    for candidate in candidates:
        host = registered_host(host_of(url(candidate)))
        if visits[host] < _most(gap(host), limit) and len(chosen) < limit:
            visits[host] += 1
            chosen.append(candidate)
    return chosen


def _most(gap: float, limit: int) -> int:
    return max(1, int(SECONDS_PER_HOST / gap)) if gap else limit
