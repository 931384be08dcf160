"""Recording what was handed over: the answers go into the deliveries, which are no longer on their way out.

The statements behind `alerts.ledger.settle`: it is run for each message of each sender, and one trip to the
database is most of what it takes.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from alerts import dialect
from alerts.outcomes import Sent

LONGEST_ID = 200  # characters of the other side's name for a message

_ONE = "SELECT CAST(%(id)s AS bigint) AS id, %(provider_id)s AS provider_id, %(outcome)s AS outcome"
_HELD = "o.delivery_id = told.id AND o.state = 'claimed' AND o.lease_owner = %(owner)s"
_SENT = """
UPDATE alerts_delivery SET state = 'sent', result = 'accepted', settled_at = %(now)s,
    attempts = gone.attempts, provider_id = gone.provider_id, outcome = gone.outcome
FROM {gone} WHERE alerts_delivery.id = gone.id
"""
_AT_ONCE = """
WITH gone AS (
    DELETE FROM alerts_outgoing o USING ({told}) AS told WHERE {held} RETURNING told.*, o.attempts
)
"""
# The same in two statements, for a database whose one writer need not take the row out first.
_STILL_HELD = "(SELECT told.*, o.attempts FROM ({told}) AS told CROSS JOIN alerts_outgoing o WHERE {held})"
_TAKE_OUT = """
DELETE FROM alerts_outgoing WHERE delivery_id IN (SELECT told.id FROM ({told}) AS told)
AND state = 'claimed' AND lease_owner = %(owner)s
"""


def recorded(ids: Sequence[int], answers: Sequence[Sent], owner: str, now: datetime) -> int:
    """Records an answer for each id, in the order of ids; how many of them `owner` still held."""
    told, values = dialect.listed(
        id=ids,
        provider_id=[answer.provider_id[:LONGEST_ID] for answer in answers],
        outcome=[answer.said for answer in answers],
    )
    return _record(told, now=now, owner=owner, **values)


def recorded_one(delivery_id: int, answer: Sent, owner: str, now: datetime) -> bool:
    """Records one answer; False where `owner` no longer held the delivery."""
    said = {"id": delivery_id, "provider_id": answer.provider_id[:LONGEST_ID], "outcome": answer.said}
    return bool(_record(_ONE, now=now, owner=owner, **said))


def _record(told: str, **values: Any) -> int:
    at_once, record, take_out = _statements(told)
    if dialect.deletes_within():
        return dialect.run_prepared(at_once, **values)
    with transaction.atomic():
        settled = dialect.run_prepared(record, **values)
        dialect.run_prepared(take_out, **values)
    return settled


@lru_cache(maxsize=8)
def _statements(told: str) -> tuple[str, str, str]:
    """All in one; or recording, and then taking out."""
    at_once, still_held, take_out = (
        statement.format(told=told, held=_HELD) for statement in (_AT_ONCE, _STILL_HELD, _TAKE_OUT)
    )
    return at_once + _SENT.format(gone="gone"), _SENT.format(gone=f"{still_held} AS gone"), take_out
