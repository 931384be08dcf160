"""One visitor at a time per registered host, and a rest between visits (facts/feeds.md E, manners)."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from notices.intake.hosts import host_of, registered_host


class Gate:
    """The door of one registered host. `closed_for` tells how long the host asked to be left alone."""

    def __init__(self) -> None:
        self.door = asyncio.Lock()
        self.free_at = 0.0
        self.closed_until = 0.0

    def close(self, seconds: float) -> None:
        """Let nobody through for so long (429 and 503 are the host's word, not the page's)."""
        self.closed_until = max(self.closed_until, time.monotonic() + seconds)

    def closed_for(self) -> float:
        """Seconds for which the host wants no visit; 0 when it is open."""
        return max(0.0, self.closed_until - time.monotonic())


class Pace:
    """The gates of all hosts of a batch, and how many may be inside anywhere at once.

    `gaps`: registered hosts that asked for a longer rest than `gap` (robots.txt, Crawl-delay), in seconds.
    """

    def __init__(self, gap: float, connections: int) -> None:
        self.gap = gap
        self.gaps: dict[str, float] = {}
        self.inside = asyncio.Semaphore(connections)
        self.gates: dict[str, Gate] = {}
        self.shut: dict[str, Gate] = {}

    @asynccontextmanager
    async def visit(self, url: str) -> AsyncIterator[Gate]:
        """Wait for this address's turn; the gap is counted from the end of the visit before."""
        host = registered_host(host_of(url))
        gate = self.gates.setdefault(host, Gate())
        async with gate.door:
            if not gate.closed_for():
                await asyncio.sleep(gate.free_at - time.monotonic())
            async with self.inside:
                yield gate
            if gate.closed_for():
                self.shut[host] = gate
            gate.free_at = time.monotonic() + max(self.gap, self.gaps.get(host, 0.0))

    def closed(self) -> dict[str, float]:
        """The hosts that asked to be left alone, and the seconds that are left of it."""
        left = {host: gate.closed_for() for host, gate in self.shut.items()}
        return {host: seconds for host, seconds in left.items() if seconds}
