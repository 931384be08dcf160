"""Beside step 3: the files of what was read, which nobody waits for."""

from config.clock import business_now
from notices.intake.attachment_visits import any_due, fetch_files
from tasks import app
from tasks.reading import read_notices


@app.task
def fetch_attachments(now: str | None = None) -> None:
    """Fetches and reads a few files that are due; nudges the readers where one said something."""
    moment = business_now(now)
    report = fetch_files(moment)
    if report.told:
        read_notices.delay(now)
    # Files whose host is busy are left to the sweep: asking again at once would spin.
    if report.taken and any_due(moment):
        fetch_attachments.delay(now)
