"""Matching on one database, in a process of its own: `python -m bench.match_ours FILTERS` prints JSON.

On PostgreSQL the two peers stand beside it, in the same server, over the same filters and notices; all
answers are compared, and a difference is an error. DATABASE_URL says which database.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter
from typing import Any

import django

NOTICES = 40
EDITS = 20_000
ROUNDS_OF_EDITS = 7
MILLION = 1_000_000
# Edits that share a commit, so that filling the tables is not what takes the time.
TOGETHER = 200


def main(filters: int) -> dict[str, float]:
    """Everything is measured in milliseconds a notice, or rows a second."""
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up first
    from django.db import connection  # noqa: PLC0415

    from bench import filter_tables  # noqa: PLC0415
    from bench.filter_world import FilterWorld  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    world = FilterWorld()
    asked, carried = list(world.filters(filters)), world.notices(NOTICES)
    begun = perf_counter()
    figures = {"pairs": float(filter_tables.put_filters(asked)), "build_s": perf_counter() - begun}
    ids = filter_tables.put_notices(carried)
    filter_tables.analyse()
    figures["bytes_a_pair"] = filter_tables.size_of("subscribers_filterpair") / figures["pairs"]
    answers, figures["ours"] = _timed([_ours_for(pk) for pk in ids])
    figures["matches"] = sum(map(len, answers)) / NOTICES
    if connection.vendor == "postgresql":
        figures |= _peers(asked, carried, answers)
    figures |= _recorded(ids if filters < MILLION else ids[:8])
    if filters >= EDITS:
        figures |= _before_and_after(list(world.filters(EDITS)), filters, [_ours_for(pk) for pk in ids])
    return figures


def _before_and_after(edits: list[Any], filters: int, asks: list[Callable[[], set[int]]]) -> dict[str, float]:
    """A notice's milliseconds just before the edits and just after: the machine's speed drifts in minutes."""
    _, before = _timed(asks, rounds=ROUNDS_OF_EDITS)
    _edit(edits, filters)
    _, after = _timed(asks, rounds=ROUNDS_OF_EDITS)
    return {"before_edits": before, "after_edits": after}


def _timed(asks: list[Callable[[], set[int]]], rounds: int = 3) -> tuple[list[set[int]], float]:
    """The answers, and the mean milliseconds of one, the median of some rounds, after one that warms up."""
    answers = [ask() for ask in asks]
    took = []
    for _ in range(rounds):
        begun = perf_counter()
        for ask in asks:
            ask()
        took.append((perf_counter() - begun) / len(asks) * 1000)
    return answers, median(took)


def _query(statement: str, values: Any) -> set[int]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[0] for row in cursor.fetchall()}


def _ours_for(notice_id: int) -> Callable[[], set[int]]:
    from alerts import dialect  # noqa: PLC0415
    from alerts.matching import SETTLED  # noqa: PLC0415

    asked = _asked_of(notice_id)
    return lambda: {row[0] for row in dialect.rows_prepared(f"SELECT p.filter_id {SETTLED}", **asked)}


def _asked_of(notice_id: int) -> dict[str, int]:
    """Every filter of the bench wants applications, by name or as every kind but news."""
    from alerts.matching import asked_of  # noqa: PLC0415
    from notices.lexicon.kinds import Kind  # noqa: PLC0415

    return asked_of(notice_id, Kind.APPLICATION)


def _peers(asked: list[Any], carried: list[Any], answers: list[set[int]]) -> dict[str, float]:
    """A stored tsquery per filter, and two arrays with a GIN index each."""
    from bench.filter_tables import analyse, fill  # noqa: PLC0415
    from notices.lexicon.region_keys import filter_keys  # noqa: PLC0415

    _run("CREATE TABLE peer_tsquery (id int PRIMARY KEY, query tsquery)")
    _run("CREATE TABLE peer_gin (id int PRIMARY KEY, regions int[], terms int[])")
    keys = [filter_keys(one.regions, below=True, above=True) for one in asked]
    fill("peer_tsquery", ("id", "query"), (
        (number, f"({_any('r', keys[number - 1])})&({_any('t', one.topics)})")
        for number, one in enumerate(asked, 1)
    ))  # fmt: skip
    fill("peer_gin", ("id", "regions", "terms"), (
        (number, list(keys[number - 1]), list(one.topics)) for number, one in enumerate(asked, 1)
    ))  # fmt: skip
    _run("CREATE INDEX ON peer_gin USING gin (regions)")
    _run("CREATE INDEX ON peer_gin USING gin (terms)")
    analyse()
    figures = {}
    for name, statement, values in (
        ("tsquery", "SELECT id FROM peer_tsquery WHERE query @@ %s::tsvector", _lexemes),
        ("gin", "SELECT id FROM peer_gin WHERE regions && %s::int[] AND terms && %s::int[]", _arrays),
    ):
        asks = [_peer_for(statement, values(one)) for one in carried]
        said, figures[name] = _timed(asks, rounds=3 if len(asked) < MILLION else 1)
        if said != answers:
            raise RuntimeError(f"{name} finds other filters than we do")
    return figures


def _any(letter: str, numbers: Iterable[int]) -> str:
    return "|".join(f"{letter}{number}" for number in numbers)


def _peer_for(statement: str, values: list[Any]) -> Callable[[], set[int]]:
    return lambda: _query(statement, values)


def _lexemes(one: Any) -> list[Any]:
    return [" ".join([*(f"r{key}" for key in one.keys), *(f"t{term}" for term in one.topics)])]


def _arrays(one: Any) -> list[Any]:
    return [list(one.keys), list(one.topics)]


def _run(statement: str) -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(statement)


def _recorded(ids: list[int]) -> dict[str, float]:
    """Match and record with reasons, beside Django's bulk_create of the same rows."""
    from alerts import filing  # noqa: PLC0415
    from alerts.matching import record  # noqa: PLC0415
    from alerts.models import Match  # noqa: PLC0415
    from bench.filter_tables import MORNING, size_of  # noqa: PLC0415

    begun = perf_counter()
    rows = sum(record(_asked_of(pk), MORNING) for pk in ids)
    ours = perf_counter() - begun
    same = [
        Match(notice_id=row.notice_id, filter_id=row.filter_id, region_key=row.region_key, topic=row.topic,
              matched_at=row.matched_at, filed=row.filed)
        for row in Match.objects.all()
    ]  # fmt: skip
    begun = perf_counter()
    filing.file_matches()
    filed_s = perf_counter() - begun
    bytes_a_row = size_of("alerts_match") / max(rows, 1)
    _run("DELETE FROM alerts_match")
    begun = perf_counter()
    Match.objects.bulk_create(same, ignore_conflicts=True)
    django_s = perf_counter() - begun
    return {
        "recorded": rows, "record_s": ours, "bulk_create_s": django_s, "bytes_a_match": bytes_a_row,
        "filed_s": filed_s, "lost": float(rows - Match.objects.count()),
    }  # fmt: skip


def _edit(asked: list[Any], filters: int) -> None:
    """20,000 edits, one after the other, without upkeep: an edit makes another filter (DESIGN section 5)."""
    from bench.filter_tables import leave_alone, put_edits  # noqa: PLC0415 - Django must be set up first

    leave_alone("subscribers_filterpair")
    for start in range(0, len(asked), TOGETHER):
        put_edits(asked[start : start + TOGETHER], first=filters + 1 + start)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
