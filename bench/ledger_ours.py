"""Claiming and settling in a process of its own: `python -m bench.ledger_ours WAY` prints JSON.

WAY is `fill HISTORY QUEUED`, `size`, or one of the ways of work: `one` and `many` are the product's ledger,
settling one by one and by 64; `raw-one` and `raw-many` say the least that a database must be told, by hand.
A worker starts at the moment BENCH_START, so that four start together.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import django

BATCH = 64


def main(way: str, *numbers: str) -> dict[str, float]:
    """Does it, on the database that DATABASE_URL names."""
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    django.setup()
    if way == "fill":
        return _fill(int(numbers[0]), int(numbers[1]))
    if way == "size":
        return _size()
    work = {"one": _ours_one, "many": _ours_many, "raw-one": _raw(one=True), "raw-many": _raw(one=False)}[way]
    time.sleep(max(0.0, float(os.environ["BENCH_START"]) - time.clock_gettime(time.CLOCK_REALTIME)))
    begun = time.clock_gettime(time.CLOCK_REALTIME)
    before = time.process_time()
    done = work(f"bench:{os.getpid()}")
    busy = time.process_time() - before
    return {"done": done, "from": begun, "to": time.clock_gettime(time.CLOCK_REALTIME), "busy": busy}


def _ours_one(owner: str) -> int:
    from alerts import ledger  # noqa: PLC0415 - Django must be set up first
    from alerts.outcomes import Sent  # noqa: PLC0415
    from bench.filter_tables import MORNING  # noqa: PLC0415

    done = 0
    while ids := ledger.claim("email", owner, 1.0):
        for pk in ids:
            ledger.settle(pk, owner, Sent("4bX1", "250 2.0.0 OK queued as 4bX1"), MORNING, 1.0)
        done += len(ids)
    return done


def _ours_many(owner: str) -> int:
    from alerts import ledger  # noqa: PLC0415
    from alerts.outcomes import Sent  # noqa: PLC0415
    from bench.filter_tables import MORNING  # noqa: PLC0415

    done, sent = 0, Sent("4bX1", "250 2.0.0 OK queued as 4bX1")
    while ids := ledger.claim("email", owner, 1.0):
        done += ledger.settle_sent(dict.fromkeys(ids, sent), owner, MORNING)
    return done


_RAW_CLAIM = """
UPDATE alerts_delivery SET state = 'claimed', lease_owner = %s, lease_until = 61, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM alerts_delivery WHERE channel = 'email' AND settled_at IS NULL AND state = 'queued'
    ORDER BY priority, id LIMIT 64 {lock}
) RETURNING id
"""
_RAW_SENT = """
UPDATE alerts_delivery SET state = 'sent', settled_at = '2026-11-23 09:00:00', provider_id = '4bX1',
    outcome = '250 2.0.0 OK queued as 4bX1' WHERE {which} AND state = 'claimed' AND lease_owner = %s
"""


def _raw(*, one: bool) -> Callable[[str], int]:
    def work(owner: str) -> int:
        ask, lock, ids_of = _bare()
        done = 0
        while ids := sorted(row[0] for row in ask(_RAW_CLAIM.format(lock=lock), [owner]).fetchall()):
            if one:
                for pk in ids:
                    ask(_RAW_SENT.format(which="id = %s"), [pk, owner])
            else:
                which, value = ids_of(ids)
                ask(_RAW_SENT.format(which=which), [value, owner])
            done += len(ids)
        return done

    return work


def _bare() -> tuple[Callable[..., Any], str, Callable[[list[int]], tuple[str, Any]]]:
    """The driver's own cursor, with prepared statements where there are any; how to lock and to list ids."""
    from django.db import connection  # noqa: PLC0415

    connection.ensure_connection()
    if connection.vendor == "postgresql":
        from psycopg import Cursor  # noqa: PLC0415

        ask = partial(Cursor(connection.connection).execute, prepare=True)
        return ask, "FOR UPDATE SKIP LOCKED", lambda ids: ("id = ANY(%s)", ids)
    plain = connection.cursor().execute
    return plain, "", lambda ids: ("id IN (SELECT value FROM json_each(%s))", json.dumps(ids))


def _fill(history: int, queued: int) -> dict[str, float]:
    """So many that were sent long ago, and so many that wait, of as many people."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from alerts import dialect  # noqa: PLC0415
    from bench.filter_tables import MORNING, analyse, fill  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    made = dialect.moment(MORNING)
    with connection.cursor() as cursor:
        for table in ("alerts_delivery", "subscribers_contact", "subscribers_subscriber"):
            cursor.execute(
                f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table}"  # noqa: S608, our names
            )
    fill("subscribers_subscriber", ("id", "name", "organisation", "created_at"),
         ((pk, "人", "", made) for pk in range(1, queued + 1)))  # fmt: skip
    fill(
        "subscribers_contact",
        ("id", "subscriber_id", "channel", "address", "reachable_since", "suppressed_why", "leave_token"),
        ((pk, pk, "email", f"p{pk}@d{pk % 9}.cn", made, "", f"t{pk}") for pk in range(1, queued + 1)),
    )
    fill("alerts_delivery", _COLUMNS, _deliveries(history, queued, made))
    analyse()
    return {}


_COLUMNS = (
    "id", "key", "kind", "contact_id", "channel", "cadence", "slot", "composition", "template_version",
    "composed_at", "state", "priority", "attempts", "not_before", "lease_until", "lease_owner", "provider_id",
    "outcome", "settled_at",
)  # fmt: skip


def _deliveries(history: int, queued: int, made: Any) -> Iterator[tuple[Any, ...]]:
    for pk in range(1, history + queued + 1):
        contact = pk % queued + 1
        sent = ("sent", "4bX1", "250 2.0.0 OK queued as 4bX1", made)
        said = sent if pk <= history else ("queued", "", "", None)
        yield (
            pk, f"daily:2026-11-23:{pk}", "digest", contact, "email", "daily", "2026-11-23", "c" * 32, "1",
            made, said[0], 6, int(pk <= history), 0.0, 0.0, "", *said[1:],
        )  # fmt: skip


def _size() -> dict[str, float]:
    from alerts.models import Delivery  # noqa: PLC0415
    from bench.filter_tables import size_of  # noqa: PLC0415

    rows = Delivery.objects.count()
    return {"rows": rows, "bytes_a_row": size_of("alerts_delivery") / rows}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
