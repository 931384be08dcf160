"""What alerts does with a notice that was read: match it, plan its reminders, record its change."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from alerts.follow_ups import plan_reminders, record_change
from alerts.matching import match
from alerts.retention import is_past
from notices.models import Notice


def waiting() -> list[int]:
    """Notices that are read and not matched since."""
    fresh = Notice.objects.filter(matched_at=None).exclude(Q(read_at=None) | Q(reading=None))
    return list(fresh.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def take_in(notice_id: int, now: datetime) -> int:
    """Brings one read notice to its people; may run twice and does nothing then. The new matches."""
    notice = Notice.objects.select_for_update().filter(pk=notice_id, matched_at=None).first()
    if notice is None or notice.reading is None:
        return 0
    # A page that changes after its told rows are pruned would be told again to everybody.
    untold = notice.silent or is_past(notice, now)
    matches = 0 if untold else match(notice, notice.reading, now)
    if not notice.silent:
        record_change(notice, now)
    plan_reminders(notice.follows or notice, now)
    Notice.objects.filter(pk=notice_id).update(matched_at=now)
    return matches
