"""Composing a weekly digest of 45 notices each with its told rows, beside the same through the ORM.

The ORM composes for some of the people, and its time is scaled to all: 100,000 would take it ten minutes
each.
"""

import json
import os
import subprocess
import sys
import tempfile

from bench.compose_ours import BY_ORM
from bench.figures import Figure, at_least, at_most, told
from tests.services import postgres

SIZES = (10_000, 100_000)
LONGEST = 2.0
PEER = f"ORM, {BY_ORM} people, scaled"
TABLES = {"alerts_delivery": "deliveries", "alerts_deliveryitem": "items", "alerts_told": "told rows"}


def run() -> list[Figure]:
    """Both databases at each size."""
    found: dict[str, list[dict[str, float]]] = {"SQLite": [], "PostgreSQL": []}
    figures: list[Figure] = []
    for people in SIZES:
        with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder:
            found["SQLite"].append(_measured(f"sqlite:///{folder}/b.sqlite3", folder, people))
            server = postgres.start()
            try:
                found["PostgreSQL"].append(_measured(server.url, folder, people))
            finally:
                server.stop()
        for database, sizes in found.items():
            figures += _figures(database, people, sizes[-1])
    return figures + [_growth(database, *sizes) for database, sizes in found.items()]


def _measured(url: str, folder: str, people: int) -> dict[str, float]:
    environment = {**os.environ, "DATABASE_URL": url, "KUAIXUN_VAR": folder}
    command = [sys.executable, "-m", "bench.compose_ours", str(people)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"compose_ours {people} on {url}:\n{done.stderr}")
    return dict(json.loads(done.stdout))


def _figures(database: str, people: int, found: dict[str, float]) -> list[Figure]:
    name = f"{database}, {people // 1000}k people"
    if found["deliveries"] != people:
        raise RuntimeError(f"{name}: {found['deliveries']} digests")
    sizes = [
        told(f"{name}: {found[f'{table}_rows']:.0f} {words}, each", found[f"{table}_bytes"], "bytes")
        for table, words in TABLES.items()
    ]
    return [
        at_least(5, f"{name}: composed", found["ours_s"], "s", PEER, found["orm_s"]),
        at_most(1, f"{name}: longest transaction", found["longest_s"], "s", "limit", LONGEST),
        *sizes,
    ]


def _growth(database: str, few: dict[str, float], many: dict[str, float]) -> Figure:
    times = many["ours_s"] / few["ours_s"]
    return told(f"{database}: {SIZES[1] // SIZES[0]} times the people take", times, "times as long")
