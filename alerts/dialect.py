"""The one place where SQLite and PostgreSQL must be spoken to differently (DESIGN 6.11)."""

from datetime import datetime
from typing import Any

from django.db import connection


def joined_ids(column: str) -> str:
    """SQL that gathers the distinct ids of a group as text, 3,14,15, in no promised order."""
    if connection.vendor == "postgresql":
        return f"STRING_AGG(DISTINCT {column}::text, ',')"
    return f"GROUP_CONCAT(DISTINCT {column})"


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


def _adapted(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else value
