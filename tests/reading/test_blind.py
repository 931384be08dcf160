"""138 labelled notices of hard wordings, written without sight of the reader (`blind/*.jsonl`).

They have been worked on since, so they guard what was won and no longer measure how it does on new ones.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from notices.reading import read

BLIND = Path(__file__).parent / "blind"
NOTICES = [
    json.loads(line)
    for file in sorted(BLIND.glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


def main_of(notice: dict[str, Any]) -> str | None:
    published = notice["published"]
    reading = read(
        notice["title"], notice["text"], date.fromisoformat(published) if published else None, notice["url"]
    )
    return reading.main_deadline.on.isoformat() if reading.main_deadline else None


@pytest.fixture(scope="module")
def answers() -> list[tuple[str | None, str | None, bool]]:
    """(said, right, whether it is right) for each notice."""
    said = [(main_of(notice), notice) for notice in NOTICES]
    return [
        (main, notice["main_deadline"], main in (notice["main_deadline"], *(notice["main_alt"] or ())))
        for main, notice in said
    ]


def test_blind_main_deadlines_stay_right(answers: list[tuple[str | None, str | None, bool]]) -> None:
    assert sum(right for _, _, right in answers) >= 135


def test_blind_notices_without_a_deadline_get_none_but_one(
    answers: list[tuple[str | None, str | None, bool]],
) -> None:
    # A ban by which farms must close by a day: the labels count it as a rule in force, the reader as a duty.
    invented = [said for said, right, _ in answers if right is None and said is not None]
    assert invented == ["2019-12-31"]
