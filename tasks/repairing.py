"""Step 7: every minute, whatever was left undone is found in the rows and taken up (DESIGN 4.7)."""

from pathlib import Path

from django.conf import settings

from alerts import bounce_maildir, ledger, looking_back, proof, receipts, retention, staff_letters, taking_in
from config.clock import business_now, machine_now
from notices import understanding
from notices.intake import attachment_visits, incidents
from tasks import app
from tasks.attaching import fetch_attachments
from tasks.composing import compose
from tasks.delivering import deliver_all, deliver_staff_letters
from tasks.reading import match_notices, read_notices


@app.task
def sweep(now: str | None = None) -> None:
    """Nudges every step that has rows waiting: unread, unmatched, missing slots, leases; tells staff."""
    if understanding.waiting():
        read_notices.delay(now)
    elif taking_in.waiting():
        match_notices.delay(now)
    if attachment_visits.any_due(business_now(now)):
        fetch_attachments.delay(now)
    receipts.take(business_now(now), machine_now())
    compose.delay(now)
    if ledger.any_waiting(machine_now()):
        deliver_all.delay(now)
    staff_letters.compose(business_now(now))
    if staff_letters.waiting(machine_now()):
        deliver_staff_letters.delay(now)


@app.task
def prove(now: str | None = None) -> None:
    """Looks, by queries of its own, for what was due and did not go out; raises and lifts alarms."""
    proof.prove(business_now(now))


@app.task
def take_bounces(now: str | None = None) -> None:
    """Empties the mailbox that mails come back to, where there is one."""
    if settings.BOUNCE_MAILDIR:
        bounce_maildir.empty(Path(settings.BOUNCE_MAILDIR), business_now(now))


@app.task
def prune(now: str | None = None) -> None:
    """Removes what is past its time, in lots; then the files that previews read follow the rows."""
    retention.prune(business_now(now))
    looking_back.keep_words(business_now(now))
    incidents.forget_pages(business_now(now))
