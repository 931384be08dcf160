"""Previews on one database, in a process of its own: `python -m bench.preview_ours NOTICES` prints JSON."""

import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import django

PARAGRAPHS, SIGNS = 400, 300  # a notice is five paragraphs: 1,500 characters, as in the corpus
ROUNDS = 7


def main(notices: int) -> dict[str, float]:
    """Milliseconds a preview, the median of some rounds, the first left out."""
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up first

    from alerts.looking_back import keep_words  # noqa: PLC0415
    from bench.filter_tables import MORNING, analyse, size_of  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _fill(notices, MORNING)
    analyse()
    figures = {"bytes_a_row": size_of("alerts_recentnotice") / notices}
    begun = perf_counter()
    figures["files"] = float(keep_words(MORNING))
    figures["files_s"] = perf_counter() - begun
    for name, spec in _asked().items():
        figures |= _timed(name, spec, MORNING)
    return figures


def _asked() -> dict[str, Any]:
    from bench.filter_world import FIRST_TERM  # noqa: PLC0415
    from notices.lexicon import regions  # noqa: PLC0415
    from notices.lexicon.kinds import Kind  # noqa: PLC0415
    from subscribers.filters import FilterSpec  # noqa: PLC0415

    zhejiang = (regions.find("浙江省") or 0,)
    common, rare = (FIRST_TERM,), (FIRST_TERM + 3000,)
    return {
        "everything": FilterSpec(),
        "a rare topic": FilterSpec(topics=rare),
        "a common topic": FilterSpec(topics=common),
        "a province": FilterSpec(regions=zhejiang),
        "a province and a common topic": FilterSpec(regions=zhejiang, topics=common),
        "a common topic of one kind": FilterSpec(topics=common, kinds=(Kind.CONSULTATION,)),
        "new": FilterSpec(words=("没有人要过的词",)),
        "new in a province": FilterSpec(regions=zhejiang, words=("没有人要过的词",)),
        "new against": FilterSpec(topics=common, none_words=("没有人要过的词",)),
    }


def _timed(name: str, spec: Any, now: datetime) -> dict[str, float]:
    from alerts.previewing import preview  # noqa: PLC0415 - Django must be set up first

    found, taken = preview(spec, now), []
    for _ in range(ROUNDS):
        begun = perf_counter()
        found = preview(spec, now)
        taken.append((perf_counter() - begun) * 1000)
    figures = {f"{name}_ms": median(taken), f"{name}_count": float(found.count)}
    figures[f"{name}_days"] = (found.until - found.since) / timedelta(days=1)
    if spec.regions and spec.topics:
        figures[f"join {name}_ms"] = _joined(spec)
    return figures


def _joined(spec: Any) -> float:
    """The peer: one statement that joins both sides and counts."""
    from django.db import connection  # noqa: PLC0415

    from notices.lexicon.region_keys import filter_keys  # noqa: PLC0415

    keys = ",".join(map(str, filter_keys(spec.regions, below=True, above=True)))
    topics = ",".join(map(str, spec.topics))
    statement = (
        "SELECT COUNT(DISTINCT r.notice_id) FROM alerts_recentnotice r "  # noqa: S608 our own numbers
        "JOIN alerts_noticekey k ON k.notice_id = r.notice_id "
        "JOIN alerts_noticetopic t ON t.notice_id = r.notice_id "
        f"WHERE k.region_key IN ({keys}) AND t.topic IN ({topics}) AND r.kind <> 64"
    )
    taken = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()
        taken.append((perf_counter() - begun) * 1000)
    return median(taken)


def _fill(count: int, now: datetime) -> None:
    """Notices of 90 days, in the order of their ids, with keys, topics and words."""
    from alerts import dialect  # noqa: PLC0415
    from alerts.recent_words import checksum  # noqa: PLC0415
    from bench.filter_tables import fill  # noqa: PLC0415
    from bench.filter_world import TERMS, FilterWorld  # noqa: PLC0415
    from subscribers.models import Word  # noqa: PLC0415

    carried = FilterWorld().notices(count)
    ids = _put(carried, now)
    Word.objects.bulk_create(
        [Word(pk=pk, text=f"词{pk}") for pk in range(1, TERMS + 1)], ignore_conflicts=True
    )
    step = timedelta(days=89) / count
    columns = (
        "notice_id", "seen_at", "kind", "has_deadline", "has_exclusions", "checksum", "issuer", "words",
    )  # fmt: skip
    rows: Iterator[tuple[Any, ...]] = (
        (
            pk,
            dialect.moment(now - (count - place) * step),
            kind,
            True,
            False,
            checksum(pk, words),
            "某局",
            words,
        )
        for place, (pk, kind, words) in enumerate(zip(ids, _kinds(count), _words(count), strict=True))
    )
    fill("alerts_recentnotice", columns, rows)


def _put(carried: Sequence[Any], now: datetime) -> list[int]:
    """The notices alone with their keys and topics, in bulk: a preview reads nothing else of them."""
    from bench.filter_tables import fill  # noqa: PLC0415
    from notices.models import Notice, Source  # noqa: PLC0415

    source = Source.objects.create(slug="b", name="b", url="http://b.example/", family="trs", region=1)
    rows = [
        Notice(title=f"通知 {number}", url=f"http://b.example/{number}", source=source, first_seen_at=now,
               identity=f"bench-{number}")
        for number in range(len(carried))
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, batch_size=5000)
    ids = sorted(Notice.objects.values_list("pk", flat=True))
    by_id = list(zip(ids, carried, strict=True))
    keys = ((key, pk) for pk, one in by_id for key in one.keys)
    fill("alerts_noticekey", ("region_key", "notice_id"), keys)
    topics = ((topic, pk) for pk, one in by_id for topic in (0, *one.topics))
    fill("alerts_noticetopic", ("topic", "notice_id"), topics)
    return ids


def _kinds(count: int) -> Iterator[int]:
    from notices.lexicon.kinds import Kind  # noqa: PLC0415

    dice = random.Random(1)
    for _ in range(count):
        yield dice.choice(list(Kind)).bit


def _words(count: int) -> Iterator[str]:
    dice = random.Random(2)
    pool = ["".join(chr(dice.randint(0x4E00, 0x5FFF)) for _ in range(SIGNS)) for _ in range(PARAGRAPHS)]
    for _ in range(count):
        yield "".join(dice.choices(pool, k=5))


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
