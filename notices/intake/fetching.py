"""Fetching politely: many addresses at once in one thread, each host in peace, nothing trusted.

Knows no database and no Django; `Manners` says how to behave. Outcomes are values (`answers`).
"""

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from types import TracebackType
from typing import NamedTuple, Self

from yarl import URL

from notices.intake.answers import Answer, Failed, Fetched
from notices.intake.manners import Manners, Request
from notices.intake.traffic import Traffic
from notices.intake.visits import Visit

__all__ = ["Crawler", "Guide", "Manners", "Request", "Turning"]

CHUNK = 50  # bodies handed over at once: so many are held, and so many kept in one transaction
BARE = 500  # answers handed over at once, if most have no body
LINGER = 0.2  # seconds that an answer may wait for others to be handed over with
HEARTBEAT = 5.0  # seconds after which an empty chunk shows the caller that we still wait

Numbered = tuple[int, Answer]


class Turning(NamedTuple):
    """A request that was redirected, and the address that it is to go on to."""

    request: Request
    url: str


Guide = Callable[[Sequence[Turning]], Sequence[Answer | None]]
"""Says for each turning why it must not be taken, or None."""


@dataclass(slots=True)
class Batch:
    """The requests of one call: what is answered and not yet handed over, and who waits for the guide.

    `bodies`: how many of the answers that are ready have one.
    """

    left: int
    under_way: int = 0
    ready: list[Numbered] = field(default_factory=list)
    bodies: int = 0
    turned: list[Visit] = field(default_factory=list)

    @property
    def makes_a_chunk(self) -> bool:
        """Whether no more answers need be waited for."""
        return self.bodies >= CHUNK or len(self.ready) >= min(BARE, self.left)

    def arrived(self, visit: Visit, outcome: Answer | URL) -> None:
        """A visit has an answer, or was sent elsewhere."""
        self.under_way -= 1
        if isinstance(outcome, URL):
            visit.turn_to(outcome)
            self.turned.append(visit)
        else:
            self.add(visit, outcome)

    def add(self, visit: Visit, answer: Answer) -> None:
        """This is ready."""
        self.ready.append((visit.number, answer))
        self.bodies += _has_body(answer)

    def take_chunk(self) -> list[Numbered]:
        """Of the answers that are ready, the first, as many as one chunk may be."""
        bodies = [*accumulate(_has_body(answer) for _, answer in self.ready)]
        size = min(BARE, bisect_right(bodies, CHUNK))
        chunk, self.ready = self.ready[:size], self.ready[size:]
        self.bodies -= bodies[size - 1] if size else 0
        self.left -= size
        return chunk


class Crawler:
    """One set of connections and host gates for a whole poll.

    Used as `with Crawler(manners) as crawler: answers = crawler.fetch(requests)`. `fetch` and `stream` may be
    called again: hosts keep their gaps and connections. Nothing is done between the calls and while a chunk
    is looked at, so the caller may use its database; what is on the wire meanwhile arrives, and that time
    counts against nobody's limit. `guide` is asked before a redirect is followed, and may fetch itself;
    without one all are followed that `redirects` allows.
    """

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self.guide: Guide | None = None
        self.traffic = Traffic(manners)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.traffic.end()

    def fetch(self, requests: Sequence[Request]) -> list[Answer]:
        """One answer for each request, in their order. Opens nothing before there is something to fetch."""
        answers = dict(one for chunk in self.stream(requests) for one in chunk)
        return [answers[number] for number in range(len(requests))]

    def stream(self, requests: Sequence[Request]) -> Iterator[list[Numbered]]:
        """The answers as they come, each with its request's number.

        In chunks of at most `CHUNK` bodies and at most `BARE` answers.
        A chunk may be empty: nothing came for `HEARTBEAT` seconds.
        """
        batch = Batch(len(requests))
        for number, request in enumerate(requests):
            self._go(Visit(number, request, self.manners), batch)
        while batch.left:
            chunk = self._some(batch)
            self.traffic.move_on(0)  # those who come next are on their way while the caller looks at these
            with self.traffic.standing_still():
                yield chunk

    def slow_down(self, gaps: Mapping[str, float]) -> None:
        """Rest longer between visits to these registered hosts; seconds."""
        self.traffic.pace.gaps.update(gaps)

    def closed(self) -> dict[str, float]:
        """The registered hosts that asked to be left alone, and for how many seconds more."""
        return self.traffic.pace.closed(time.monotonic())

    def _go(self, visit: Visit, batch: Batch) -> None:
        """Wait for a turn at the visit's host, and then ask."""
        if visit.wrong is not None:
            batch.add(visit, visit.wrong)
            return
        batch.under_way += 1
        self.traffic.join(visit, batch.arrived)

    def _some(self, batch: Batch) -> list[Numbered]:
        """The next chunk: as soon as it is full, all have come, or somebody has waited long enough."""
        begun, first = time.monotonic(), 0.0
        while not batch.makes_a_chunk:
            if batch.turned and not batch.under_way:
                self._turn(batch)
                continue
            now = time.monotonic()
            first = first or (now if batch.ready else 0.0)
            patience = (first + LINGER if first else begun + HEARTBEAT) - now
            if patience <= 0:
                break
            self.traffic.move_on(patience)
        return batch.take_chunk()

    def _turn(self, batch: Batch) -> None:
        """Send those on who were redirected, where the guide lets them."""
        turned, batch.turned = batch.turned, []
        turnings = [Turning(visit.request, visit.url) for visit in turned]
        objections = self.guide(turnings) if self.guide else [None] * len(turned)
        for visit, objection in zip(turned, objections, strict=True):
            visit.wrong = visit.wrong or objection
            self._go(visit, batch)


def _has_body(answer: Answer) -> bool:
    return isinstance(answer, Fetched) or (isinstance(answer, Failed) and answer.page is not None)
