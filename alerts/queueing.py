"""Putting deliveries among those that are to go out: each with its row in `Outgoing`, in one transaction.

Composition does the same for many thousand, by a statement (alerts.composition).
"""

import secrets
from collections.abc import Iterable, Sequence

from django.db import transaction

from alerts.models import Delivery, Outgoing


@transaction.atomic
def queue(rows: Sequence[Delivery]) -> int:
    """Makes those of the deliveries whose key is a new one, and lets them go out; how many."""
    composition = secrets.token_hex(16)
    for row in rows:
        row.composition = composition
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    made = Delivery.objects.filter(key__in=[row.key for row in rows], composition=composition)
    return len(let_go(made))


def let_go(made: Iterable[Delivery]) -> list[Outgoing]:
    """Lets deliveries go out that were made in this transaction."""
    rows = [Outgoing(delivery=row, channel=row.channel, priority=row.priority) for row in made]
    return Outgoing.objects.bulk_create(rows)
