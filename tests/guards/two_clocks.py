"""Nobody asks what time it is but config/clock.py (DESIGN 6.5)."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.guards.house import ROOT, python_files

BUSINESS = "take `now` as a parameter; at a task's boundary, config.clock.business_now()"
MACHINE = "use config.clock.machine_now() for leases and pace, time.monotonic() to measure a wait"
ROW = "set the field from the caller's `now`"

INSTEAD = {
    "datetime.date.today": BUSINESS,
    "datetime.datetime.now": BUSINESS,
    "datetime.datetime.today": BUSINESS,
    "datetime.datetime.utcnow": BUSINESS,
    "django.db.models.functions.Now": BUSINESS,
    "django.utils.timezone.localdate": BUSINESS,
    "django.utils.timezone.now": BUSINESS,
    "time.time": MACHINE,
    "time.time_ns": MACHINE,
}
ROW_STAMPS = ("auto_now", "auto_now_add")
# The clock itself, and its tests.
EXEMPT = {Path("config/clock.py"), Path("tests/config/test_clock.py"), Path("tests/test_clock.py")}


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that looks at a clock, and what it should do instead."""

    path: Path
    line: int
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}: {self.instead}"


def findings(path: Path, source: str) -> list[Finding]:
    """Every look at a clock in a module's source."""
    tree = ast.parse(source)
    names = _imported(tree)
    looks = [*_clock_names(tree, names), *_row_stamps(tree)]
    return [Finding(path, line, what, instead) for line, what, instead in sorted(looks)]


def _imported(tree: ast.AST) -> dict[str, str]:
    """Local names with what they stand for: `{"dt": "datetime"}` after `import datetime as dt`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _clock_names(tree: ast.AST, names: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            full = _resolve(ast.unparse(node), names)
            if full in INSTEAD:
                yield node.lineno, full, INSTEAD[full]


def _resolve(written: str, names: dict[str, str]) -> str:
    """`dt.datetime.now` as `datetime.datetime.now`; the longest imported prefix counts."""
    parts = written.split(".")
    for length in range(len(parts), 0, -1):
        if full := names.get(".".join(parts[:length])):
            return ".".join([full, *parts[length:]])
    return ""


def _row_stamps(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ROW_STAMPS and _is_true(node.value):
            yield node.value.lineno, str(node.arg), ROW


def _is_true(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and value.value is False)


def in_house() -> list[Finding]:
    """Every look at a clock in our modules."""
    return [
        finding
        for path in python_files()
        if path not in EXEMPT
        for finding in findings(path, (ROOT / path).read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    found = in_house()
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
