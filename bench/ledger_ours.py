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
    done = work(f"bench:{os.getpid()}")
    return {"done": done, "from": begun, "to": time.clock_gettime(time.CLOCK_REALTIME)}


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
WHERE id IN (SELECT id FROM alerts_delivery WHERE channel = 'email' AND state = 'queued'
             ORDER BY priority, id LIMIT 64 {lock}) RETURNING id
"""
_RAW_ONE = """
UPDATE alerts_delivery SET state = 'sent', settled_at = '2026-11-23 09:00:00', provider_id = '4bX1',
    outcome = '250 2.0.0 OK queued as 4bX1' WHERE id = %s AND state = 'claimed' AND lease_owner = %s
"""


def _raw(*, one: bool) -> Callable[[str], int]:
    def work(owner: str) -> int:
        from django.db import connection  # noqa: PLC0415

        lock = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
        done = 0
        with connection.cursor() as cursor:
            while ids := _asked(cursor, _RAW_CLAIM.format(lock=lock), [owner]):
                if one:
                    for pk in ids:
                        cursor.execute(_RAW_ONE, [pk, owner])
                else:
                    together = f"id IN ({', '.join(map(str, ids))})"
                    cursor.execute(_RAW_ONE.replace("id = %s", together), [owner])
                done += len(ids)
        return done

    return work


def _asked(cursor: Any, statement: str, values: list[Any]) -> list[int]:
    cursor.execute(statement, values)
    return sorted(row[0] for row in cursor.fetchall())


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
    "outcome",
)  # fmt: skip


def _deliveries(history: int, queued: int, made: Any) -> Iterator[tuple[Any, ...]]:
    for pk in range(1, history + queued + 1):
        contact = pk % queued + 1
        said = ("sent", "4bX1", "250 2.0.0 OK queued as 4bX1") if pk <= history else ("queued", "", "")
        yield (
            pk, f"daily:2026-11-23:{pk}", "digest", contact, "email", "daily", "2026-11-23", "c" * 32, "1",
            made, said[0], 6, int(pk <= history), 0.0, 0.0, "", said[1], said[2],
        )  # fmt: skip


def _size() -> dict[str, float]:
    from alerts.models import Delivery  # noqa: PLC0415
    from bench.filter_tables import size_of  # noqa: PLC0415

    rows = Delivery.objects.count()
    return {"rows": rows, "bytes_a_row": size_of("alerts_delivery") / rows}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
