"""Changes of which somebody may still have to be told at once (decision 18).

They are asked about every minute, whatever the years hold. A change is closed once nobody is left who was
told of the notice, or follows it, and has not heard: people who are paused, and the night, keep it open.
Whoever muted the notice does not; that it is muted no more, or that told rows are released, opens it again.
Nobody else comes to be told later: a contact that is restored or new is younger than the change.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from alerts import dialect
from alerts.models import Change, DeliveryKind
from alerts.pending import (
    CHANGE_KEY,
    FOLLOWED_BEFORE,
    FOLLOWED_BY,
    TOLD_BEFORE,
    TOLD_BY,
    not_marked,
    untold,
)

# Until then a composition that began before the change was known may still be at work (celeryconfig).
LONGEST_COMPOSITION = timedelta(minutes=15)

_LEFT = """
SELECT 1 FROM {rows} JOIN subscribers_contact c ON {contact}
WHERE {asked} AND {untold} AND {unmuted}
"""


def _left(rows: str, row: str, contact: str, asked: str) -> str:
    person = f"{row}.subscriber_id"
    return _LEFT.format(
        rows=rows,
        contact=contact,
        asked=asked,
        untold=untold("ch.notice_id", CHANGE_KEY, person, f"{row}.channel"),
        unmuted=not_marked(person, "ch.notice_id", "k.state = 'muted'"),
    )


_CLOSE = f"""
UPDATE alerts_change AS ch SET is_open = FALSE WHERE ch.is_open AND ch.at <= %(until)s
AND NOT EXISTS ({_left(TOLD_BEFORE, "first", TOLD_BY, "ch.urgent")})
AND NOT EXISTS ({_left("alerts_follow fo", "fo", FOLLOWED_BY.format(moment="ch.at"), FOLLOWED_BEFORE)})
"""  # noqa: S608, made of our own constants


def close(now: datetime) -> int:
    """Closes those of which nobody is left to be told at once; how many."""
    with transaction.atomic():
        dialect.look_up_rows()
        closed = dialect.run(_CLOSE, until=now - LONGEST_COMPOSITION, kind=DeliveryKind.FOLLOW_UP.value)
    # So that PostgreSQL knows how few are open, and begins with them.
    dialect.renew_statistics("alerts_change")
    return closed


def reopen(notices: Collection[int]) -> None:
    """Somebody may have to be told, after all, how these notices changed."""
    Change.objects.filter(notice__in=notices, is_open=False).update(is_open=True)
