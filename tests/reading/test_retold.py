"""240 real notices retold with their labels (`retold/*.jsonl`, by the rules of the shared corpus).

What they showed has been mended, so they guard it and no longer measure how the reader does on new ones.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from notices.lexicon import regions
from notices.reading import read
from notices.reading.values import Reading

RETOLD = Path(__file__).parent / "retold"
LEVELS = ("province", "city", "county")
Told = list[tuple[dict[str, Any], Reading]]


@pytest.fixture(scope="module")
def told() -> Told:
    lines = [line for file in sorted(RETOLD.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return [(notice, _read(notice)) for notice in map(json.loads, lines)]


def _read(notice: dict[str, Any]) -> Reading:
    published = notice["published"]
    day = date.fromisoformat(published) if published else None
    return read(notice["title"], notice["text"], day, notice["url"])


def _main(reading: Reading) -> str | None:
    return reading.main_deadline.on.isoformat() if reading.main_deadline else None


def test_retold_main_deadlines_are_right(told: Told) -> None:
    wrong = [
        notice["id"]
        for notice, reading in told
        if _main(reading) not in (notice["main_deadline"], *(notice["main_alt"] or ()))
    ]
    assert wrong == []


def test_retold_deadlines_are_all_found(told: Told) -> None:
    missed = [
        (notice["id"], due["date"])
        for notice, reading in told
        for due in notice["deadlines"]
        if not due.get("optional")
        and not {due["date"], *(due.get("date_alt") or ())} & {d.on.isoformat() for d in reading.deadlines}
    ]
    assert len(missed) <= 1


def test_retold_places_are_right(told: Told) -> None:
    wrong = [notice["id"] for notice, reading in told if not _is_of(notice["region"], reading)]
    assert len(wrong) <= 1


def _is_of(region: dict[str, Any], reading: Reading) -> bool:
    chain = regions.chain(reading.regions[0])._asdict() if reading.regions else dict.fromkeys(LEVELS)
    right = all(chain[level] in (region[level], *region.get(f"{level}_alt", ())) for level in LEVELS[:2])
    return right and (chain["county"] == region["county"] or bool(region["zone"]))


def test_retold_kinds_are_right(told: Told) -> None:
    wrong = [notice["id"] for notice, reading in told if reading.kind.value.value != notice["kind"]]
    assert len(wrong) <= 1
