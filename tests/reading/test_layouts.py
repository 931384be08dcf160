"""How a page writes its days or lets its characters stand apart changes nothing of what it says."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from notices.reading import read
from notices.reading.values import Reading

RETOLD = Path(__file__).parent / "retold"
EVERY = 4  # of the known notices: a few dozen, in seconds
WHOLE_DAY = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日(?!\d)")


def _dashed(text: str) -> str:
    return WHOLE_DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}", text)


def _dotted(text: str) -> str:
    return WHOLE_DAY.sub(r"\1.\2.\3", text)


def _unseen_blanks(text: str) -> str:
    return re.sub(r"(?=[年月])", "\u200b", text)


def _notices() -> list[dict[str, Any]]:
    lines = [line for file in sorted(RETOLD.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines][::EVERY]


def _told(notice: dict[str, Any], text: str) -> tuple[Any, ...]:
    published = notice.get("published")
    day = date.fromisoformat(published) if published else None
    reading: Reading = read(notice["title"], text, day, notice.get("url"))
    main = reading.main_deadline
    return reading.kind.value, reading.regions, main and main.on, {d.on for d in reading.deadlines}


@pytest.mark.parametrize("rewritten", [_dashed, _dotted, _unseen_blanks])
def test_reading_stays_the_same_however_days_are_written(rewritten: Callable[[str], str]) -> None:
    changed = [
        (notice["id"], _told(notice, notice["text"]), _told(notice, rewritten(notice["text"])))
        for notice in _notices()
    ]

    assert [(name, before, after) for name, before, after in changed if before != after] == []
