"""How far composing has looked, so that it need not look at everything that was ever met (decision 17).

Times alone cannot say what is new: a match may be kept late, or bear the time of a clock that was wrong.
So what is recorded leaves an arrival in the same transaction; before anything is composed, the arrivals are
put into a round; and where a contact was told all up to a round, only what came in later rounds is looked
for, from the earliest time that any of it bears.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from alerts import dialect, pending
from alerts.filing import file_matches
from alerts.models import Arrival, Look, Match, Round
from notices.models import Notice

# People whose looks are written in one transaction.
PEOPLE = 5000

# Whose look may be set forward: who was asked about now, and has nothing left to be told.
_LOOKED = f"""
INSERT INTO alerts_look (subscription_id, contact_id, round)
SELECT c.subscription_id, c.contact_id, %(round)s FROM ({pending.DUE}) AS c
WHERE (c.looked IS NULL OR c.looked < %(round)s) AND {{nothing_left}}
ORDER BY c.subscription_id, c.contact_id
ON CONFLICT (subscription_id, contact_id) DO UPDATE SET round = excluded.round
WHERE alerts_look.round < excluded.round
"""

# Of a part that was just composed: what got no delivery is still to be told.
_AFTER_COMPOSING = _LOOKED.format(
    nothing_left="""
(c.contact_id IN (
    SELECT d.contact_id FROM alerts_made d
) OR NOT EXISTS (SELECT 1 FROM alerts_composing p WHERE p.contact_id = c.contact_id))
"""
)
_AT_ONCE = _LOOKED.format(
    nothing_left=f"""
c.contact_id NOT IN (SELECT w.contact_id FROM ({pending.BY_CADENCE}) AS w)
"""
)

_PEOPLE = (
    f"SELECT DISTINCT due.subscriber_id FROM ({pending.MAY_BY_CADENCE}) AS due ORDER BY due.subscriber_id"
)


def arrived(oldest: datetime, newest: datetime) -> None:
    """Says, in the transaction that recorded them, that there are matches or changes with such times."""
    Arrival.objects.create(oldest=oldest, newest=newest)


def subject_changed(notice: Notice) -> None:
    """Says that all that a notice met is told of another now, as if it had just arrived."""
    times = Match.objects.filter(notice=notice).aggregate(Min("matched_at"), Max("matched_at"))
    if times["matched_at__min"]:
        arrived(times["matched_at__min"], times["matched_at__max"])


def take_stock() -> int:
    """Before anything is composed: what was recorded is in a round, and found by its filter; the last round.

    In this order: what these rounds hold can then be found. A round that another composer makes meanwhile may
    hold what nobody has filed yet.
    """
    if Arrival.objects.exists():  # a composition every minute need not wait for SQLite's one write lock
        _gather()
    last = Round.objects.aggregate(Max("number"))["number__max"] or 0
    file_matches()
    return last


@transaction.atomic
def _gather() -> None:
    """Puts the arrivals into a round. Of two at once one waits for the other's rows, and finds them gone."""
    rows = list(Arrival.objects.select_for_update().order_by("pk"))
    if not rows:
        return
    Arrival.objects.filter(pk__in=[row.pk for row in rows]).delete()
    floor, newest = min(row.oldest for row in rows), max(row.newest for row in rows)
    last = Round.objects.aggregate(Max("number"))["number__max"] or 0
    Round.objects.create(number=last + 1, floor=floor, newest=newest)
    Round.objects.filter(floor__gt=floor).update(floor=floor)


def whole_until(moment: datetime, last: int) -> int:
    """Of the rounds up to `last` the one before the first that holds something later; 0 for none."""
    later = Round.objects.filter(newest__gt=moment).aggregate(Min("number"))["number__min"]
    return last if later is None else min(last, later - 1)


def with_bound(values: dict[str, Any]) -> dict[str, Any]:
    """The values of `pending`, with the time before which no change is new to the people they name.

    Statements that ask for no cadence need none.
    """
    by_cadence = values["at_once"] or values["daily"] or values["weekdays"]
    return values | {"changes_from": dialect.first(pending.CHANGES_FROM, **values) if by_cadence else None}


def remember_part(values: dict[str, Any]) -> None:
    """After a part was composed, in its transaction: everyone in it who has nothing left was looked at."""
    if values["round"] and values["by_day"]:
        dialect.run(_AFTER_COMPOSING, **values)


def remember_at_once(values: dict[str, Any]) -> None:
    """After alerts were composed: as far as nothing is left to be told to those who are told at once."""
    if not values["round"] or not values["by_day"]:
        return
    people = dialect.column(_PEOPLE, **values, **pending.EVERYBODY)
    for start in range(0, len(people), PEOPLE):
        part = people[start : start + PEOPLE]
        with transaction.atomic():
            dialect.look_up_rows()
            dialect.run(_AT_ONCE, **with_bound(values | {"first": part[0], "last": part[-1]}))


def forget(subscribers: Collection[int]) -> None:
    """What these people were told no longer stands: all is looked at again."""
    Look.objects.filter(contact__subscriber__in=subscribers).delete()
