"""What a notice sets in motion beside its matches: reminders, and the change it makes to an earlier one."""

from datetime import date, datetime

from alerts import looks, marks
from alerts.models import Change, Reminder
from alerts.slots import is_urgent, reminder_days
from notices.models import Deadline, Notice


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
    marks.follow_deadline(deadline)
    return len(rows)


def record_change(notice: Notice, now: datetime) -> Change | None:
    """That `notice` surely changes an earlier one, told at once when a deadline is near (DESIGN 6.7)."""
    if notice.follows is None:
        if Change.objects.filter(by=notice).exists():
            looks.subject_changed(notice)
        return None
    old_on, new_on = _moved(notice)
    change, is_new = Change.objects.get_or_create(
        by=notice,
        defaults={
            "notice": notice.follows,
            "how": notice.follows_how,
            "old_on": old_on,
            "new_on": new_on,
            "at": now,
            "urgent": is_urgent(now, old_on, new_on),
        },
    )
    looks.arrived(now, now)
    if is_new or change.notice_id != notice.follows_id:
        looks.subject_changed(notice)
    return change


def _moved(notice: Notice) -> tuple[date | None, date | None]:
    """The main deadline before and after what `notice` says of the notice it follows."""
    after = Deadline.objects.filter(notice=notice.follows, is_main=True, reading__notice=notice).first()
    before = Deadline.objects.filter(superseded_by=after).first() if after else None
    return before.on if before else None, after.on if after else None
