"""Claiming and settling deliveries with four workers, beside bare prepared statements on the same tables."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from bench import ledger_pgbench
from bench.figures import Figure, no_less, told
from tests.services import postgres

WORKERS = 4
QUEUED = 40_000
HISTORY = (10_000, 1_000_000)
# Of what bare statements reach in the same run.
SHARE = 0.5
# A second, on PostgreSQL with four workers (issue 5).
WANTED = {"one": 5_000, "many": 30_000}
WAYS = {"one": "settled one by one", "many": "settled by 64"}


def run() -> list[Figure]:
    """Both databases, with little and with much behind them."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder:
        server = postgres.start()
        try:
            for history in HISTORY:
                figures += _measured("PostgreSQL", server.url, folder, history, WORKERS)
        finally:
            server.stop()
        # SQLite has one writer: more would only wait.
        for history in HISTORY:
            figures += _measured("SQLite", f"sqlite:///{folder}/bench.sqlite3", folder, history, 1)
    return figures


def _measured(database: str, url: str, folder: str, history: int, workers: int) -> list[Figure]:
    environment = {**os.environ, "DATABASE_URL": url, "KUAIXUN_VAR": folder}
    figures, name = [], f"{database}, {workers} workers, {history // 1000}k behind"
    for way, words in WAYS.items():
        rates = {}
        for asked in (f"raw-{way}", way):
            _ask(environment, "fill", str(history), str(QUEUED))
            rates[asked] = _rate(environment, asked, workers)
        title = f"{name}: {words}"
        figures.append(no_less(SHARE, title, rates[way], "/s", "bare statements", rates[f"raw-{way}"]))
        if database == "PostgreSQL":
            figures.append(no_less(1, title, rates[way], "/s", "wanted", WANTED[way]))
            _ask(environment, "fill", str(history), str(QUEUED))
            limit = ledger_pgbench.rate(url, way, folder, history + 1, QUEUED, workers)
            figures.append(told(f"{name}: {words}, by pgbench", limit, "/s"))
    size = _ask(environment, "size")
    figures.append(told(f"{name}: a delivery with its indexes", size["bytes_a_row"], "bytes"))
    return figures


def _ask(environment: Mapping[str, str], *words: str) -> dict[str, float]:
    done = _start(environment, *words)
    said, trouble = done.communicate()
    if done.returncode:
        raise RuntimeError(f"ledger_ours {words}:\n{trouble}")
    return dict(json.loads(said))


def _start(environment: Mapping[str, str], *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "bench.ledger_ours", *words]
    return subprocess.Popen(
        command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _rate(environment: Mapping[str, str], way: str, workers: int) -> float:
    """Deliveries a second of all workers together, from the first one's start to the last one's end."""
    start = time.clock_gettime(time.CLOCK_REALTIME) + 2.0
    running = [_start({**environment, "BENCH_START": str(start)}, way) for _ in range(workers)]
    said = []
    for process in running:
        answer, trouble = process.communicate()
        if process.returncode:
            raise RuntimeError(f"ledger_ours {way}:\n{trouble}")
        said.append(json.loads(answer))
    done = sum(each["done"] for each in said)
    if done != QUEUED:
        raise RuntimeError(f"{way}: {done} of {QUEUED} deliveries were settled")
    return float(done / (max(each["to"] for each in said) - min(each["from"] for each in said)))
