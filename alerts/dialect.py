"""The one place where SQLite and PostgreSQL must be spoken to differently (DESIGN 6.11)."""

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Aggregate, QuerySet, TextField


@cache
def _on_postgresql() -> bool:
    """Which of the two a process talks to is in its settings, and looking at a connection is slow."""
    return bool(connection.vendor == "postgresql")


def joined_ids(column: str) -> str:
    """SQL that gathers the distinct ids of a group as text, 3,14,15, in no promised order."""
    if _on_postgresql():
        return f"STRING_AGG(DISTINCT {column}::text, ',')"
    return f"GROUP_CONCAT(DISTINCT {column})"


class Joined(Aggregate):
    """All values of a column as one text, 3,14,15: a row for each takes ten times as long to fetch."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same, of an array."""
        template = "ARRAY_TO_STRING(ARRAY_AGG(%(expressions)s), ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def ids_of(rows: QuerySet[Any], column: str = "notice_id") -> set[int]:
    """Many thousand ids at once; read as JSON, which is twice as fast as number by number."""
    joined = rows.order_by().aggregate(joined=Joined(column))["joined"]
    return set(json.loads(f"[{joined or ''}]"))


def look_up_rows() -> None:
    """For the rest of this transaction joins go in the order written, each by an index.

    That is right for a few hundred people. PostgreSQL would read whole tables whose new rows its statistics
    do not know yet; SQLite has no other way.
    """
    if _on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL join_collapse_limit = 1")
            # What is switched off counts as dear, and would be compiled each time for longer than it runs.
            cursor.execute("SET LOCAL jit = off")


@contextmanager
def rows_looked_up() -> Iterator[None]:
    """As `look_up_rows`, for what only reads: on SQLite it waits for no writer."""
    if not _on_postgresql():
        yield
        return
    with transaction.atomic():
        look_up_rows()
        yield


def empty_temporary_table(name: str, columns: str, found_by: str) -> None:
    """A table of this connection alone, empty, with an index; nobody else sees it or waits for it."""
    kept, schema = ("ON COMMIT DELETE ROWS", "") if _on_postgresql() else ("", "temp.")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({columns}) {kept}")
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {schema}{name}_by ON {name} ({found_by})")
        cursor.execute(f"DELETE FROM {name}")  # noqa: S608, our names


def renew_statistics(table: str) -> None:
    """Lets PostgreSQL know how a table has grown that a run is filling; SQLite goes by its indexes alone."""
    if _on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")


def leave_room(table: str, percent: int) -> None:
    """Pages of a table that is updated much are filled so far only, for the new version of each row.

    PostgreSQL then writes it beside the old one and touches no index; SQLite updates in place.
    """
    if _on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} SET (fillfactor = {percent})")


def files_at_once() -> bool:
    """Whether matches go into their index by filter with the statement that records them (decision 15).

    Into an index that has grown, that dirties a page for nearly every match. SQLite writes each such page
    whole, for every notice anew; PostgreSQL logs the entries.
    """
    return _on_postgresql()


@lru_cache(maxsize=64)
def moment(value: datetime) -> Any:
    """A moment as the database stores it, for statements written by hand.

    A task has one for all that it writes; to convert it anew takes as long as SQLite takes for a row.
    """
    return connection.ops.adapt_datetimefield_value(value)


def run(statement: str, **values: Any) -> int:
    """Executes one statement with named values; the number of rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _adapted(value) for name, value in values.items()})
        return max(cursor.rowcount, 0)


def count(statement: str, **values: Any) -> int:
    """The one number that a SELECT written by hand comes to."""
    return int(first(statement, **values))


def first(statement: str, **values: Any) -> Any:
    """The first value of the first row, as the database gives and takes it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _adapted(value) for name, value in values.items()})
        return cursor.fetchone()[0]


def column(statement: str, **values: Any) -> list[int]:
    """The ids that a SELECT written by hand yields."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _adapted(value) for name, value in values.items()})
        return [int(row[0]) for row in cursor.fetchall()]


def skip_locked(alias: str) -> str:
    """What makes a SELECT lock its rows and pass over those of others; SQLite has one writer at a time."""
    return f"FOR UPDATE OF {alias} SKIP LOCKED" if _on_postgresql() else ""


def place_of_row() -> str:
    """The column by which a row is found without any index, while it is locked."""
    return "ctid" if _on_postgresql() else "rowid"


def deletes_within() -> bool:
    """Whether a statement may delete rows on its way to updating others."""
    return _on_postgresql()


def listed(**columns: Sequence[int] | Sequence[str]) -> tuple[str, dict[str, Any]]:
    """A SELECT that yields rows given as equally long columns, and the values that it asks for."""
    if _on_postgresql():
        types = {name: "bigint" if isinstance(column[0], int) else "text" for name, column in columns.items()}
        names = (f"unnest(%({name})s::{kind}[]) AS {name}" for name, kind in types.items())
        return f"SELECT {', '.join(names)}", {name: _array(column) for name, column in columns.items()}
    names = (f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(columns))
    rows = list(zip(*columns.values(), strict=True))
    select = f"SELECT {', '.join(names)} FROM json_each(%(rows)s)"  # noqa: S608, our names
    return select, {"rows": json.dumps(rows)}


def _array(column: Sequence[int] | Sequence[str]) -> str:
    """As PostgreSQL writes an array; the driver would take ten times as long, looking at each element."""
    return "{" + ",".join(str(value) if isinstance(value, int) else _quoted(value) for value in column) + "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def rows_prepared(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows that a statement yields which is run over and over: PostgreSQL plans it once a connection."""
    database = _database()
    with database.wrap_database_errors:
        return list(_prepared(database, statement, values).fetchall())


def run_prepared(statement: str, **values: Any) -> int:
    """As `run`, for a statement that is run over and over."""
    database = _database()
    with database.wrap_database_errors:
        return max(_prepared(database, statement, values).rowcount, 0)


def _prepared(database: Any, statement: str, values: dict[str, Any]) -> Any:
    """By the driver itself, which keeps what it has prepared, by its text.

    Django's own cursor puts PostgreSQL's values into the text, and writes SQLite's text anew each time.
    """
    if _on_postgresql():
        return _kept_cursor(database.connection).execute(statement, values, prepare=True)
    adapted = {name: _adapted(value) for name, value in values.items()}
    return database.connection.execute(_for_sqlite(statement), adapted)


def _database() -> Any:
    """This thread's connection, open and fit for use. Looking it up takes a tenth of a statement's time."""
    database = _kept.database
    if database is None or database.connection is None:
        database = _kept.database = connections[DEFAULT_DB_ALIAS]
        database.ensure_connection()
    database.validate_no_broken_transaction()
    return database


@lru_cache(maxsize=64)
def _for_sqlite(statement: str) -> str:
    """With its values named as SQLite names them."""
    return re.sub(r"%\((\w+)\)s", r":\1", statement).replace("%%", "%")


class _Kept(threading.local):
    database: Any = None
    cursor: Any = None


_kept = _Kept()


def _kept_cursor(driver: Any) -> Any:
    """A cursor of the driver's, for as long as its connection is the same.

    A new one would look up anew how each value is written, at the price of a quarter of a statement.
    """
    if _kept.cursor is None or _kept.cursor.connection is not driver:
        from psycopg import Cursor  # noqa: PLC0415 - SQLite does without the driver

        _kept.cursor = Cursor(driver)
    return _kept.cursor


def _adapted(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else value
