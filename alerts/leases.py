"""Taking rows under a lease: one statement, whatever the table (DESIGN 6.4).

A table that is worked off has `state`, `attempts`, `not_before`, `lease_until` and `lease_owner`; the
conditions name its rows `d`. Leases and waits are on the machine's clock: one that lies further ahead
than it could have been set means that the clock was moved, and counts as over. What another set since we
looked at the clock lies further ahead, too, by a little: hence SKEW.
"""

from typing import Any

from alerts import dialect
from alerts.lanes import LONGEST_WAIT

LEASE = 60.0
# No claim goes by a reading of the clock that is older; SQLite lets a writer wait for five seconds.
SKEW = 10.0
# What its senders died over so often is tried alone and after all others: it may be what kills them.
SUSPECT = 3

# As a query of its own the moment tells PostgreSQL's planner nothing, which else plans anew for each.
_NOW = "(SELECT %(machine)s)"
_RESTED = f"(d.not_before <= {_NOW} OR d.not_before > {_NOW} + {LONGEST_WAIT})"
_OVER = f"(d.lease_until <= {_NOW} OR d.lease_until > {_NOW} + {LEASE + SKEW})"
_LAPSED = f"(d.state = 'claimed' AND {_OVER})"

# What may be taken at %(machine)s: in batches, one by one, or either way.
FRESH = f"((d.state = 'queued' AND {_RESTED}) OR ({_LAPSED} AND d.attempts < {SUSPECT}))"
SUSPECTED = f"({_LAPSED} AND d.attempts >= {SUSPECT} AND {_RESTED})"
WAITING = f"({FRESH} OR {SUSPECTED})"
# What may be taken whether or not the clock was moved. Who read the clock long before finds less of it and
# never more, so that nobody need look at the clock again.
PLAIN = f"""
((d.state = 'queued' AND d.not_before <= {_NOW})
OR (d.state = 'claimed' AND d.lease_until <= {_NOW} AND d.attempts < {SUSPECT}))
"""

# A row that is locked keeps its place, so that it need not be looked up by its key again.
_TAKE = """
WITH free AS MATERIALIZED (
    SELECT d.{place} AS place FROM {table} d WHERE {which} ORDER BY {order} LIMIT {limit} {lock}
)
UPDATE {table} SET state = 'claimed', lease_owner = %(owner)s, lease_until = %(until)s,
    attempts = attempts + 1
FROM free WHERE {table}.{place} = free.place RETURNING {columns}
"""


def take(
    table: str,
    which: str,
    owner: str,
    machine: float,
    limit: int,
    order: tuple[str, ...] = ("id",),
    **values: Any,
) -> list[int]:
    """Up to `limit` rows for `owner`, those first in the `order` of columns, of which the last is the key.

    Their keys, in that order.
    """
    statement = _TAKE.format(
        table=table, which=which, limit=limit, lock=dialect.skip_locked("d"), place=dialect.place_of_row(),
        order=", ".join(f"d.{column}" for column in order),
        columns=", ".join(f"{table}.{column}" for column in order),
    )  # fmt: skip
    rows = dialect.rows_prepared(statement, owner=owner, machine=machine, until=machine + LEASE, **values)
    return [int(row[-1]) for row in sorted(rows)]


def any_waiting(table: str, machine: float) -> bool:
    """Whether there is anything to take."""
    return bool(dialect.rows_prepared(f"SELECT 1 FROM {table} d WHERE {WAITING} LIMIT 1", machine=machine))  # noqa: S608, names are ours
