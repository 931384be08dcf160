"""Step 5: what is due becomes deliveries."""

from alerts.compose import compose_due
from config.clock import business_now
from tasks import app
from tasks.delivering import deliver_all


@app.task
def compose(now: str | None = None) -> None:
    """Composes slots, alerts and urgent changes; nudges the senders when there is something to send."""
    if compose_due(business_now(now)):
        deliver_all.delay(now)
