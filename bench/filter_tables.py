"""Puts the synthetic world into the product's own tables, in bulk: by COPY on PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from alerts import dialect
from bench.filter_world import Asked, Carried
from notices.lexicon.kinds import kinds_mask
from notices.models import Notice, Reading, Revision, Source
from subscribers.filters import pairs

MORNING = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
CHUNK = 5000


def fill(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts rows, chunk by chunk."""
    names = ", ".join(columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        source = iter(rows)
        while chunk := list(islice(source, CHUNK)):
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", chunk)  # noqa: S608, our names


def put_filters(asked: Sequence[Asked], first: int = 1) -> int:
    """The filters and their pairs, numbered from `first`; the number of pairs."""
    made = dialect.moment(MORNING)
    verify = False if connection.vendor == "postgresql" else 0
    fill(
        "subscribers_filter",
        ("id", "digest", "spec", "kinds_mask", "verify", "created_at"),
        (
            (number, f"d{number}", "{}", kinds_mask(one.kinds), verify, made)
            for number, one in enumerate(asked, first)
        ),
    )
    counted = Counted(_pair_rows(asked, first))
    fill("subscribers_filterpair", ("region_key", "topic", "filter_id"), counted)
    return counted.total


class Counted:
    """Rows that are counted while they pass."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.rows, self.total = rows, 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self.rows:
            self.total += 1
            yield row


def _pair_rows(asked: Sequence[Asked], first: int) -> Iterator[tuple[int, int, int]]:
    for number, one in enumerate(asked, first):
        for region_key, topic in pairs(one.spec, ()):
            yield region_key, topic, number


def put_notices(carried: Sequence[Carried]) -> list[int]:
    """The notices with their keys and topics, as `alerts.matching.index` leaves them."""
    source = Source.objects.create(
        slug="bench", name="bench", url="http://b.example/", family="trs", region=1
    )
    ids = [_notice(source, number, one) for number, one in enumerate(carried)]
    by_id = list(zip(ids, carried, strict=True))
    fill(
        "alerts_noticekey",
        ("region_key", "notice_id"),
        ((key, pk) for pk, one in by_id for key in one.keys),
    )
    fill(
        "alerts_noticetopic",
        ("topic", "notice_id"),
        ((topic, pk) for pk, one in by_id for topic in (0, *one.topics)),
    )
    return ids


def _notice(source: Source, number: int, one: Carried) -> int:
    notice = Notice.objects.create(
        title=f"通知 {number}", url=f"http://b.example/{number}", source=source, first_seen_at=MORNING,
        identity=f"bench-{number}",
    )  # fmt: skip
    revision = Revision.objects.create(
        notice=notice, number=1, title=notice.title, content_hash="x", seen_at=MORNING
    )
    reading = Reading.objects.create(
        notice=notice, revision=revision, version="bench", made_at=MORNING, kind="application",
        confidence=1.0, regions=[one.region], topics=[],
    )  # fmt: skip
    Notice.objects.filter(pk=notice.pk).update(reading=reading, read_at=MORNING)
    return int(notice.pk)


def analyse() -> None:
    """Fresh statistics, as autovacuum would have made them."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def size_of(table: str) -> int:
    """Bytes of a table with its indexes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        else:
            cursor.execute(
                "SELECT SUM(pgsize) FROM dbstat WHERE name = %s OR name IN "
                "(SELECT name FROM sqlite_master WHERE tbl_name = %s AND type = 'index')",
                [table, table],
            )
        return int(cursor.fetchone()[0])
