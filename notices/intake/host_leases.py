"""Which registered hosts this poll may visit: one poller at a time per host, and none before its time.

Rows of `HostState`, on the machine's clock. A lease or a time that lies further ahead than it can have been
set means that the clock was set back, and counts as past (DESIGN 6.4).
"""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Self

from django.db import connection

from config.clock import machine_now
from notices.intake.retry_after import LONGEST_WAIT
from notices.models import HostState

LEASE = 60.0  # seconds
RENEW = 20.0  # seconds after which a lease is renewed
ROWS = 200  # of one statement

TAKE = """
INSERT INTO notices_hoststate AS held (host, not_before, lease, leased_until) VALUES {rows}
ON CONFLICT (host) DO UPDATE SET lease = excluded.lease, leased_until = excluded.leased_until
WHERE (held.leased_until <= %s OR held.leased_until > %s) AND (held.not_before <= %s OR held.not_before > %s)
RETURNING host
"""


class HostLeases:
    """The hosts that one poll holds."""

    def __init__(self, gap: float) -> None:
        self.gap = gap
        self.owner = secrets.token_hex(16)
        self.hosts: set[str] = set()
        self.renewed_at = machine_now()

    @classmethod
    @contextmanager
    def held(cls, gap: float) -> Iterator[Self]:
        """Leases that are given back at the end, whatever happens; `gap` is the rest that hosts get then."""
        leases = cls(gap)
        try:
            yield leases
        finally:
            leases.release()

    def take(self, hosts: Collection[str]) -> frozenset[str]:
        """Those of the hosts that are ours to visit now, from before or from here on."""
        wanted = sorted(set(hosts) - self.hosts)  # one order for all pollers, so that none waits for another
        for at in range(0, len(wanted), ROWS):
            self.hosts.update(self._take(wanted[at : at + ROWS]))
        return frozenset(self.hosts.intersection(hosts))

    def renew(self) -> None:
        """Keep the leases while we work; cheap to call often."""
        now = machine_now()
        if now - self.renewed_at >= RENEW:
            self.renewed_at = now
            HostState.objects.filter(lease=self.owner).update(leased_until=now + LEASE)

    def close(self, waits: Mapping[str, float]) -> None:
        """These hosts asked to be left alone for so many seconds (429, 503), also by later polls."""
        now = machine_now()
        rows = [HostState(host=host, not_before=now + seconds) for host, seconds in waits.items()]
        HostState.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["host"], update_fields=["not_before"]
        )

    def release(self) -> None:
        """Give all hosts back, each with its rest before the next visit."""
        now = machine_now()
        mine = HostState.objects.filter(lease=self.owner)
        if self.gap:
            mine.filter(not_before__lt=now + self.gap).update(not_before=now + self.gap)
        mine.update(lease="", leased_until=0)
        self.hosts.clear()

    def _take(self, hosts: Sequence[str]) -> list[str]:
        now = machine_now()
        rows = ", ".join(["(%s, 0, %s, %s)"] * len(hosts))
        values = [value for host in hosts for value in (host, self.owner, now + LEASE)]
        with connection.cursor() as cursor:
            cursor.execute(TAKE.format(rows=rows), [*values, now, now + LEASE, now, now + LONGEST_WAIT])
            return [host for (host,) in cursor.fetchall()]
