"""What is kept for how long (issue 5, 7). Bodies of messages are never stored: they are made anew from rows.

Rows go in small lots, each in a transaction of its own, so that a sender waits milliseconds. They go by
notice, told rows last: as long as a notice could be told, the row that says it was told stands.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from alerts import dialect
from alerts.models import (
    Alarm,
    Change,
    Delivery,
    DeliveryItem,
    Follow,
    Mark,
    Match,
    NoticeKey,
    NoticeTopic,
    Receipt,
    RecentNotice,
    Reminder,
    Round,
    SoftBounce,
    StaffLetter,
    State,
    Told,
)
from config.clock import SHANGHAI
from notices.models import Deadline, Notice

# A year and a month: last year's call can still be explained while this year's runs.
KEEP = timedelta(days=400)
# After a deadline: corrections and results follow for some weeks, and go to those who were told.
KEEP_AFTER_DEADLINE = timedelta(days=60)
# Ended alarms, receipts and soft bounces tell how the last weeks were; alerts.ladder looks back 30 days.
KEEP_ALARMS = timedelta(days=90)
# Previews look back 90 days (alerts.looking_back).
KEEP_RECENT = timedelta(days=100)
# Rows in one transaction: some 20 ms of SQLite's one write lock, against its 5 s of patience.
LOT = 2000

# Told last: see above.
BY_NOTICE = (
    (Match, "filter_id"), (NoticeKey, "region_key"), (NoticeTopic, "topic"), (Change, "id"),
    (Follow, "subscriber_id"), (Mark, "subscriber_id"), (Told, "subscriber_id"),
)  # fmt: skip


@dataclass
class Pruned:
    """How many rows of each table went."""

    rows: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, count: int) -> None:
        self.rows[table] = self.rows.get(table, 0) + count


def is_past(notice: Notice, now: datetime) -> bool:
    """Whether a notice is so old that nobody is told of it any more, though its page changes."""
    return _past(now).filter(pk=notice.pk).exists()


def prune(now: datetime, lot: int = LOT) -> Pruned:
    """Takes out what is older than it is kept. May be stopped at any moment, and goes on next time."""
    pruned = Pruned()
    for model, _ in BY_NOTICE:
        rows = model.objects.filter(notice=OuterRef("pk"))
        for notice_id in _past(now).filter(Exists(rows)).values_list("pk", flat=True).iterator():
            pruned.add(model._meta.db_table, _empty(model._meta.db_table, notice_id, lot))  # noqa: SLF001
    pruned.add("alerts_delivery", _in_lots(_forgotten(now), lot))
    past_deadlines = Deadline.objects.filter(on__lt=now.astimezone(SHANGHAI).date() - KEEP)
    pruned.add("alerts_reminder", _in_lots(Reminder.objects.filter(deadline__in=past_deadlines), lot))
    pruned.add(
        "alerts_staffletter", _in_lots(StaffLetter.objects.filter(settled_at__lt=now - KEEP_ALARMS), lot)
    )
    recent = RecentNotice.objects.filter(seen_at__lt=now - KEEP_RECENT)
    pruned.add("alerts_recentnotice", _in_lots(recent, lot))
    receipts = Receipt.objects.filter(taken_at__lt=now - KEEP_ALARMS)
    pruned.add("alerts_receipt", _in_lots(receipts, lot))
    pruned.add("alerts_softbounce", _in_lots(SoftBounce.objects.filter(at__lt=now - KEEP_ALARMS), lot))
    pruned.add("alerts_alarm", _in_lots(Alarm.objects.filter(over_at__lt=now - KEEP_ALARMS), lot))
    pruned.add("alerts_round", _in_lots(_looked_past(now), lot))
    return pruned


def _looked_past(now: datetime) -> QuerySet[Round]:
    """Rounds whose matches are gone; never the last, since their numbers must only grow."""
    last = Round.objects.order_by("-number").values_list("number", flat=True)[:1]
    return Round.objects.filter(newest__lt=now - KEEP).exclude(number__in=list(last))


def _past(now: datetime) -> QuerySet[Notice]:
    """Notices long since seen, with no deadline that is ahead or just over."""
    recent = now.astimezone(SHANGHAI).date() - KEEP_AFTER_DEADLINE
    open_still = Deadline.objects.filter(notice=OuterRef("pk"), is_main=True, on__gte=recent)
    return Notice.objects.filter(first_seen_at__lt=now - KEEP).exclude(Exists(open_still)).order_by("pk")


def _empty(table: str, notice_id: int, lot: int) -> int:
    """Deletes a notice's rows of a table whose key is composite, lot by lot."""
    second = {model._meta.db_table: column for model, column in BY_NOTICE}[table]  # noqa: SLF001
    gone = 0
    while True:
        with transaction.atomic():
            count = dialect.run(
                f"DELETE FROM {table} WHERE notice_id = %(notice)s AND {second} IN "  # noqa: S608, names are ours
                f"(SELECT {second} FROM {table} WHERE notice_id = %(notice)s LIMIT %(lot)s)",
                notice=notice_id,
                lot=lot,
            )
        gone += count
        if not count:
            return gone


def _forgotten(now: datetime) -> QuerySet[Delivery]:
    """Settled deliveries of long ago that no told row rests on; what they stood in for goes with them."""
    old = Delivery.objects.filter(composed_at__lt=now - KEEP).exclude(state=State.QUEUED)
    told = Told.objects.filter(
        notice=OuterRef("notice"), subscriber=OuterRef("delivery__contact__subscriber"),
        delivery=OuterRef("delivery"),
    )  # fmt: skip
    still_told = DeliveryItem.objects.filter(Exists(told), delivery=OuterRef("pk"))
    return old.exclude(Exists(still_told)).filter(stand_in=None)


def _in_lots(
    rows: QuerySet[Delivery]
    | QuerySet[Reminder]
    | QuerySet[Alarm]
    | QuerySet[StaffLetter]
    | QuerySet[RecentNotice]
    | QuerySet[Receipt]
    | QuerySet[SoftBounce]
    | QuerySet[Round],
    lot: int,
) -> int:
    gone = 0
    while ids := list(rows.values_list("pk", flat=True)[:lot]):
        rows.model._default_manager.filter(pk__in=ids).delete()  # noqa: SLF001
        gone += len(ids)
    return gone
