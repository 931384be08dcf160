"""Proving many sources side by side, a site at a time, so that a stop in between loses one look at most."""

import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime
from queue import SimpleQueue

from django.db import connection

from notices.intake.hosts import host_of, registered_host
from notices.intake.proving import NotPassed, Passed, look, settle
from notices.models import Found, Proving, Source

AT_ONCE = 12  # sites; each waits on its own server
Seen = tuple[Proving, Passed | NotPassed]


def waiting(found: Found) -> list[Proving]:
    """The shipped sources in this state, in the order of their names."""
    return list(Proving.objects.filter(found=found).select_related("source"))


def begin_again(*, failed_only: bool) -> int:
    """Forget what was found, so that all (or what failed) is tried anew; how many will be."""
    rows = Proving.objects.filter(found=Found.FAILED) if failed_only else Proving.objects.all()
    return rows.update(found=Found.UNTRIED, lines=[], why="")


def prove(rows: Sequence[Proving], now: datetime, *, switch_on: bool) -> Iterator[Proving]:
    """Look at each once and record it as it comes; sites side by side, the lists of one site in turn."""
    done: SimpleQueue[Seen] = SimpleQueue()
    stopped = threading.Event()
    with ThreadPoolExecutor(AT_ONCE) as pool, _set_at_the_end(stopped):
        running = {pool.submit(_visit, site, now, done, stopped) for site in _by_site(rows)}
        while running:
            ended, running = wait(running, timeout=0.2, return_when=FIRST_COMPLETED)
            yield from _settled(done, now, switch_on=switch_on)
            for future in ended:
                future.result()  # a fault of ours ends the run; what was recorded stays


@contextmanager
def _set_at_the_end(stopped: threading.Event) -> Iterator[None]:
    """However the block is left: the threads then finish the look that they are at, and no other."""
    try:
        yield
    finally:
        stopped.set()


def _by_site(rows: Sequence[Proving]) -> list[list[Proving]]:
    sites: dict[str, list[Proving]] = defaultdict(list)
    for row in rows:
        sites[registered_host(host_of(row.source.url))].append(row)
    return sorted(sites.values(), key=len, reverse=True)


def _visit(
    site: Sequence[Proving], now: datetime, done: "SimpleQueue[Seen]", stopped: threading.Event
) -> None:
    try:
        for row in site:
            if stopped.is_set():
                return
            done.put((row, look(_copy(row.source), now)))
    finally:
        connection.close()  # this thread's own


def _copy(source: Source) -> Source:
    return Source(pk=source.pk, url=source.url, family=source.family, recipe=source.recipe)


def _settled(done: "SimpleQueue[Seen]", now: datetime, *, switch_on: bool) -> Iterator[Proving]:
    while not done.empty():
        row, seen = done.get()
        yield settle(row, seen, now, switch_on=switch_on)
