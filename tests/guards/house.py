"""Which files are ours."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("alerts", "bench", "config", "demo", "notices", "pages", "subscribers", "tasks", "tests")


def python_files() -> Iterator[Path]:
    """Every module that we write, migrations left out; paths from the repository's root."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT)
    yield from (path.relative_to(ROOT) for path in sorted(ROOT.glob("*.py")))


def template_files() -> Iterator[Path]:
    """Every template; paths from the repository's root."""
    folders = [ROOT / "templates", *(ROOT / room for room in ROOMS)]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".html", ".txt", ".xml"} and "templates" in path.parts:
                yield path.relative_to(ROOT)
