"""Step 6: deliveries are handed over."""

from alerts import staff_letters
from alerts.delivering import deliver
from config.clock import business_now
from subscribers.models import Channel
from tasks import app

# Beat nudges every 15 s: where all are busy for longer, nudges are dropped and do not pile up.
STALE = 30.0


@app.task
def deliver_all(now: str | None = None) -> None:
    """Nudges one sender for each channel, so that a slow one does not hold up the others."""
    for channel in Channel:
        deliver_channel.apply_async((channel.value, now), expires=STALE)


@app.task
def deliver_channel(channel: str, now: str | None = None) -> None:
    """Sends what is waiting on one channel, for a shift; then queues up behind what else is to be done."""
    if deliver(Channel(channel), business_now(now)):
        deliver_channel.apply_async((channel, now), expires=STALE)


@app.task
def deliver_staff_letters(now: str | None = None) -> None:
    """Sends what staff must hear of."""
    staff_letters.deliver(business_now(now))
