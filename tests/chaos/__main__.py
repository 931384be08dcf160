"""`make chaos`: every fault in turn, a line each; var/chaos.json; exit code 1 where the promise is broken.

`make chaos ARGS="--recipients 1000 --only settle"` for a smaller crowd, or some of the faults.
"""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.chaos.faults import FAULTS
from tests.services import postgres, redis

RECIPIENTS = 10_000
# A run mostly waits: for leases, rests and the beat. More at once would only be slowed down by one another.
JOBS = 3
REPORT = Path(os.environ.get("KUAIXUN_VAR", "var")) / "chaos.json"


def main() -> int:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--recipients", type=int, default=RECIPIENTS)
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=JOBS)
    options = parser.parse_args()
    postgres.binaries()
    redis.binary()
    chosen = [
        number for number, fault in enumerate(FAULTS) if options.only in f"{fault.name} ({fault.database})"
    ]
    runs = []
    with ThreadPoolExecutor(options.jobs) as pool:
        for run in pool.map(lambda number: _run(number, options.recipients), chosen):
            runs.append(run)
            print(_line(run), flush=True)
    total = {name: sum(run[name] for run in runs) for name in ("lost", "repeated")}
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps({"runs": runs, **total}, ensure_ascii=False, indent=1), encoding="utf-8")
    broken = [run["fault"] for run in runs if run["wrong"]]
    print(f"{len(runs)} faults, lost {total['lost']}, repeated {total['repeated']}, broken {len(broken)}")
    return 1 if broken or not runs else 0


def _run(number: int, recipients: int) -> dict[str, Any]:
    """In a process of its own: Django knows one database, and a fault may take anything with it."""
    fault = FAULTS[number]
    command = [sys.executable, "-m", "tests.chaos.run", str(number), str(recipients)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        failed = {"expected": 0, "sent": 0, "lost": 0, "repeated": 0, "healed_s": 0.0}
        return {"fault": f"{fault.name} ({fault.database})", **failed, "wrong": [done.stderr[-4000:]]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _line(run: dict[str, Any]) -> str:
    said = "ok    " if not run["wrong"] else "BROKEN"
    counts = "expected {expected}, sent {sent}, lost {lost}, repeated {repeated}, healed {healed_s} s".format(
        **run
    )
    return "\n".join([f"{said} {run['fault']}: {counts}", *(f"       {line}" for line in run["wrong"])])


if __name__ == "__main__":
    sys.exit(main())
