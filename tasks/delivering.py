"""Step 6: deliveries are handed over."""

from alerts import staff_letters
from alerts.delivering import deliver
from config.clock import business_now
from subscribers.models import Channel
from tasks import app


@app.task
def deliver_all(now: str | None = None) -> None:
    """Nudges one sender for each channel, so that a slow one does not hold up the others."""
    for channel in Channel:
        deliver_channel.delay(channel.value, now)


@app.task
def deliver_channel(channel: str, now: str | None = None) -> None:
    """Sends what is waiting on one channel."""
    deliver(Channel(channel), business_now(now))


@app.task
def deliver_staff_letters(now: str | None = None) -> None:
    """Sends what staff must hear of."""
    staff_letters.deliver(business_now(now))
