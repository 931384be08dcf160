"""Claiming and settling deliveries with four workers, beside bare prepared statements on the same tables."""

import json
import os
import subprocess
import sys
import tempfile

from bench import ledger_pgbench
from bench.figures import Figure, beside, no_less, told
from bench.ledger_copies import Database, on_postgres, on_sqlite
from tests.services import postgres

QUEUED = 40_000
HISTORY = (10_000, 1_000_000)
# Of what bare statements reach in the same run.
SHARE = 0.5
# A second, on PostgreSQL with four workers (issue 5).
WANTED = {"one": 5_000, "many": 30_000}
WAYS = {"one": "settled one by one", "many": "settled by 64"}
# SQLite has one writer: more would only wait.
WORKERS = {"PostgreSQL": 4, "SQLite": 1}


def run() -> list[Figure]:
    """Both databases, with little and with much behind them."""
    with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder:
        server = postgres.start()
        try:
            figures = _grown(on_postgres(server.url), folder)
        finally:
            server.stop()
        return figures + _grown(on_sqlite(folder), folder)


def _grown(database: Database, folder: str) -> list[Figure]:
    """With each history, and what much costs beside little."""
    measured = {history: _measured(database, folder, history) for history in HISTORY}
    figures = [figure for history, said in measured.items() for figure in _judged(database, history, said)]
    least, most = measured.values()
    name = f"{database.name}, {HISTORY[-1] // 1000}k behind"
    units = {**dict.fromkeys(WAYS, "/s"), "bytes_a_row": "bytes"}
    words = {**WAYS, "bytes_a_row": "a delivery with its indexes"}
    peer = f"with {HISTORY[0] // 1000}k"
    return figures + [
        beside(f"{name}: {words[key]}", most[key], unit, peer, least[key]) for key, unit in units.items()
    ]


def _measured(database: Database, folder: str, history: int) -> dict[str, float]:
    """Deliveries a second by way of working, and what the tables came to."""
    _ask(database.filled, folder, "fill", history, QUEUED)
    said = {}
    for way in WAYS:
        said[f"raw-{way}"] = _worked(database, folder, history, f"raw-{way}")["rate"]
        if database.name == "PostgreSQL":
            database.renew()
            workers = WORKERS[database.name]
            limit = ledger_pgbench.rate(database.work, way, folder, history + 1, QUEUED, workers)
            said[f"pgbench-{way}"] = limit
        ours = _worked(database, folder, history, way)
        said |= {way: ours["rate"], "rows": ours["rows"], "bytes_a_row": ours["bytes_a_row"]}
    return said


def _worked(database: Database, folder: str, history: int, way: str) -> dict[str, float]:
    """What the workers did on a fresh copy; `rate` is all together, from the first start to the last end."""
    database.renew()
    said = _ask(database.work, folder, way, WORKERS[database.name])
    if (said["done"], said["sent"]) != (QUEUED, history + QUEUED):
        raise RuntimeError(f"{way}: {said['sent'] - history:g} of {QUEUED} deliveries are settled")
    return said | {"rate": said["done"] / said["seconds"]}


def _judged(database: Database, history: int, said: dict[str, float]) -> list[Figure]:
    name = f"{database.name}, {WORKERS[database.name]} workers, {history // 1000}k behind"
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


def _ask(url: str, folder: str, *words: str | int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.ledger_ours", *map(str, words)]
    environment = {**os.environ, "DATABASE_URL": url, "KUAIXUN_VAR": folder}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"ledger_ours {words}:\n{done.stderr}")
    return dict(json.loads(done.stdout))
