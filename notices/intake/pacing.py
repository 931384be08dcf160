"""One visitor at a time per registered host, and a rest between visits (facts/feeds.md E, manners).

Pure but for the time, which is handed in: seconds of a clock that only runs forward.
"""

import heapq
from collections import deque
from itertools import count
from typing import Generic, TypeVar

V = TypeVar("V")


class Gate(Generic[V]):
    """The door of one registered host, and the visits that wait before it."""

    __slots__ = ("closed_until", "free_at", "host", "waiting")

    def __init__(self, host: str) -> None:
        self.host = host
        self.waiting: deque[V] = deque()
        self.free_at = 0.0
        self.closed_until = 0.0

    def close(self, seconds: float, now: float) -> None:
        """Let nobody through for so long (429 and 503 are the host's word, not the page's)."""
        self.closed_until = max(self.closed_until, now + seconds)

    def closed_for(self, now: float) -> float:
        """Seconds for which the host wants no visit; 0 when it is open."""
        return max(0.0, self.closed_until - now)


class Pace(Generic[V]):
    """The gates of all hosts, and how many visits may be inside anywhere at once.

    `gaps`: registered hosts that asked for a longer rest than `gap` (robots.txt, Crawl-delay), in seconds.
    """

    def __init__(self, gap: float, connections: int) -> None:
        self.gap = gap
        self.gaps: dict[str, float] = {}
        self.room = connections
        self.gates: dict[str, Gate[V]] = {}
        self.busy: set[str] = set()
        self.turns: list[tuple[float, int, Gate[V]]] = []  # a heap: the gates where somebody may go in next
        self.serial = count()

    def join(self, host: str, visit: V) -> None:
        """Wait for a turn at this registered host."""
        gate = self.gates.get(host)
        if gate is None:
            gate = self.gates[host] = Gate(host)
        gate.waiting.append(visit)
        if len(gate.waiting) == 1 and host not in self.busy:
            self._line_up(gate)

    def next(self, now: float) -> tuple[Gate[V], V] | None:
        """The visit whose turn it is; None while none may go in. The gate is shut behind it until `leave`."""
        if not self.room or not self.turns or self.turns[0][0] > now:
            return None
        _, _, gate = heapq.heappop(self.turns)
        self.room -= 1
        self.busy.add(gate.host)
        return gate, gate.waiting.popleft()

    def leave(self, gate: Gate[V], now: float, *, been_inside: bool = True) -> None:
        """The visit is over; the gap is counted from here, unless the host was not troubled at all."""
        self.room += 1
        self.busy.discard(gate.host)
        if been_inside:
            gate.free_at = now + max(self.gap, self.gaps.get(gate.host, 0.0))
        if gate.waiting:
            self._line_up(gate)

    def next_turn(self) -> float | None:
        """When somebody may go in next; None while nobody waits, or there is no room."""
        return self.turns[0][0] if self.turns and self.room else None

    def closed(self, now: float) -> dict[str, float]:
        """The hosts that asked to be left alone, and the seconds that are left of it."""
        return {host: gate.closed_for(now) for host, gate in self.gates.items() if gate.closed_until > now}

    def _line_up(self, gate: Gate[V]) -> None:
        """Those who wait before a closed door are told so at once."""
        turn = 0.0 if gate.closed_until > gate.free_at else gate.free_at
        heapq.heappush(self.turns, (turn, next(self.serial), gate))
