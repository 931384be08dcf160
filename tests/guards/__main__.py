"""`make check`: all that can be known without running a test. Every check runs, then the verdict."""

import subprocess
import sys
import tempfile
import time
from os import environ
from pathlib import Path

from tests.guards.house import ROOT

BIN = Path(sys.executable).parent
PYTHON = sys.executable

CHECKS: dict[str, tuple[str, ...]] = {
    "format": (f"{BIN}/ruff", "format", "--check", "--quiet", "."),
    "lint": (f"{BIN}/ruff", "check", "--quiet", "."),
    "two clocks": (PYTHON, "-m", "tests.guards.two_clocks"),
    "sizes": (PYTHON, "-m", "tests.guards.sizes"),
    "types": (f"{BIN}/mypy", "--no-error-summary"),
    "imports": (f"{BIN}/lint-imports", "--no-logo"),
    "template lint": (f"{BIN}/djlint", "--lint", "--quiet", "templates"),
    "templates compile": (PYTHON, "-m", "tests.guards.templates"),
    "chinese punctuation": (PYTHON, "-m", "tests.guards.chinese_punctuation"),
    "system checks": (PYTHON, "manage.py", "check", "--fail-level", "WARNING"),
    "migrations": (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"),
}


def passes(name: str, command: tuple[str, ...], var: str) -> bool:
    """Runs one check and prints its line; what it said only when it failed."""
    began = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**environ, "KUAIXUN_VAR": var},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = result.returncode == 0
    print(f"{'ok    ' if good else 'FAILED'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if not good:
        print(result.stdout, flush=True)
    return good


def main() -> int:
    """Exit code 1 when any check failed."""
    with tempfile.TemporaryDirectory(prefix="kuaixun-check-") as var:
        failed = [name for name, command in CHECKS.items() if not passes(name, command, var)]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
