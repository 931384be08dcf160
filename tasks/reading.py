"""Step 3 and 4: what is new is read, and brought to those who asked for it.

A notice that fails stays as it is: the sweep tries it again, and the proof raises an alarm.
"""

from functools import partial

from alerts import taking_in
from config.alone import alone
from config.clock import business_now
from notices import understanding
from tasks import app


@app.task
def read_notices(now: str | None = None) -> None:
    """Reads what is unread."""
    moment = business_now(now)
    for notice_id in understanding.waiting():
        alone(f"reading notice {notice_id}", partial(understanding.understand, notice_id, moment))
    match_notices.delay(now)


@app.task
def match_notices(now: str | None = None) -> None:
    """Matches what is read, plans its reminders, records its changes."""
    moment = business_now(now)
    for notice_id in taking_in.waiting():
        alone(f"matching notice {notice_id}", partial(taking_in.take_in, notice_id, moment))
