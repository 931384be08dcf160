"""Claiming and settling in processes of their own: `python -m bench.ledger_ours WAY NUMBER…` prints JSON.

`fill HISTORY PEOPLE` fills the tables, and `queue HISTORY QUEUED` puts behind them what waits. The ways of
work are for `HISTORY QUEUED WORKERS ROUNDS`, and each round begins with queueing: `one` and `many` are the
product's ledger, settling one by one, as a sender does, and by 64; `raw-one` and `raw-many` say the least
that a database must be told, by hand.
"""

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

Work = Callable[[str], int]
PATIENCE = 60.0


def main(way: str, *numbers: str) -> dict[str, float]:
    """Does it, on the database that DATABASE_URL names; what was done, how fast, and what it left behind."""
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    django.setup()
    from bench import ledger_tables  # noqa: PLC0415 - Django must be set up first

    if way == "fill":
        return ledger_tables.fill(*map(int, numbers))
    if way == "queue":
        return ledger_tables.queue(*map(int, numbers))
    work = {"one": _ours_one, "many": _ours_many, "raw-one": _raw_one, "raw-many": _raw_many}[way]()
    return _median(work, *map(int, numbers))


def _median(work: Work, history: int, queued: int, workers: int, rounds: int) -> dict[str, float]:
    """The round whose time is the median."""
    from bench import ledger_tables  # noqa: PLC0415

    said = []
    for _ in range(rounds):
        ledger_tables.queue(history, queued)
        said.append(_at_once(work, workers) | ledger_tables.size())
    return sorted(said, key=lambda each: each["seconds"])[rounds // 2]


def _at_once(work: Work, workers: int) -> dict[str, float]:
    """So many forks of this process, which has imported all, connect and start together."""
    from django.db import connection  # noqa: PLC0415

    connection.close()  # a fork must not share it
    fork = multiprocessing.get_context("fork")
    ready, said = fork.Barrier(workers), fork.SimpleQueue()

    def worker() -> None:
        connection.ensure_connection()
        ready.wait(PATIENCE)
        begun, before = time.monotonic(), time.process_time()
        done = work(f"bench:{os.getpid()}")
        said.put((done, begun, time.monotonic(), time.process_time() - before))

    running = [fork.Process(target=worker) for _ in range(workers)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    if any(process.exitcode for process in running):
        raise RuntimeError("a worker failed")
    done, begun, ended, busy = zip(*(said.get() for _ in running), strict=True)
    return {"done": sum(done), "seconds": max(ended) - min(begun), "busy": sum(busy)}


def _ours_one() -> Work:
    from alerts.delivering import Desk, claim  # noqa: PLC0415
    from alerts.outcomes import Sent  # noqa: PLC0415
    from bench.filter_tables import MORNING  # noqa: PLC0415
    from subscribers.models import Channel  # noqa: PLC0415

    def work(owner: str) -> int:
        done = 0
        while (batch := claim(Channel.EMAIL, owner, None))[0]:
            desk = Desk(batch[0], owner, Channel.EMAIL, MORNING, batch[1])
            for pk in desk.ids:
                desk.settle(pk, Sent(*_answer(pk)))
            done += len(desk.ids)
        return done

    return work


def _ours_many() -> Work:
    from alerts.delivering import claim  # noqa: PLC0415
    from alerts.ledger import settle_sent  # noqa: PLC0415
    from alerts.outcomes import Sent  # noqa: PLC0415
    from bench.filter_tables import MORNING  # noqa: PLC0415
    from subscribers.models import Channel  # noqa: PLC0415

    def work(owner: str) -> int:
        done = 0
        while ids := claim(Channel.EMAIL, owner, None)[0]:
            done += settle_sent({pk: Sent(*_answer(pk)) for pk in ids}, owner, MORNING)
        return done

    return work


def _answer(pk: int) -> tuple[str, str]:
    """As a mail server answers: with a name for each."""
    return f"4b{pk}", f"250 2.0.0 OK queued as 4b{pk}"


_RAW_CLAIM = """
UPDATE alerts_delivery SET state = 'claimed', lease_owner = %s, lease_until = 61, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM alerts_delivery WHERE channel = 'email' AND settled_at IS NULL AND state = 'queued'
    ORDER BY priority, id LIMIT 64 {lock}
) RETURNING id
"""
_RAW_SENT = """
UPDATE alerts_delivery SET state = 'sent', settled_at = '2026-11-23 09:00:00', provider_id = '4bX1',
    outcome = '250 2.0.0 OK queued as 4bX1' WHERE {which} AND state = 'claimed' AND lease_owner = %s
"""


def _raw_one() -> Work:
    def work(owner: str) -> int:
        ask, lock, _ = _bare()
        done, sent = 0, _RAW_SENT.format(which="id = %s")
        while ids := _raw_claim(ask, lock, owner):
            for pk in ids:
                ask(sent, [pk, owner])
            done += len(ids)
        return done

    return work


def _raw_many() -> Work:
    def work(owner: str) -> int:
        ask, lock, ids_of = _bare()
        done = 0
        while ids := _raw_claim(ask, lock, owner):
            which, value = ids_of(ids)
            ask(_RAW_SENT.format(which=which), [value, owner])
            done += len(ids)
        return done

    return work


def _raw_claim(ask: Callable[..., Any], lock: str, owner: str) -> list[int]:
    return sorted(row[0] for row in ask(_RAW_CLAIM.format(lock=lock), [owner]).fetchall())


def _bare() -> tuple[Callable[..., Any], str, Callable[[list[int]], tuple[str, Any]]]:
    """The driver's own cursor, with prepared statements where there are any; how to lock and to list ids."""
    from django.db import connection  # noqa: PLC0415

    connection.ensure_connection()
    if connection.vendor == "postgresql":
        from psycopg import Cursor  # noqa: PLC0415

        ask = partial(Cursor(connection.connection).execute, prepare=True)
        return ask, "FOR UPDATE SKIP LOCKED", lambda ids: ("id = ANY(%s)", ids)
    plain = connection.cursor().execute
    return plain, "", lambda ids: ("id IN (SELECT value FROM json_each(%s))", json.dumps(ids))


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
