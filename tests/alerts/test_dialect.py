"""Statements written by hand, on both databases."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from alerts import dialect
from alerts.models import Delivery, DeliveryItem

pytestmark = pytest.mark.django_db
# What a server may say, and what PostgreSQL's arrays have a meaning of their own for.
SAID = ["250 已收下", 'said "no"', "C:\\spool\\", "{a,b}", "a, b", "NULL", "", " x ", "two\nlines", "\\\"'%s"]
# SQLite's driver keeps its plans by itself, and does not say which.
PLANNED = {
    "postgresql": "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1 + 1'",
    "sqlite": "SELECT 1",
}


def test_listed_columns_come_back_as_they_were() -> None:
    select, values = dialect.listed(id=list(range(len(SAID))), said=SAID)
    assert dialect.rows_prepared(select, **values) == list(enumerate(SAID))


def test_what_is_run_over_and_over_is_planned_once() -> None:
    answers = [dialect.rows_prepared("SELECT %(n)s + 1", n=number) for number in range(3)]
    assert (answers, dialect.count(PLANNED[connection.vendor])) == ([[(1,)], [(2,)], [(3,)]], 1)


@pytest.mark.django_db(transaction=True)
def test_prepared_statement_is_run_on_the_next_connection_too() -> None:
    answers = []
    for number in range(2):
        answers += dialect.rows_prepared("SELECT %(n)s + 1", n=number)
        connection.close()
    assert answers == [(1,), (2,)]


def test_prepared_statement_fails_as_djangos_own_do() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        dialect.run_prepared("SELECT nothing FROM nowhere")
    assert dialect.rows_prepared("SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (Delivery.objects.filter(stands_for=1), "delivery_stood_for_once"),
        (DeliveryItem.objects.filter(deadline=1), "item_by_deadline"),
    ],
)
def test_index_of_the_few_that_have_a_value_finds_them(rows: QuerySet[Any], index: str) -> None:
    dialect.look_up_rows()
    assert index in rows.order_by().explain()
