"""What a notice sets in motion beside its matches: reminders, and the change it makes to an earlier one."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.db.models.functions import Coalesce

from alerts import looks, marks
from alerts.models import Change, Delivery, Reminder
from alerts.slots import LEAD_DAYS, Slot, is_urgent, reminded_of, reminder_days
from notices.models import Deadline, Notice
from subscribers import lead_days
from subscribers.models import Subscription

# A task that takes notices in is at it for minutes at most (celeryconfig).
LONGEST_BATCH = timedelta(minutes=15)


def plan_reminders(notice: Notice, now: datetime) -> int:
    """One row per lead for the notice's main deadline in force; those of an old one are passed by in SQL."""
    deadline = notice.deadlines.filter(is_main=True, superseded_by=None).first()
    if deadline is None:
        return 0
    rows = [
        Reminder(deadline=deadline, days=days, due_on=due)
        for days, due in reminder_days(deadline.on, now).items()
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    marks.follow_deadline(deadline, now)
    return len(rows)


def plan_asked(slot: Slot) -> None:
    """Rows for the leads of this morning: those that people named themselves are planned by nobody before.

    By the calendar as it stands: one that was published since may have moved a row to this day.
    """
    leads = defaultdict[date, list[int]](list)
    for ahead in _leads():
        for day in reminded_of(slot.day, ahead):
            leads[day].append(ahead)
    # As it stands, SQLite would go by the index of what supersedes, where nearly all have nothing.
    of_these_days = Deadline.objects.alias(moved=Coalesce("superseded_by", 0)).filter(on__in=list(leads))
    in_force = of_these_days.filter(is_main=True, moved=0, reading__made_at__lte=slot.cut_at)
    rows = [
        Reminder(deadline=deadline, days=ahead, due_on=slot.day)
        for deadline in in_force
        for ahead in leads[deadline.on]
    ]
    Reminder.objects.bulk_create(
        rows, update_conflicts=True, update_fields=["due_on"], unique_fields=["deadline", "days"]
    )


def _leads() -> set[int]:
    named = Subscription.objects.filter(ended_at=None).exclude(lead_mask=None)
    masks = named.values_list("lead_mask", flat=True).distinct()
    return {*LEAD_DAYS, *(ahead for mask in masks if mask for ahead in lead_days.days(mask))}


def record_change(notice: Notice, now: datetime) -> Change | None:
    """That `notice` surely changes an earlier one, told at once when a deadline is near (DESIGN 6.7).

    Of another reading the link may differ, or be gone: the change then is to what it changes now, or none.
    """
    before = Change.objects.select_for_update().filter(by=notice).first()
    if before and before.notice_id == notice.follows_id:
        return before
    if before:
        before.delete()
    if before or notice.follows:
        looks.subject_changed(notice)
    return _recorded(notice, notice.follows, now) if notice.follows else None


def _recorded(by: Notice, subject: Notice, now: datetime) -> Change:
    old_on, new_on = _moved(by, subject)
    at = _after_what_was_told(now)
    looks.arrived(at, at)
    return Change.objects.create(
        notice=subject, by=by, how=by.follows_how, old_on=old_on, new_on=new_on, at=at,
        urgent=is_urgent(now, old_on, new_on),
    )  # fmt: skip


def _after_what_was_told(now: datetime) -> datetime:
    """`now`, or the first moment after all that was composed until this very moment.

    Notices are taken in batch by batch, and what is composed meanwhile bears a later time than the batch: it
    was told before the change was known all the same. What lies further ahead bears a clock that was wrong.
    """
    meanwhile = Delivery.objects.filter(composed_at__gte=now, composed_at__lt=now + LONGEST_BATCH)
    last = meanwhile.aggregate(last=Max("composed_at"))["last"]
    return last + timedelta(microseconds=1) if last else now


def _moved(by: Notice, subject: Notice) -> tuple[date | None, date | None]:
    """The main deadline before and after what `by` says; a withdrawal, which names none, is of the old."""
    main = Deadline.objects.filter(notice=subject, is_main=True)
    after = main.filter(reading__notice=by).first()
    before = Deadline.objects.filter(superseded_by=after) if after else main.filter(superseded_by=None)
    old = before.first()
    return old.on if old else None, after.on if after else None
