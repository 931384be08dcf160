"""Alarms as staff hear of them: one piece of news when a trouble begins, and one when it is over.

The proof words a trouble by what it counts, so the same trouble raises an alarm at each look. Alarms that say
the same but for their numbers, and follow one another within an hour, are one trouble.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q

from alerts.models import Alarm

TOGETHER = timedelta(hours=1)
NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the proof found wrong from `since` on; `until` None while it lasts. `pk` is its first alarm's."""

    pk: int
    said: str
    since: datetime
    until: datetime | None

    @property
    def short(self) -> str:
        """What is wrong, without the other side's last answer."""
        return self.said.split("；")[0]

    def is_over(self, now: datetime) -> bool:
        """For so long that it is not to be expected back."""
        return self.until is not None and self.until + TOGETHER <= now


def troubles(since: datetime) -> list[Trouble]:
    """Those that last, or lasted beyond `since`, in the order in which they began."""
    rows = Alarm.objects.filter(Q(over_at=None) | Q(over_at__gte=since - TOGETHER))
    return folded(rows.order_by("raised_at", "pk"))


def folded(alarms: Iterable[Alarm]) -> list[Trouble]:
    """Alarms in the order in which they were raised, as troubles."""
    latest: dict[str, Trouble] = {}
    found: dict[int, Trouble] = {}
    for alarm in alarms:
        trouble = Trouble(alarm.pk, alarm.said, alarm.raised_at, alarm.over_at)
        before = latest.get(_kind(trouble))
        if before and (before.until is None or trouble.since <= before.until + TOGETHER):
            trouble = replace(trouble, pk=before.pk, since=before.since)
        latest[_kind(trouble)] = found[trouble.pk] = trouble
    return list(found.values())


def _kind(trouble: Trouble) -> str:
    return NUMBERS.sub("", trouble.short)
