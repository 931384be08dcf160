"""Previews over 90 days and 100,000 notices, on SQLite and PostgreSQL, beside one joining statement.

The limits are the issue's: 50 ms with topics that are known, 0.5 s with a word that nobody asked for before.
How many of the 90 days a new word was looked for in stands in its line.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figures import Figure, at_least, at_most, told
from tests.services import postgres

NOTICES = 100_000
KNOWN_LIMIT_MS = 50.0
NEW_LIMIT_MS = 500.0
NEW = {
    "new": "a new word",
    "new in a province": "a province and a new word",
    "new against": "a common topic without a new word",
}


def run() -> list[Figure]:
    """Both databases, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="kuaixun-bench-") as folder:
        figures = _figures("SQLite", _measured(Path(folder), f"sqlite:///{folder}/bench.sqlite3"))
        server = postgres.start()
        try:
            return figures + _figures("PostgreSQL", _measured(Path(folder), server.url))
        finally:
            server.stop()


def _measured(folder: Path, url: str) -> dict[str, float]:
    environment = {**os.environ, "DATABASE_URL": url, "KUAIXUN_VAR": str(folder)}
    command = [sys.executable, "-m", "bench.preview_ours", str(NOTICES)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"preview_ours on {url}:\n{done.stderr}")
    return dict(json.loads(done.stdout))


def _figures(database: str, found: dict[str, float]) -> list[Figure]:
    asked = sorted(name.removesuffix("_ms") for name in found if name.endswith("_ms") and "new" not in name)
    title = f"{database}, 100k notices"
    return [
        *(
            at_most(1, f"{title}: {name}, {found[name + '_count']:.0f} found", found[f"{name}_ms"],
                    "ms", "limit", KNOWN_LIMIT_MS)
            for name in asked if not name.startswith("join ")
        ),
        *(
            at_least(1, f"{title}: {name} beside one join", found[f"{name}_ms"], "ms", "join",
                     found[f"join {name}_ms"])
            for name in asked if f"join {name}_ms" in found
        ),
        *(
            at_most(1, f"{title}: {says}, {found[name + '_count']:.0f} in {found[name + '_days']:.0f} days",
                    found[f"{name}_ms"], "ms", "limit", NEW_LIMIT_MS)
            for name, says in NEW.items()
        ),
        told(f"{title}: {found['files']:.0f} files of words written", found["files_s"], "s"),
        told(f"{title}: a recent notice", found["bytes_a_row"], "bytes"),
    ]  # fmt: skip
