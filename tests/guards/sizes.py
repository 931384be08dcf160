"""A function fits on a screen and a module in a head: never over 45 lines, never over 350."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.guards.house import ROOT, python_files

FUNCTION = 45
MODULE = 350


def too_long(path: Path, source: str) -> Iterator[str]:
    """`path:line: …` for the module and each function beyond the house's limits."""
    lines = source.count("\n")
    if lines > MODULE:
        yield f"{path}:1: {lines} lines, a module has at most {MODULE}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {length} lines, a function at most {FUNCTION}"


def in_house() -> list[str]:
    """Everything that is too long."""
    return [
        line for path in python_files() for line in too_long(path, (ROOT / path).read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    found = in_house()
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
