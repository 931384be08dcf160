"""`make chaos`: every fault in turn, a line each; var/chaos.json; exit code 1 where the promise is broken.

`make chaos ARGS="--recipients 1000 --only Redis"` for a smaller crowd, or some of the faults; `--one-by-one`
for each step at which a worker is killed in a run of its own.
"""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from tests.chaos.faults import FAULTS, ONE_BY_ONE, Fault
from tests.services import postgres, redis

RECIPIENTS = 10_000
# A run mostly waits: for leases, rests and the beat. By threes on two cores one healing took 122 s, alone 75.
JOBS = 2
REPORT = Path(os.environ.get("KUAIXUN_VAR", "var")) / "chaos.json"


def main() -> int:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--recipients", type=int, default=RECIPIENTS)
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=JOBS)
    parser.add_argument("--one-by-one", action="store_true")
    options = parser.parse_args()
    postgres.binaries()
    redis.binary()
    faults = ONE_BY_ONE if options.one_by_one else FAULTS
    chosen = [fault for fault in faults if options.only in fault.title]
    runs: list[dict[str, Any]] = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for done in as_completed([pool.submit(_run, fault, options.recipients) for fault in chosen]):
            runs.append(done.result())
            print(_line(runs[-1]), flush=True)
            _report(runs)
    broken = [run["fault"] for run in runs if run["wrong"]]
    lost, repeated = (sum(run[name] for run in runs) for name in ("lost", "repeated"))
    print(f"{len(runs)} faults, lost {lost}, repeated {repeated}, broken {len(broken)}")
    return 1 if broken or not runs else 0


def _report(runs: list[dict[str, Any]]) -> None:
    """After each run, so that what was found is there when the rest is broken off."""
    total = {name: sum(run[name] for run in runs) for name in ("lost", "repeated")}
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps({"runs": runs, **total}, ensure_ascii=False, indent=1), encoding="utf-8")


def _run(fault: Fault, recipients: int) -> dict[str, Any]:
    """In a process of its own: Django knows one database, and a fault may take anything with it."""
    command = [sys.executable, "-m", "tests.chaos.run", fault.title, str(recipients)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        failed = {"expected": 0, "sent": 0, "lost": 0, "repeated": 0, "healed_s": 0.0, "beyond_pace_s": 0.0}
        return {"fault": fault.title, **failed, "wrong": [done.stderr[-4000:]]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _line(run: dict[str, Any]) -> str:
    said = "ok    " if not run["wrong"] else "BROKEN"
    counted = "expected {expected}, sent {sent}, lost {lost}, repeated {repeated}".format(**run)
    timed = "healed {healed_s} s, of it {beyond_pace_s} s beyond its own pace".format(**run)
    return "\n".join(
        [f"{said} {run['fault']}: {counted}, {timed}", *(f"       {line}" for line in run["wrong"])]
    )


if __name__ == "__main__":
    sys.exit(main())
