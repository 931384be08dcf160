"""The due sources as rows of the table, read past the ORM's converters and constructors on SQLite.

Django turns each value of each row into Python's by several calls, and sets each attribute by another, which
together take longer than the query, and a sixth of a poll in which nothing is new (make bench ARGS=poll).
What SQLite hands over lacks only two things; an instance is put together as unpickling does it.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, QuerySet
from django.db.models.base import ModelState

from notices.models import Source

DECODER = json.JSONDecoder()


def load(query: QuerySet[Source]) -> list[Source]:
    """What the query yields, with every column that it does not defer."""
    if connection.vendor != "sqlite":
        return list(query)
    statement, values = query.query.sql_with_params()
    columns = _columns(query)
    turns = [(place, turn) for place, column in enumerate(columns) if (turn := _turn(column))]
    names = [column.attname for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = [list(row) for row in cursor.fetchall()]
    for place, turn in turns:
        for row in rows:
            row[place] = turn(row[place])
    return [_instance(query.db, names, row) for row in rows]


def _instance(alias: str, names: Sequence[str], row: Sequence[Any]) -> Source:
    source = Source.__new__(Source)
    state = ModelState()
    state.adding, state.db = False, alias
    source.__dict__.update(zip(names, row, strict=True), _state=state)
    return source


def _columns(query: QuerySet[Source]) -> list["Field[Any, Any]"]:
    """In the order of the statement: the model's own, without the deferred."""
    left_out, _ = query.query.deferred_loading
    return [column for column in Source._meta.concrete_fields if column.name not in left_out]  # noqa: SLF001, documented


def _turn(column: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    """From what the driver gives to what the model has; None where that is the same."""
    if isinstance(column, JSONField):
        return _from_json
    return cache(_aware_in(connection.timezone)) if isinstance(column, DateTimeField) else None


def _from_json(text: str) -> Any:
    """As `json.loads`, without its looks at the ends: the column's own check knows that all of it is JSON."""
    return {} if text == "{}" else DECODER.raw_decode(text.strip())[0]


def _aware_in(zone: tzinfo | None) -> Callable[[datetime | None], datetime | None]:
    """Moments that have their zone again; those of one poll are mostly the same."""
    return lambda moment: moment and moment.replace(tzinfo=zone)
