"""Step 1 and 2: due sources are polled, new items become notices."""

from config.clock import business_now
from notices.intake.polling import poll
from tasks import app
from tasks.attaching import fetch_attachments
from tasks.reading import read_notices


@app.task
def poll_sources(now: str | None = None) -> None:
    """Polls a batch of due sources; nudges the readers when something is new."""
    report = poll(business_now(now))
    if report.notices_new or report.revisions_new:
        read_notices.delay(now)
        fetch_attachments.delay(now)
