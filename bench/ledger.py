"""Claiming and settling deliveries with four workers, beside bare prepared statements on the same tables."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from bench import ledger_pgbench
from bench.figures import Figure, beside, no_less, told
from tests.services import postgres

QUEUED = 40_000
HISTORY = (10_000, 1_000_000)
# Of what bare statements reach in the same run.
SHARE = 0.5
# A second, on PostgreSQL with four workers (issue 5).
WANTED = {"one": 5_000, "many": 30_000}
WAYS = {"one": "settled one by one", "many": "settled by 64"}
# Of which the median counts: by 64 a round is over in a second.
ROUNDS = {"one": 1, "many": 3}


@dataclass(frozen=True, slots=True)
class Database:
    """A database of its own, with a folder for whoever works on it."""

    name: str
    url: str
    folder: str
    workers: int


def run() -> list[Figure]:
    """Both databases, with little and with much behind them."""
    with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder:
        server = postgres.start()
        try:
            figures = _grown(Database("PostgreSQL", server.url, folder, workers=4))
        finally:
            server.stop()
        # SQLite has one writer: more would only wait.
        return figures + _grown(Database("SQLite", f"sqlite:///{folder}/bench.sqlite3", folder, workers=1))


def _grown(database: Database) -> list[Figure]:
    """With each history, and what much costs beside little."""
    measured = {history: _measured(database, history) for history in HISTORY}
    figures = [figure for history, said in measured.items() for figure in _judged(database, history, said)]
    least, most = measured.values()
    name = f"{database.name}, {HISTORY[-1] // 1000}k behind"
    units = {**dict.fromkeys(WAYS, "/s"), "bytes_a_row": "bytes"}
    words = {**WAYS, "bytes_a_row": "a delivery with its indexes"}
    peer = f"with {HISTORY[0] // 1000}k"
    return figures + [
        beside(f"{name}: {words[key]}", most[key], unit, peer, least[key]) for key, unit in units.items()
    ]


def _measured(database: Database, history: int) -> dict[str, float]:
    """Deliveries a second by way of working, and what the tables came to."""
    _ask(database, "fill", history, QUEUED)
    said: dict[str, float] = {}
    for way in WAYS:
        ours = _worked(database, history, way, ROUNDS[way])
        # Of tables that were worked off once: each time more leaves room in their indexes.
        said = {"rows": ours["rows"], "bytes_a_row": ours["bytes_a_row"]} | said | {way: ours["rate"]}
        said[f"raw-{way}"] = _worked(database, history, f"raw-{way}", ROUNDS[way])["rate"]
        if database.name == "PostgreSQL":
            said[f"pgbench-{way}"] = _by_pgbench(database, history, way)
    return said


def _by_pgbench(database: Database, history: int, way: str) -> float:
    _ask(database, "queue", history, QUEUED)
    return ledger_pgbench.rate(database.url, way, database.folder, history + 1, QUEUED, database.workers)


def _worked(database: Database, history: int, way: str, rounds: int) -> dict[str, float]:
    """What the workers did; `rate` is that of all together, from the first start to the last end."""
    said = _ask(database, way, history, QUEUED, database.workers, rounds)
    if (said["done"], said["sent"]) != (QUEUED, history + QUEUED):
        raise RuntimeError(f"{way}: {said['sent'] - history:g} of {QUEUED} deliveries are settled")
    return said | {"rate": said["done"] / said["seconds"]}


def _judged(database: Database, history: int, said: dict[str, float]) -> list[Figure]:
    name = f"{database.name}, {database.workers} workers, {history // 1000}k behind"
    figures = []
    for way, words in WAYS.items():
        title, rate = f"{name}: {words}", said[way]
        figures.append(no_less(SHARE, title, rate, "/s", "bare statements", said[f"raw-{way}"]))
        if f"pgbench-{way}" in said:
            figures.append(no_less(1, title, rate, "/s", "wanted", WANTED[way]))
            figures.append(told(f"{title}, by pgbench", said[f"pgbench-{way}"], "/s"))
    figures.append(told(f"{name}: deliveries", said["rows"], "rows"))
    figures.append(told(f"{name}: a delivery with its indexes", said["bytes_a_row"], "bytes"))
    return figures


def _ask(database: Database, *words: str | int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.ledger_ours", *map(str, words)]
    environment = {**os.environ, "DATABASE_URL": database.url, "KUAIXUN_VAR": database.folder}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"ledger_ours {words}:\n{done.stderr}")
    return dict(json.loads(done.stdout))
