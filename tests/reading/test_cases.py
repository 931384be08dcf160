"""Labelled cases by phenomenon, in our own words: `cases/*.jsonl`, one notice a line.

`expect` names what must be read: only the values that it names are looked at. `region: null` means that no
region may be stated; `deadlines` is the whole set of days, `includes` a part of it.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from notices.lexicon import regions
from notices.lexicon.topics import topic
from notices.reading import read
from notices.reading.rows import clock
from notices.reading.values import Reading

CASES = Path(__file__).parent / "cases"

ASKED: dict[str, Callable[[Reading], Any]] = {
    "kind": lambda r: r.kind.value.value,
    "main": lambda r: r.main_deadline.on.isoformat() if r.main_deadline else None,
    "main_who": lambda r: r.main_deadline.who if r.main_deadline else None,
    "deadlines": lambda r: [d.on.isoformat() for d in r.deadlines],
    "time": lambda r: clock(r.main_deadline.at) if r.main_deadline else None,
    "region": lambda r: regions.full_name(r.regions[0]) if r.regions else None,
    "excluded": lambda r: [regions.full_name(i) for i in r.excluded_regions],
    "zone": lambda r: r.zone,
    "issuer": lambda r: r.issuer.value if r.issuer else None,
    "doc_no": lambda r: r.doc_no.value if r.doc_no else None,
    "handed_on": lambda r: r.handed_on.value if r.handed_on else None,
    "handed_on_no": lambda r: r.handed_on_no.value if r.handed_on_no else None,
    "topics": lambda r: [topic(i).name for i in r.topic_evidence],
    "rolling": lambda r: r.rolling is not None,
    "doubts": lambda r: list(r.doubts),
    "follow_up": lambda r: (
        {"how": r.follow_up.how, "title": r.follow_up.title, "doc_no": r.follow_up.doc_no}
        if r.follow_up
        else None
    ),
}


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield pytest.param(case, id=f"{file.stem}: {case['name']}")


def read_case(case: dict[str, Any]) -> Reading:
    published = case.get("published")
    source = case.get("source_region")
    return read(
        case["title"],
        case["text"],
        date.fromisoformat(published) if published else None,
        case.get("url"),
        regions.find(source) if source else None,
    )


@pytest.mark.parametrize("case", [*cases()])
def test_case_reads_what_it_says(case: dict[str, Any]) -> None:
    reading = read_case(case)

    expected = {asked: value for asked, value in case["expect"].items() if asked != "includes"}
    assert {asked: ASKED[asked](reading) for asked in expected} == expected
    assert set(case["expect"].get("includes", ())) <= set(ASKED["deadlines"](reading))


@pytest.mark.parametrize("case", [*cases()])
def test_quotes_stand_in_the_text(case: dict[str, Any]) -> None:
    reading = read_case(case)

    for found in reading.deadlines:
        source = case["title"] if found.evidence.place == "title" else case["text"]
        assert found.evidence.quote
        assert source[found.evidence.start :].startswith(found.evidence.quote)
