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
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from alerts.outcomes import Sent

Work = Callable[[str], int]
Answers = dict[int, "Sent"]
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
    history, queued, workers, rounds = map(int, numbers)
    ours = {"one": _ours_one, "many": _ours_many}
    bare = {"raw-one": _raw_one, "raw-many": _raw_many}
    work = ours[way](_answers(history, queued)) if way in ours else bare[way]()
    return _median(work, history, queued, workers, rounds)


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


def _answers(history: int, queued: int) -> Answers:
    """As a mail server answers, with a name for each; made beforehand, as answering is not the ledger's."""
    from alerts.outcomes import Sent  # noqa: PLC0415 - after django.setup()

    ids = range(history + 1, history + queued + 1)
    return {pk: Sent(f"4b{pk}", f"250 2.0.0 OK queued as 4b{pk}") for pk in ids}


def _ours_one(answers: Answers) -> Work:
    from alerts.delivering import Desk, claim  # noqa: PLC0415 - after django.setup()
    from bench.filter_tables import MORNING  # noqa: PLC0415
    from subscribers.models import Channel  # noqa: PLC0415

    def work(owner: str) -> int:
        done = 0
        while (batch := claim(Channel.EMAIL, owner, None))[0]:
            desk = Desk(batch[0], owner, Channel.EMAIL, MORNING, batch[1])
            for pk in desk.ids:
                desk.settle(pk, answers[pk])
            done += len(desk.ids)
        return done

    return work


def _ours_many(answers: Answers) -> Work:
    from alerts.delivering import claim  # noqa: PLC0415
    from alerts.ledger import settle_sent  # noqa: PLC0415
    from bench.filter_tables import MORNING  # noqa: PLC0415
    from subscribers.models import Channel  # noqa: PLC0415

    def work(owner: str) -> int:
        done = 0
        while ids := claim(Channel.EMAIL, owner, None)[0]:
            done += settle_sent({pk: answers[pk] for pk in ids}, owner, MORNING)
        return done

    return work


_RAW_CLAIM = """
UPDATE alerts_outgoing SET state = 'claimed', lease_owner = %s, lease_until = 61, attempts = attempts + 1
WHERE {place} IN (
    SELECT {place} FROM alerts_outgoing WHERE channel = 'email' AND state = 'queued'
    ORDER BY priority, delivery_id LIMIT 64 {lock}
) RETURNING delivery_id
"""
_RAW_SENT = """
UPDATE alerts_delivery SET state = 'sent', settled_at = '2026-11-23 09:00:00', provider_id = '4bX1',
    outcome = '250 2.0.0 OK queued as 4bX1' {which}
"""
_RAW_GONE = """
DELETE FROM alerts_outgoing WHERE delivery_id {which} AND state = 'claimed' AND lease_owner = %s
RETURNING delivery_id
"""


def _raw_one() -> Work:
    def work(owner: str) -> int:
        bare, done = _bare(), 0
        while ids := _raw_claim(bare, owner):
            for pk in ids:
                bare.settle("= %s", pk, owner)
            done += len(ids)
        return done

    return work


def _raw_many() -> Work:
    def work(owner: str) -> int:
        bare, done = _bare(), 0
        while ids := _raw_claim(bare, owner):
            bare.settle(bare.among, bare.listed(ids), owner)
            done += len(ids)
        return done

    return work


@dataclass(frozen=True, slots=True)
class Bare:
    """The driver's own cursor, and how this database is told: how to lock, to name a row, to list ids."""

    ask: Callable[..., Any]
    lock: str
    place: str
    among: str
    listed: Callable[[list[int]], Any]

    def settle(self, which: str, value: Any, owner: str) -> None:
        """Takes out what is settled and records it: in one statement, or else in one transaction."""
        gone = _RAW_GONE.format(which=which)
        if self.lock:
            sent = _RAW_SENT.format(which="FROM gone WHERE id = gone.delivery_id")
            self.ask(f"WITH gone AS ({gone}) {sent}", [value, owner])
            return
        self.ask("BEGIN IMMEDIATE")
        self.ask(gone, [value, owner]).fetchall()
        self.ask(_RAW_SENT.format(which=f"WHERE id {which}"), [value])
        self.ask("COMMIT")


def _raw_claim(bare: Bare, owner: str) -> list[int]:
    claim = _RAW_CLAIM.format(lock=bare.lock, place=bare.place)
    return sorted(row[0] for row in bare.ask(claim, [owner]).fetchall())


def _bare() -> Bare:
    """With prepared statements where there are any."""
    from django.db import connection  # noqa: PLC0415

    connection.ensure_connection()
    if connection.vendor == "postgresql":
        from psycopg import Cursor  # noqa: PLC0415

        ask = partial(Cursor(connection.connection).execute, prepare=True)
        return Bare(ask, "FOR UPDATE SKIP LOCKED", "ctid", "= ANY(%s)", lambda ids: ids)
    plain = connection.cursor().execute
    return Bare(plain, "", "rowid", "IN (SELECT value FROM json_each(%s))", json.dumps)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
