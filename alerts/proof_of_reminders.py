"""The proof of this morning's planned reminders; a part of `alerts.proof`.

Which deadlines are due is found from the deadlines and the calendar, not from the rows that were planned.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alerts.models import Change, Mark, Told
from alerts.proof_rows import awake, in_message, met, standing, was_refused
from alerts.proof_times import mornings_of, passed_slot
from notices.models import Deadline, Notice
from subscribers.models import Channel, Subscription

LONGEST_LEAD = 30


def unsent(now: datetime) -> Iterator[str]:
    """A deadline in force, a person who met it and asked for that lead, no word."""
    slot = passed_slot(now)
    if slot is None:
        return
    due = list(due_deadlines(slot))
    missing = sum(
        _unreminded(deadline, ahead, slot, channel) for deadline, ahead in due for channel in Channel
    )
    if missing:
        yield f"今天的截止提醒：应编发而未编发的有 {missing} 人次"


def due_deadlines(slot: datetime) -> Iterator[tuple[Deadline, int]]:
    """Deadlines in force that were known by this morning, with the days ahead of which it reminds."""
    leads: dict[date, list[int]] = {}
    for ahead in range(LONGEST_LEAD + 1):
        for day in mornings_of(slot.date(), ahead):
            leads.setdefault(day, []).append(ahead)
    withdrawn = Change.objects.filter(notice=OuterRef("notice"), how="withdraws")
    # As it stands, SQLite would go by the index of what supersedes, where nearly all have nothing.
    of_these_days = Deadline.objects.alias(moved=Coalesce("superseded_by", 0)).filter(on__in=list(leads))
    rows = of_these_days.filter(is_main=True, moved=0, reading__made_at__lte=slot)
    for deadline in rows.exclude(Exists(withdrawn)).select_related("reading"):
        for ahead in leads[deadline.on]:
            yield deadline, ahead


def _unreminded(deadline: Deadline, ahead: int, slot: datetime, channel: str) -> int:
    asked = _asks_for(ahead, deadline.reading.kind == "consultation")
    running = standing(asked, channel, slot).filter(ended_at=None)
    telling = Notice.objects.filter(Q(pk=deadline.notice_id) | Q(follows=deadline.notice_id))
    among = Q(filter__matches__notice__in=telling.values("pk"))
    marked = Mark.objects.filter(notice=deadline.notice_id, subscriber=OuterRef("subscriber"))
    told = in_message(channel, change=f"remind:{deadline.on}:{ahead}")
    people: set[int] = set()
    for rows in (running, _edited_to(running, slot)):
        found = met(rows, channel, among, _usable(deadline, slot, channel))
        found = found.filter(subject=deadline.notice_id, met__lte=slot)
        silent = found.exclude(Exists(marked)).exclude(Exists(told)).exclude(Exists(was_refused(channel)))
        people |= set(silent.values_list("subscriber", flat=True))
    return len(people)


def _edited_to(running: QuerySet[Subscription], slot: datetime) -> QuerySet[Subscription]:
    """What was edited into one of these, at once or by and by."""
    after = running.filter(subscriber=OuterRef("subscriber"), began_at__gte=OuterRef("ended_at"))
    same_list = Exists(after.filter(list=OuterRef("list")))
    no_list = Q(Exists(after.filter(list=None)), list=None)
    return Subscription.objects.filter(no_list | Q(same_list), awake(slot), moved=True)


def _usable(deadline: Deadline, slot: datetime, channel: str) -> Q:
    """A contact as old as the match, or any where the person was told of the notice on that channel."""
    told = Told.objects.filter(
        notice=deadline.notice_id, subscriber=OuterRef("subscriber"), channel=channel, change="new"
    )
    return Q(reachable_since__lte=OuterRef("met")) | Q(Exists(told), reachable_since__lte=slot)


def _asks_for(days: int, consultation: bool) -> Q:
    """Whoever named that lead, or left it to us: 7, 3, 1, and 3, 1 for consultations (DESIGN 6.6)."""
    named = Subscription.objects.exclude(lead_mask=None).values_list("lead_mask", flat=True).distinct()
    masks = [mask for mask in named if mask is not None and mask >> days & 1]
    by_default = days in ((3, 1) if consultation else (7, 3, 1))
    return Q(lead_mask__in=masks) | (Q(lead_mask=None) if by_default else Q(pk=None))
