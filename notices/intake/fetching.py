"""Fetching politely: many addresses in one event loop, each host in peace, nothing trusted.

Knows no database and no Django; `Manners` says how to behave. Outcomes are values (`answers`).
"""

import asyncio
import logging
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from notices.intake.answers import Answer, Failed
from notices.intake.manners import Manners, Request
from notices.intake.troubles import Why
from notices.intake.visits import Visits

__all__ = ["Crawler", "Manners", "Request"]

CHUNK = 50  # answers handed over at once: so many bodies are held, and so many kept in one transaction
LINGER = 0.2  # seconds that an answer may wait for others to be handed over with
HEARTBEAT = 5.0  # seconds after which an empty chunk shows the caller that we still wait

logger = logging.getLogger(__name__)
Numbered = tuple[int, Answer]


class Crawler:
    """One event loop and one set of connections and host gates for a whole poll.

    Used as `with Crawler(manners) as crawler: answers = crawler.fetch(requests)`. `fetch` and `stream` may be
    called again: hosts keep their gaps and connections. The loop stands still between the calls and while a
    chunk is looked at, so the caller may use its database; what is on the wire meanwhile arrives.
    """

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self.runner = asyncio.Runner()
        self.visits: Visits | None = None
        self.tasks: list[asyncio.Task[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.visits is not None:
            self.runner.run(self._end(self.visits))
        self.runner.close()

    def fetch(self, requests: Sequence[Request]) -> list[Answer]:
        """One answer for each request, in their order. Opens nothing before there is something to fetch."""
        answers = dict(one for chunk in self.stream(requests) for one in chunk)
        return [answers[number] for number in range(len(requests))]

    def stream(self, requests: Sequence[Request]) -> Iterator[list[Numbered]]:
        """The answers as they come, each with its request's number, in chunks of at most `CHUNK`.

        A chunk may be empty: nothing came for `HEARTBEAT` seconds.
        """
        left = len(requests)
        if not left:
            return
        ready: asyncio.Queue[Numbered] = asyncio.Queue()
        self.runner.run(self._begin(requests, ready))
        while left:
            chunk = self.runner.run(_some(ready, left))
            left -= len(chunk)
            yield chunk

    def slow_down(self, gaps: Mapping[str, float]) -> None:
        """Rest longer between visits to these registered hosts; seconds."""
        self.runner.run(self._slow_down(gaps))

    def closed(self) -> dict[str, float]:
        """The registered hosts that asked to be left alone, and for how many seconds more."""
        return self.visits.pace.closed() if self.visits else {}

    async def _slow_down(self, gaps: Mapping[str, float]) -> None:
        self.visits = self.visits or await Visits.begin(self.manners)
        self.visits.pace.gaps.update(gaps)

    async def _begin(self, requests: Sequence[Request], ready: asyncio.Queue[Numbered]) -> None:
        self.visits = self.visits or await Visits.begin(self.manners)
        visits = [self._visit(self.visits, number, one, ready) for number, one in enumerate(requests)]
        self.tasks = [asyncio.create_task(visit) for visit in visits]

    async def _visit(
        self, visits: Visits, number: int, request: Request, ready: asyncio.Queue[Numbered]
    ) -> None:
        try:
            answer = await visits.fetch(request)
        except Exception as error:  # one address that breaks our code must not silence the others
            logger.exception("%s", request.url)
            answer = Failed(Why.OUR_FAULT, type(error).__name__)
        ready.put_nowait((number, answer))

    async def _end(self, visits: Visits) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await visits.end()


async def _some(ready: asyncio.Queue[Numbered], left: int) -> list[Numbered]:
    chunk: list[Numbered] = []
    try:
        async with asyncio.timeout(HEARTBEAT):
            chunk.append(await ready.get())
        async with asyncio.timeout(LINGER):
            while len(chunk) < min(CHUNK, left):
                chunk.append(await ready.get())
    except TimeoutError:
        return chunk
    return chunk
