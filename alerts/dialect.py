"""The one place where SQLite and PostgreSQL must be spoken to differently (DESIGN 6.11)."""

import json
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Aggregate, QuerySet, TextField


def joined_ids(column: str) -> str:
    """SQL that gathers the distinct ids of a group as text, 3,14,15, in no promised order."""
    if connection.vendor == "postgresql":
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
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL join_collapse_limit = 1")


def renew_statistics(table: str) -> None:
    """Lets PostgreSQL know how a table has grown that a run is filling; SQLite goes by its indexes alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table}")


def moment(value: datetime) -> Any:
    """A moment as the database stores it, for statements written by hand."""
    return connection.ops.adapt_datetimefield_value(value)


def run(statement: str, **values: Any) -> int:
    """Executes one statement with named values; the number of rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _adapted(value) for name, value in values.items()})
        return max(cursor.rowcount, 0)


def count(statement: str, **values: Any) -> int:
    """The one number that a SELECT written by hand comes to."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _adapted(value) for name, value in values.items()})
        return int(cursor.fetchone()[0])


def column(statement: str, **values: Any) -> list[int]:
    """The ids that a SELECT written by hand yields."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {name: _adapted(value) for name, value in values.items()})
        return [int(row[0]) for row in cursor.fetchall()]


def _adapted(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else value
