"""The deliveries that `bench.ledger` works off, made by statements: a million in seconds."""

from django.core.management import call_command
from django.db import connection, transaction

from alerts import dialect
from alerts.models import Delivery, State
from bench.filter_tables import MORNING, analyse, size_of

_NUMBERS = (
    "WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
)
_SUBSCRIBERS = """
INSERT INTO subscribers_subscriber (id, name, organisation, created_at)
{numbers} SELECT n, '人', '', %(made)s FROM numbers
"""
_CONTACTS = """
INSERT INTO subscribers_contact
    (id, subscriber_id, channel, address, reachable_since, suppressed_why, leave_token)
{numbers} SELECT n, n, 'email', 'p' || n || '@d' || (n %% 9) || '.cn', %(made)s, '', 't' || n FROM numbers
"""
_DELIVERIES = """
INSERT INTO alerts_delivery (
    id, key, kind, contact_id, channel, cadence, slot, composition, template_version, composed_at, priority,
    state, attempts, provider_id, outcome, settled_at
)
{numbers} SELECT n, 'daily:2026-11-23:' || n, 'digest', n %% %(people)s + 1, 'email', 'daily', '2026-11-23',
    'cccccccccccccccccccccccccccccccc', '1', %(made)s, 6, {standing} FROM numbers
"""
_OUTGOING = """
INSERT INTO alerts_outgoing
    (delivery_id, channel, priority, state, attempts, not_before, lease_until, lease_owner)
{numbers} SELECT n, 'email', 6, 'queued', 0, 0, 0, '' FROM numbers
"""
_SENT = "'sent', 1, '4b' || n, '250 2.0.0 OK queued as 4b' || n, %(made)s"
_QUEUED = "'queued', 0, '', '', NULL"


def fill(history: int, people: int) -> dict[str, float]:
    """So many deliveries that were sent long ago, numbered from 1, to so many people."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _trust_keys()
        _empty()
        _insert(_SUBSCRIBERS, 1, people)
        _insert(_CONTACTS, 1, people)
        _insert(_DELIVERIES, 1, history, standing=_SENT, people=people)
    analyse()
    return {}


def queue(history: int, queued: int) -> dict[str, float]:
    """So many more that wait, to a person each, in place of those that an earlier run worked off."""
    dialect.run("DELETE FROM alerts_delivery WHERE id > %(history)s", history=history)
    dialect.run("DELETE FROM alerts_outgoing")
    _tidy()
    with transaction.atomic():
        _trust_keys()
        _insert(_DELIVERIES, history + 1, history + queued, standing=_QUEUED, people=queued)
        _insert(_OUTGOING, history + 1, history + queued)
    _tidy()
    return {}


def _trust_keys() -> None:
    """Foreign keys are right by the way these rows are made; a million look-ups take half the time."""
    if connection.vendor == "postgresql":
        dialect.run("SET LOCAL session_replication_role = replica")


def _tidy() -> None:
    """Gives back what was deleted, and writes all out, so that whoever works next need not."""
    if connection.vendor == "postgresql":
        dialect.run("VACUUM ANALYZE alerts_delivery, alerts_outgoing")
        dialect.run("CHECKPOINT")


def _empty() -> None:
    for table in ("alerts_outgoing", "alerts_delivery", "subscribers_contact", "subscribers_subscriber"):
        postgres = connection.vendor == "postgresql"
        dialect.run(f"TRUNCATE {table} CASCADE" if postgres else f"DELETE FROM {table}")  # noqa: S608, our names


def _insert(statement: str, first: int, last: int, standing: str = "", **values: int) -> None:
    numbers = _NUMBERS.format(first=first, last=last)
    dialect.run(statement.format(numbers=numbers, standing=standing), made=MORNING, **values)


def size() -> dict[str, float]:
    """How many deliveries there are, how many were handed over, and the bytes of one with its indexes.

    What is left of the table of those that went out counts, too.
    """
    rows = Delivery.objects.count()
    sent = Delivery.objects.filter(state=State.SENT).count()
    both = size_of("alerts_delivery") + size_of("alerts_outgoing")
    return {"rows": rows, "sent": sent, "bytes_a_row": both / rows}
