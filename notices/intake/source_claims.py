"""Who is due, and taking it: a source's next time is set before anything risky is done with it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from itertools import chain

from django.db import connection
from django.db.models import F, Q

from notices.intake.host_leases import HostLeases
from notices.intake.hosts import host_of, registered_host
from notices.intake.schedule import LONGEST, fair_share, next_poll
from notices.intake.source_rows import load
from notices.models import Source

CLAIM = """
WITH turn (source_id, next_at) AS (VALUES {turns})
UPDATE notices_source SET next_poll_at = turn.next_at, last_polled_at = %s FROM turn
WHERE id = turn.source_id AND enabled AND (next_poll_at IS NULL OR next_poll_at <= %s OR next_poll_at > %s)
RETURNING id
"""


def due_sources(now: datetime, limit: int) -> list[Source]:
    """Twice as many due sources as a poll takes, the longest waiting first.

    A next time beyond the longest interval means that the clock was set back: due.
    """
    due = Q(next_poll_at=None) | Q(next_poll_at__lte=now) | Q(next_poll_at__gt=now + LONGEST)
    waiting = Source.objects.filter(due, enabled=True)
    return load(waiting.order_by(F("next_poll_at").asc(nulls_first=True), "pk")[: limit * 2])


def claim_sources(
    due: Sequence[Source], now: datetime, limit: int, gap: Callable[[str], float], leases: HostLeases
) -> list[Source]:
    """Take at most `limit` of the due sources, of hosts that we may visit; of two pollers one gets each."""
    held = leases.take({house(source) for source in due})
    free = [source for source in due if house(source) in held]
    chosen = sorted(fair_share(free, lambda source: source.url, gap, limit), key=lambda source: source.pk)
    if not chosen:
        return []
    taken = _claim(chosen, now)
    return [source for source in chosen if source.pk in taken]


def _claim(chosen: Sequence[Source], now: datetime) -> set[int]:
    """Put the next time of each off, in one statement; the ids of those that nobody else took."""
    moment = cache(connection.ops.adapt_datetimefield_value)  # jitter has 256 steps: many meet again
    turns = [(source.pk, moment(next_poll(now, source.slug, source.failures))) for source in chosen]
    statement = CLAIM.format(turns=", ".join(["(%s, %s)"] * len(turns)))
    bounds = (moment(now), moment(now), moment(now + LONGEST))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*chain.from_iterable(turns), *bounds])
        return {pk for (pk,) in cursor.fetchall()}


def house(source: Source) -> str:
    """The registered host of a source's list."""
    return registered_host(host_of(source.url))
