"""The two clocks (DESIGN 6.5).

Business time is decided once, at a task's boundary, and passed on as `now`. Leases, back-off and pace
run on the machine's clock. Nothing else may ask what time it is: tests/test_two_clocks.py looks for it.
"""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def business_now(given: str | None = None) -> datetime:
    """The `now` of a task: what its caller gave (ISO 8601 with offset), else the wall clock."""
    if given is None:
        return timezone.now()
    now = datetime.fromisoformat(given)
    if now.tzinfo is None:
        raise ValueError(f"now 须带时区：{given!r}")
    return now


def machine_now() -> float:
    """Seconds since the epoch on this machine, for leases, back-off and pace."""
    return time.time()
