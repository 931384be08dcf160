"""Puts the synthetic world into the product's own tables, in bulk: by COPY on PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from alerts import dialect
from bench.filter_world import Asked, Carried
from notices.lexicon.kinds import kinds_mask
from notices.lexicon.region_keys import filter_keys
from notices.models import Notice, Reading, Revision, Source
from subscribers.filters import pairs, part_of

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
    """The filters and their pairs, numbered from `first`; the number of pairs.

    The keys and the topics of each are joined in the database and go in as the key sorts them.
    """
    put_rows(asked, first)
    _check_some(asked)
    keys = ((number, key) for number, one in enumerate(asked, first) for key in _keys(one))
    topics = ((number, topic) for number, one in enumerate(asked, first) for topic in _topics(one))
    execute("CREATE TEMPORARY TABLE asked_keys (filter_id bigint, region_key bigint)")
    execute("CREATE TEMPORARY TABLE asked_topics (filter_id bigint, topic bigint)")
    fill("asked_keys", ("filter_id", "region_key"), keys)
    fill("asked_topics", ("filter_id", "topic"), topics)
    if connection.vendor == "sqlite":
        execute("CREATE INDEX temp.asked_topics_of ON asked_topics (filter_id)")
    with _indexed_afterwards("subscribers_filterpair"):
        written = execute(
            "INSERT INTO subscribers_filterpair (region_key, topic, filter_id) "
            "SELECT region_key, topic, filter_id FROM asked_keys JOIN asked_topics USING (filter_id) "
            "ORDER BY region_key, topic, filter_id"
        )
    execute("DROP TABLE asked_keys")
    execute("DROP TABLE asked_topics")
    return written


@contextmanager
def _indexed_afterwards(table: str) -> Iterator[None]:
    """Indexes beside the key are built when all rows are there; references are known to hold."""
    if connection.vendor == "postgresql":
        execute("SET session_replication_role = replica")
        asked = "FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE '%%pkey'"
        made, names = _column(f"SELECT indexdef {asked}", table), _column(f"SELECT indexname {asked}", table)
    else:
        execute("PRAGMA foreign_keys = OFF")
        asked = "FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
        made, names = _column(f"SELECT sql {asked}", table), _column(f"SELECT name {asked}", table)
    for name in names:
        execute(f"DROP INDEX {name}")
    yield
    for statement in made:
        execute(statement)
    if connection.vendor == "postgresql":
        execute("RESET session_replication_role")
    else:
        execute("PRAGMA foreign_keys = ON")


def _column(statement: str, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [table])
        return [row[0] for row in cursor.fetchall()]


def put_edits(asked: Sequence[Asked], first: int) -> None:
    """The same, one filter after the other, as edits come in: each pair where it belongs in the index."""
    put_rows(asked, first)
    rows = ((key, topic, pk) for pk, one in enumerate(asked, first) for key, topic in pairs(one.spec, ()))
    fill("subscribers_filterpair", ("region_key", "topic", "filter_id"), rows)


def put_rows(asked: Sequence[Asked], first: int) -> None:
    """The filters without their pairs."""
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


def _keys(one: Asked) -> frozenset[int]:
    return filter_keys(one.regions, below=True, above=True)


def _topics(one: Asked) -> list[int]:
    parts = [part_of(kind) for kind in one.kinds] or [0]
    return [topic + part for topic in one.topics for part in parts]


def _check_some(asked: Sequence[Asked]) -> None:
    """That what the database joins is what the product would write."""
    for one in asked[:1000]:
        if {(key, topic) for key in _keys(one) for topic in _topics(one)} != pairs(one.spec, ()):
            raise RuntimeError(f"the bench makes other pairs than the product for {one}")


def execute(statement: str) -> int:
    """Runs a statement; the rows that it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


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


def put_more_notices(many: int, seen_at: datetime) -> list[int]:
    """Notices without keys or topics, for whoever makes their matches."""
    source, _ = Source.objects.get_or_create(
        slug="bench", defaults={"name": "bench", "url": "http://b.example/", "family": "trs", "region": 1}
    )
    first = Notice.objects.count()
    ids = [_notice(source, first + number, Carried(1, (), ())) for number in range(many)]
    Notice.objects.filter(pk__in=ids).update(first_seen_at=seen_at)
    return ids


def analyse() -> None:
    """Fresh statistics, as autovacuum would have made them."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def leave_alone(table: str) -> None:
    """No upkeep from now on: else autovacuum comes by while we measure, or does not."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")


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
