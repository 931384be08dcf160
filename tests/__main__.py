"""`make test`: every test on SQLite and on PostgreSQL, with the two counts side by side.

`python -m tests ARGS` hands ARGS to pytest, on one database (SQLite, or KUAIXUN_TEST_DATABASE_URL).
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services import chromium, once, packages, postgres, redis, unpacker

Outcomes = dict[str, str]
# The only reason for which a test may be skipped (tests/services/shared.py says it).
ALLOWED_REASON = "KUAIXUN_SHARED"


@dataclass(frozen=True, slots=True)
class Run:
    """What became of every test id on one database."""

    name: str
    outcomes: Outcomes

    def line(self) -> str:
        """As in `SQLite: 812 passed, 0 failed, 3 skipped`."""
        return f"{self.name}: {counts(self.outcomes)}"


def counts(outcomes: Mapping[str, str]) -> str:
    """As in `812 passed, 0 failed`, and how many were skipped where any was."""
    tally = Counter(outcome.split(":")[0] for outcome in outcomes.values())
    skipped = f", {tally['skipped']} skipped" if tally["skipped"] else ""
    return f"{tally['passed']} passed, {tally['failed']} failed{skipped}"


def merged(one: Outcomes, other: Outcomes) -> Outcomes:
    """A test id's outcome over both databases: the worse of the two."""
    worse = {"passed": 0, "skipped": 1, "failed": 2}

    def rank(outcome: str) -> int:
        return worse[outcome.split(":", maxsplit=1)[0]]

    ids = {**one, **other}
    return {test: max(one.get(test, "failed"), other.get(test, "failed"), key=rank) for test in ids}


def troubles(sqlite: Run, other: Run) -> Iterator[str]:
    """Why the two runs together are not good; nothing when they are."""
    if not sqlite.outcomes:
        yield "no test ran"
    for test in sorted(sqlite.outcomes.keys() ^ other.outcomes.keys()):
        name = sqlite.name if test in sqlite.outcomes else other.name
        yield f"ran on {name} only: {test}"
    for run in (sqlite, other):
        for test, outcome in run.outcomes.items():
            if outcome == "failed" or (outcome.startswith("skipped") and ALLOWED_REASON not in outcome):
                yield f"{run.name}: {test}: {outcome}"


def have_programs_ready() -> None:
    """Installs what is missing before two runs ask for it at once."""
    postgres.binaries()
    redis.binary()
    chromium.executable()
    unpacker.library()


@contextmanager
def postgres_address() -> Iterator[str]:
    """KUAIXUN_TEST_DATABASE_URL, else a server of our own for as long as the block lasts.

    Tests take back what they write, so statistics that are gathered meanwhile say that all tables are empty:
    the statements of the next test are then planned for no rows, and take twenty times as long.
    """
    if given := os.environ.get("KUAIXUN_TEST_DATABASE_URL"):
        yield given
        return
    server = postgres.start("autovacuum=off")
    try:
        yield server.url
    finally:
        server.stop()


class Pytest:
    """One run of pytest in a process of its own, with its output in a file."""

    def __init__(self, name: str, folder: Path, database_url: str | None) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._tally = folder / f"{name}.json"
        environment = {**os.environ, "KUAIXUN_TEST_TALLY": str(self._tally), once.FOLDER: str(folder)}
        environment.pop("KUAIXUN_TEST_DATABASE_URL", None)
        if database_url:
            environment["KUAIXUN_TEST_DATABASE_URL"] = database_url
        # No cache: two runs at once would write over each other's.
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def finish(self) -> Run:
        """Waits, prints the output, and reads what became of each test."""
        code = self._process.wait()
        print(f"──── {self.name} ────\n{self.log.read_text(errors='replace')}", flush=True)
        outcomes = json.loads(self._tally.read_text()) if self._tally.exists() else {}
        if code not in {0, 1}:
            outcomes[f"pytest itself, exit code {code}"] = "failed"
        return Run(self.name, outcomes)


def run_both() -> tuple[Run, Run]:
    """Both runs side by side, one core each; one after the other where they share a given Redis."""
    with tempfile.TemporaryDirectory(prefix="kuaixun-both-") as folder, postgres_address() as address:
        first = Pytest("SQLite", Path(folder), None)
        if "KUAIXUN_TEST_REDIS_URL" in os.environ:
            return first.finish(), Pytest("PostgreSQL", Path(folder), address).finish()
        second = Pytest("PostgreSQL", Path(folder), address)
        return first.finish(), second.finish()


def main() -> int:
    """Exit code 0 when the same ids ran on both and none failed or was skipped without an allowed reason."""
    if sys.argv[1:]:
        return subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]], check=False).returncode
    try:
        have_programs_ready()
    except packages.NotHere as missing:
        print(missing, file=sys.stderr)
        return 2
    sqlite, other = run_both()
    wrong = list(troubles(sqlite, other))
    print(*wrong, sqlite.line(), other.line(), sep="\n")
    print(f"the same {len(sqlite.outcomes)} test ids on both" if not wrong else f"{len(wrong)} troubles")
    print(counts(merged(sqlite.outcomes, other.outcomes)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
