"""`make bench`, or `make bench ARGS=poll` for one; exit code 1 where a ratio misses its goal.

A benchmark is a module of this package with `run() -> list[Figure]`; the first line of its docstring
says what it is.
"""

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter

from bench.figures import Figure, missed, table

BENCHES = (
    "poll",
    "extract",
    "feeds_agree",
    "reading",
    "attachments",
    "match",
    "compose",
    "ledger",
    "preview",
)
REPORTS = Path(os.environ.get("KUAIXUN_VAR", "var")) / "bench"


def main(names: Sequence[str]) -> int:
    """Run the named benchmarks, or all, with the product's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"没有这样的测速：{'、'.join(unknown)}；有：{'、'.join(BENCHES)}", file=sys.stderr)
        return 2
    results = [bench(name) for name in names or BENCHES]
    return 1 if any(missed(figures) for figures in results) else 0


def bench(name: str) -> list[Figure]:
    """Run one benchmark, print its table and leave its report."""
    module = import_module(f"bench.{name}")
    print(f"\n== {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
    begun = perf_counter()
    figures: list[Figure] = module.run()
    load = os.getloadavg()[0]
    print(table(figures))
    print(f"{perf_counter() - begun:.0f} s, {os.cpu_count()} cores, load {load:.1f}")
    REPORTS.mkdir(parents=True, exist_ok=True)
    rows = [figure.row() for figure in figures]
    (REPORTS / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
