"""Taking rows under a lease: one statement, whatever the table (DESIGN 6.4).

A table that is worked off has `state`, `attempts`, `not_before`, `lease_until`, `lease_owner`, `settled_at`;
the conditions name its rows `d`. Leases and waits are on the machine's clock: one that lies further ahead
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

_RESTED = f"(d.not_before <= %(machine)s OR d.not_before > %(machine)s + {LONGEST_WAIT})"
_OVER = f"(d.lease_until <= %(machine)s OR d.lease_until > %(machine)s + {LEASE + SKEW})"
_LAPSED = f"(d.state = 'claimed' AND {_OVER})"
_FRESH = f"((d.state = 'queued' AND {_RESTED}) OR ({_LAPSED} AND d.attempts < {SUSPECT}))"
_SUSPECT = f"({_LAPSED} AND d.attempts >= {SUSPECT} AND {_RESTED})"

# What may be taken at %(machine)s: in batches, one by one, or either way.
FRESH = f"d.settled_at IS NULL AND {_FRESH}"
SUSPECTED = f"d.settled_at IS NULL AND {_SUSPECT}"
WAITING = f"d.settled_at IS NULL AND ({_FRESH} OR {_SUSPECT})"

_TAKE = """
WITH free AS MATERIALIZED (
    SELECT d.id FROM {table} d WHERE {which} ORDER BY d.{first}, d.id LIMIT {limit} {lock}
)
UPDATE {table} SET state = 'claimed', lease_owner = %(owner)s, lease_until = %(until)s,
    attempts = attempts + 1
FROM free WHERE {table}.id = free.id RETURNING {table}.{first}, {table}.id
"""


def take(
    table: str, which: str, owner: str, machine: float, limit: int, first: str = "id", **values: Any
) -> list[int]:
    """Up to `limit` rows for `owner`, those with the least in the column `first` before others; their ids."""
    statement = _TAKE.format(
        table=table, which=which, first=first, limit=limit, lock=dialect.skip_locked("d")
    )
    rows = dialect.rows_prepared(statement, owner=owner, machine=machine, until=machine + LEASE, **values)
    return [int(pk) for _, pk in sorted(rows)]


def any_waiting(table: str, machine: float) -> bool:
    """Whether there is anything to take."""
    return bool(dialect.rows_prepared(f"SELECT 1 FROM {table} d WHERE {WAITING} LIMIT 1", machine=machine))  # noqa: S608, names are ours
