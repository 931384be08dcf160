"""Step 3 and 4: what is new is read, and brought to those who asked for it."""

from alerts import taking_in
from config.clock import business_now
from notices import understanding
from tasks import app
from tasks.alone import each_alone


@app.task
def read_notices(now: str | None = None) -> None:
    """Reads what is unread."""
    moment = business_now(now)
    each_alone("read", understanding.waiting(), lambda pk: understanding.understand(pk, moment))
    match_notices.delay(now)


@app.task
def match_notices(now: str | None = None) -> None:
    """Matches what is read, plans its reminders, records its changes."""
    moment = business_now(now)
    each_alone("match", taking_in.waiting(), lambda pk: taking_in.take_in(pk, moment))
