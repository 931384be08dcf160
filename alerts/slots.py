"""When digests and reminders are due: pure, from `now` alone (DESIGN sections 4 and 6.6)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from config.clock import SHANGHAI
from notices.lexicon.workdays import back_to_workday, is_workday

MORNING = time(8, 30)
# A slot missed by then is left: its matches go into the next one, and nobody is woken by a digest.
EVENING = time(21, 0)
# By night nothing is sent but what is due that very day.
WAKING = time(7, 30)
GROUPING = timedelta(minutes=5)
LEAD_DAYS = (14, 7, 3, 1)
URGENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Slot:
    """A period to compose for: what was matched up to `cut_at`, told under the name of `day`."""

    kind: Literal["daily", "weekly", "remind"]
    day: date

    @property
    def name(self) -> str:
        """The key of its run."""
        return f"{self.kind}:{self.day}"

    @property
    def cut_at(self) -> datetime:
        """08:30 of its day, Asia/Shanghai."""
        return datetime.combine(self.day, MORNING, SHANGHAI)

    @property
    def weekday(self) -> int:
        """1 Monday … 7 Sunday."""
        return self.day.isoweekday()


def due_slots(now: datetime) -> list[Slot]:
    """The slots that should stand composed at `now`: reminders first, since they count as telling.

    A weekly slot that was missed is made up on the days after; a daily one and a day's reminders only on
    their own day, since the next day has its own (DESIGN 6.6: a missed day is not made up late).
    """
    local = now.astimezone(SHANGHAI)
    if not MORNING <= local.time() < EVENING:
        return []
    today = local.date()
    weekly = [Slot("weekly", today - timedelta(days=back)) for back in range(6, -1, -1)]
    return [Slot("remind", today), *weekly, Slot("daily", today)]


def reminder_days(on: date, now: datetime) -> dict[int, date]:
    """Days ahead → the working day on which to remind; only those whose morning is still to come."""
    planned = {days: back_to_workday(on - timedelta(days=days)) for days in LEAD_DAYS}
    return {days: due for days, due in planned.items() if Slot("remind", due).cut_at > now}


def reminded_of(day: date, ahead: int) -> list[date]:
    """The deadlines of which `day` reminds so many days ahead: days off that follow go back to it."""
    if not is_workday(day):
        return []
    days = [day]
    while not is_workday(following := days[-1] + timedelta(days=1)):
        days.append(following)
    return [one + timedelta(days=ahead) for one in days]


def is_quiet(now: datetime) -> bool:
    """Whether people sleep: 21:00 to 07:30, Asia/Shanghai."""
    return not WAKING <= now.astimezone(SHANGHAI).time() < EVENING


def is_urgent(now: datetime, *deadlines: date | None) -> bool:
    """Whether a change must be told at once: the old or the new deadline is within 7 days (DESIGN 6.7)."""
    today = now.astimezone(SHANGHAI).date()
    return any(day is not None and timedelta(0) <= day - today <= URGENT for day in deadlines)
