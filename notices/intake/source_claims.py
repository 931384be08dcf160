"""Who is due, and taking it: a source's next time is set before anything risky is done with it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q

from notices.intake.host_leases import HostLeases
from notices.intake.hosts import host_of, registered_host
from notices.intake.schedule import LONGEST, fair_share, next_poll
from notices.models import Source

CLAIM = """
UPDATE notices_source SET next_poll_at = %s, last_polled_at = %s
WHERE id IN ({ids}) AND enabled AND (next_poll_at IS NULL OR next_poll_at <= %s OR next_poll_at > %s)
RETURNING id
"""
PUT_OFF = "UPDATE notices_source SET next_poll_at = %s WHERE id = %s"


def due_sources(now: datetime, limit: int) -> list[Source]:
    """Twice as many due sources as a poll takes, the longest waiting first.

    A next time beyond the longest interval means that the clock was set back: due.
    """
    due = Q(next_poll_at=None) | Q(next_poll_at__lte=now) | Q(next_poll_at__gt=now + LONGEST)
    waiting = Source.objects.filter(due, enabled=True).defer("last_polled_at")
    return list(waiting.order_by(F("next_poll_at").asc(nulls_first=True), "pk")[: limit * 2])


def claim_sources(
    due: Sequence[Source], now: datetime, limit: int, gap: Callable[[str], float], leases: HostLeases
) -> list[Source]:
    """Take at most `limit` of the due sources, of hosts that we may visit; of two pollers one gets each."""
    held = leases.take({house(source) for source in due})
    free = [source for source in due if house(source) in held]
    chosen = sorted(fair_share(free, lambda source: source.url, gap, limit), key=lambda source: source.pk)
    if not chosen:
        return []
    moment = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        statement = CLAIM.format(ids=", ".join(["%s"] * len(chosen)))
        ids = [source.pk for source in chosen]
        cursor.execute(statement, [moment(now), moment(now), *ids, moment(now), moment(now + LONGEST)])
        taken = {pk for (pk,) in cursor.fetchall()}
        mine = [source for source in chosen if source.pk in taken]
        next_times = [(moment(next_poll(now, source.slug, source.failures)), source.pk) for source in mine]
        cursor.executemany(PUT_OFF, next_times)
    return mine


def house(source: Source) -> str:
    """The registered host of a source's list."""
    return registered_host(host_of(source.url))
