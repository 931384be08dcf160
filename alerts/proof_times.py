"""When the proof may expect what was due to be done: pure, and apart from `alerts.slots`, which it checks."""

from datetime import date, datetime, time, timedelta

from config.clock import SHANGHAI
from notices.lexicon.workdays import is_workday

# A notice is matched within seconds and repaired within a minute; a quarter of an hour is a fault.
PATIENCE = timedelta(minutes=15)
# What the proof looks at row by row, it looks at in the hour when it came: four times.
AN_HOUR = timedelta(hours=1)
# An alert waits five minutes for others. A slot is composed at 08:30.
ALERT_PATIENCE = PATIENCE + timedelta(minutes=5)
# A morning's digests to one domain may take hours at its pace (PACE); more, and the pace is too slow.
PACED_PATIENCE = timedelta(hours=4)
# Deliveries that are not on their way out as they should be are looked for among those so young.
IN_SIGHT = timedelta(days=2)
# The proof looks back so far: what is older was reported in its time.
LOOK_BACK = timedelta(days=9)
OPENS, CLOSES, SLOT = time(7, 30), time(21, 0), time(8, 30)


def passed_slot(now: datetime) -> datetime | None:
    """The slot of this day, a quarter of an hour after it and until evening."""
    local = now.astimezone(SHANGHAI)
    slot = datetime.combine(local.date(), SLOT, SHANGHAI)
    return slot if slot + PATIENCE <= local and local.time() < CLOSES else None


def weekdays_at_work(day: date) -> list[int]:
    """The weekdays whose weekly digest comes today to whoever wants working days alone; none on a day off."""
    return sorted({one.isoweekday() for one in _with_days_off(day, -1)})


def mornings_of(day: date, ahead: int) -> list[date]:
    """The deadlines so many days after this morning, or after the days off behind it; none on a day off."""
    return [one + timedelta(days=ahead) for one in _with_days_off(day, 1)]


def _with_days_off(day: date, step: int) -> list[date]:
    """A working day and the days off next to it, one way."""
    if not is_workday(day):
        return []
    days = [day]
    while not is_workday(days[-1] + timedelta(days=step)):
        days.append(days[-1] + timedelta(days=step))
    return days


def awake_since(now: datetime, patience: timedelta) -> bool:
    """Whether it has been day for so long that what waited for the morning should be gone."""
    local = now.astimezone(SHANGHAI)
    opened = datetime.combine(local.date(), OPENS, SHANGHAI)
    return opened + patience <= local and local.time() < CLOSES


def should_be_told(
    cadence: str, weekday: int, since: datetime, now: datetime, workdays_only: bool = False
) -> bool:
    """Whether what is pending since then should be told by now, as far as the last day decides it."""
    if cadence == "at_once":
        return awake_since(now, ALERT_PATIENCE) and since <= now - ALERT_PATIENCE
    slot = passed_slot(now)
    if slot is None or since > slot:
        return False
    days = weekdays_at_work(slot.date()) if workdays_only else [slot.isoweekday()]
    return bool(days) if cadence == "daily" else cadence == "weekly" and weekday in days
