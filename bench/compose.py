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
WEEKS = 26
MOST_GROWTH = 1.5  # of a week with half a year behind it; the rows' own indexes grow by a level
LONGEST = 2.0
PEER = f"ORM, {BY_ORM} people, scaled"
TABLES = {"alerts_delivery": "deliveries", "alerts_deliveryitem": "items", "alerts_told": "told rows"}


def run() -> list[Figure]:
    """Both databases at each size."""
    found: dict[str, list[dict[str, float]]] = {"SQLite": [], "PostgreSQL": []}
    figures: list[Figure] = []
    for people in SIZES:
        with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder:
            found["SQLite"].append(_measured(f"sqlite:///{folder}/b.sqlite3", folder, "compose_ours", people))
            server = postgres.start()
            try:
                found["PostgreSQL"].append(_measured(server.url, folder, "compose_ours", people))
            finally:
                server.stop()
        for database, sizes in found.items():
            figures += _figures(database, people, sizes[-1])
    return [*figures, *(_growth(database, *sizes) for database, sizes in found.items()), *_with_a_past()]


def _with_a_past() -> list[Figure]:
    """What a week costs with half a year behind it, beside the first ones; and without looks."""
    with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder:
        on_sqlite = _measured(f"sqlite:///{folder}/b.sqlite3", folder, "compose_history", WEEKS)
        server = postgres.start()
        try:
            on_postgres = _measured(server.url, folder, "compose_history", WEEKS)
        finally:
            server.stop()
    return [*_past_of("SQLite", on_sqlite), *_past_of("PostgreSQL", on_postgres)]


def _past_of(database: str, found: dict[str, float]) -> list[Figure]:
    week = f"{database}, week {WEEKS}"
    return [
        at_most(MOST_GROWTH, f"{week}: composed", found["last_s"], "s", "week 2", found["first_s"]),
        told(f"{week}: composed without looks", found["without_s"], "s"),
    ]


def _measured(url: str, folder: str, module: str, size: int) -> dict[str, float]:
    environment = {**os.environ, "DATABASE_URL": url, "KUAIXUN_VAR": folder}
    command = [sys.executable, "-m", f"bench.{module}", str(size)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{module} {size} on {url}:\n{done.stderr}")
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
