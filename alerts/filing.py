"""Matches go into the index by filter a batch of notices at a time, before somebody asks (decision 15).

A match is recorded in the order of its notice, where it is one of many on a page. By filter each lies on a
page of its own: notice after notice, every page of that index is written for each, and forty together once
for all. Whoever reads matches by filter calls `file_matches` first.
"""

from collections.abc import Iterable

from django.db import transaction

from alerts.models import Match, Unfiled

# Matches in one transaction, unless one notice has more: some 0.3 s of SQLite's one write lock.
LOT = 50_000


def leave(notice_id: int, matches: int) -> None:
    """Says, in the transaction that recorded them, that so many matches of a notice are not filed."""
    Unfiled.objects.bulk_create([Unfiled(notice_id=notice_id, matches=matches)], ignore_conflicts=True)


def file_matches(lot: int = LOT) -> int:
    """Files what is recorded; the number of matches. May be stopped at any moment, and goes on next time."""
    filed = 0
    while waiting := list(Unfiled.objects.order_by("pk").values_list("pk", "matches")):
        filed += _file(first_lot(waiting, lot))
    return filed


def first_lot(waiting: Iterable[tuple[int, int]], lot: int) -> list[int]:
    """The first notices that have no more than `lot` matches together; one, if that alone has more."""
    taken, total = list[int](), 0
    for notice_id, matches in waiting:
        total += matches
        if taken and total > lot:
            break
        taken.append(notice_id)
    return taken


@transaction.atomic
def _file(notice_ids: list[int]) -> int:
    Unfiled.objects.filter(pk__in=notice_ids).delete()
    return Match.objects.filter(notice__in=notice_ids, filed=False).update(filed=True)
