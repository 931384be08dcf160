"""Matching a notice to filters on SQLite and PostgreSQL, beside stored tsqueries and two GIN arrays.

The peers stand in the same PostgreSQL, over the same filters; every answer is compared (facts/matching.md C).
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.figures import Figure, at_least, at_most, told
from tests.services import postgres

SIZES = (10_000, 100_000)
GOALS_AT = 100_000
MILLION = 1_000_000


def run() -> list[Figure]:
    """Both databases at each size; KUAIXUN_BENCH_MILLION=1 adds a million filters.

    Those took 20 minutes on PostgreSQL alone, on two cores that others used too.
    """
    million = (MILLION,) if os.environ.get("KUAIXUN_BENCH_MILLION") else ()
    found = {size: _on_both("bench.match_ours", str(size)) for size in SIZES + million}
    figures = [figure for size, both in found.items() for figure in _figures(size, *both)]
    figures += _growth("SQLite", {size: both[0] for size, both in found.items()})
    figures += _growth("PostgreSQL", {size: both[1] for size, both in found.items()})
    sqlite, large = _on_both("bench.match_pairs", together=True)
    return [*figures, _agreed("SQLite", sqlite), _agreed("PostgreSQL", large)]


def _on_both(
    module: str, *arguments: str, together: bool = False
) -> tuple[dict[str, float], dict[str, float]]:
    """What it finds on SQLite and on PostgreSQL, each empty; together where nothing is timed."""
    with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder:
        server = postgres.start()
        try:
            with ThreadPoolExecutor(2 if together else 1) as runs:
                sqlite, large = runs.map(
                    lambda name, url: _measured(module, arguments, Path(folder) / name, url),
                    ("sqlite", "postgresql"), (f"sqlite:///{folder}/bench.sqlite3", server.url),
                )  # fmt: skip
            return sqlite, large
        finally:
            server.stop()


def _measured(module: str, arguments: Sequence[str], folder: Path, url: str) -> dict[str, float]:
    folder.mkdir()
    environment = {**os.environ, "DATABASE_URL": url, "KUAIXUN_VAR": str(folder)}
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} on {url}:\n{done.stderr}")
    return dict(json.loads(done.stdout))


def _figures(size: int, sqlite: dict[str, float], large: dict[str, float]) -> list[Figure]:
    name = f"{size // 1000}k filters"
    figures = [*_peers(size, name, large), *_own("SQLite", name, sqlite), *_own("PostgreSQL", name, large)]
    if size == GOALS_AT:
        figures += [
            _recording(20, "SQLite", name, sqlite), _recording(3, "PostgreSQL", name, large),
            _after_edits("SQLite", name, sqlite), _after_edits("PostgreSQL", name, large),
        ]  # fmt: skip
    return figures


def _after_edits(database: str, name: str, found: dict[str, float]) -> Figure:
    title = f"{database}, {name}, after 20,000 edits"
    return at_most(2, title, found["after_edits"], "ms", "before", found["before_edits"])


def _peers(size: int, name: str, large: dict[str, float]) -> list[Figure]:
    title = f"PostgreSQL, {name}: a notice"
    if size == MILLION:
        return [at_most(0.5, title, large["ours"], "ms", "stored tsquery", large["tsquery"])]
    if size == GOALS_AT:
        return [
            at_least(5, title, large["ours"], "ms", "stored tsquery", large["tsquery"]),
            at_least(2, title, large["ours"], "ms", "two GIN arrays", large["gin"]),
        ]
    return [told(f"PostgreSQL, {name}: {peer}", large[peer], "ms") for peer in ("tsquery", "gin")]


def _recording(times: float, database: str, name: str, found: dict[str, float]) -> Figure:
    title = f"{database}, {name}: match and record {found['recorded']:.0f} rows"
    return at_least(times, title, found["record_s"], "s", "bulk_create", found["bulk_create_s"])


def _own(database: str, name: str, found: dict[str, float]) -> list[Figure]:
    return [
        told(f"{database}, {name}: a notice", found["ours"], "ms"),
        told(f"{database}, {name}: matches a notice", found["matches"], "rows"),
        told(f"{database}, {name}: pairs a filter, bytes a pair {found['bytes_a_pair']:.0f}",
             found["pairs"] / int(name.split("k", maxsplit=1)[0]) / 1000, "rows"),
        told(f"{database}, {name}: recorded", found["recorded"] / found["record_s"], "rows/s"),
        told(f"{database}, {name}: recorded and filed",
             found["recorded"] / (found["record_s"] + found["filed_s"]), "rows/s"),
        told(f"{database}, {name}: a match", found["bytes_a_match"], "bytes"),
    ]  # fmt: skip


def _growth(database: str, found: dict[int, dict[str, float]]) -> list[Figure]:
    """How many times as much the largest number of filters takes as the smallest."""
    least, most = min(found), max(found)
    title = f"{database}, from {least // 1000}k to {most // 1000}k filters"
    grown = {"ours": "time a notice", "matches": "matches a notice", "bytes_a_pair": "bytes a pair",
             "bytes_a_match": "bytes a match"}  # fmt: skip
    return [
        told(f"{title}: {says}", found[most][name] / found[least][name], "times")
        for name, says in grown.items()
    ]


def _agreed(database: str, found: dict[str, float]) -> Figure:
    title = (
        f"{database}: pairs on which brute force disagrees, {found['met']:.0f} of {found['pairs']:.0f} meet"
    )
    return at_most(0, title, found["differences"], "pairs", "in all", found["pairs"])
