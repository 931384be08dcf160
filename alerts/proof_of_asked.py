"""The proof of what people asked for themselves: confirmations, 关注, 稍后提醒, 以最近一周开头.

A part of `alerts.proof`. Like the rest of it, it shares no code with those who compose: notices for a start
are found by the reader of `alerts.match_proof`, which walks them one by one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alerts.match_proof import Facts, facts_of, failing
from alerts.models import Change, Delivery, Follow, Mark, Refusal, Told
from alerts.proof_of_reminders import due_deadlines
from alerts.proof_rows import awake
from alerts.proof_times import LOOK_BACK, PATIENCE, awake_since, passed_slot, should_be_told
from config.clock import SHANGHAI
from notices.models import Deadline, Notice
from subscribers.models import Channel, Contact, Subscription

# A start is looked at for so long after it was due: it either came then or was reported.
STARTS = timedelta(days=8)


def unasked(now: datetime) -> Iterator[str]:
    """Addresses whose owner should have been asked, by day or night: whoever asked is waiting."""
    asked = Contact.objects.filter(
        channel=Channel.EMAIL, asked_at__gt=now - timedelta(days=7), asked_at__lte=now - PATIENCE,
        reachable_since=None, suppressed_at=None, left_at=None,
    )  # fmt: skip
    mails = Delivery.objects.filter(
        contact=OuterRef("pk"), kind="confirm", composed_at__gte=OuterRef("asked_at")
    )
    if many := asked.exclude(Exists(mails)).count():
        yield f"确认地址：{many} 个地址登记已超过 15 分钟，确认信未编发"


def not_put_off_to_today(now: datetime) -> Iterator[str]:
    """稍后提醒 for this morning, on each channel on which the person was told or follows."""
    if passed_slot(now) is None:
        return
    today = now.astimezone(SHANGHAI).date()
    marks = Mark.objects.filter(state="later", until=today)
    in_force = Deadline.objects.filter(
        notice__in=marks.values("notice"), is_main=True, superseded_by=None, on__gte=today
    ).exclude(notice__changes__how="withdraws")
    missing = sum(_not_put_off(marks, deadline, now, channel) for deadline in in_force for channel in Channel)
    if missing:
        yield f"稍后提醒：今天应编发而未编发的有 {missing} 人次"


def _not_put_off(marks: QuerySet[Mark], deadline: Deadline, now: datetime, channel: str) -> int:
    here = {"notice": deadline.notice_id, "subscriber": OuterRef("subscriber"), "channel": channel}
    told = Told.objects.filter(change="new", **here)
    follows = Follow.objects.filter(ended_at=None, **here)
    rows = marks.filter(_reachable(channel, now), notice=deadline.notice_id)
    return sum(
        not _came_as_put_off(mark, deadline, channel) for mark in rows.filter(Exists(told) | Exists(follows))
    )


def _came_as_put_off(mark: Mark, deadline: Deadline, channel: str) -> bool:
    """By the days of its mark a reminder is known: one that was composed after the mark was made."""
    change = f"remind:{deadline.on}:{mark.days}"
    before = Delivery.objects.filter(
        items__notice=deadline.notice_id, items__change=change,
        contact__subscriber=mark.subscriber_id, composed_at__lt=mark.at,
    )  # fmt: skip
    if before.exists():
        change = f"remind:{deadline.on}:0{mark.days}"
    return _was_said(mark.subscriber_id, deadline.notice_id, change, channel)


def followers_not_reminded(now: datetime) -> Iterator[str]:
    """This morning's planned reminders for those who follow a notice, by the leads that hold for all."""
    slot = passed_slot(now)
    if slot is None:
        return
    due = list(due_deadlines(slot))
    missing = sum(
        _not_reminded(deadline, ahead, slot, now, channel) for deadline, ahead in due for channel in Channel
    )
    if missing:
        yield f"关注：今天的截止提醒应编发而未编发的有 {missing} 人次"


def _not_reminded(deadline: Deadline, ahead: int, slot: datetime, now: datetime, channel: str) -> int:
    if ahead not in ((3, 1) if deadline.reading.kind == "consultation" else (7, 3, 1)):
        return 0
    follows = Follow.objects.filter(
        _reachable(channel, now), notice=deadline.notice_id, channel=channel, ended_at=None, at__lte=slot
    )
    held = Q(state__in=("done", "muted")) | Q(state="later", until__gte=slot.date())
    marked = Mark.objects.filter(held, notice=deadline.notice_id, subscriber=OuterRef("subscriber"))
    return sum(
        not _was_said(row.subscriber_id, row.notice_id, f"remind:{deadline.on}:{ahead}", channel)
        for row in follows.exclude(Exists(marked))
    )


def followers_not_told_of_changes(now: datetime) -> Iterator[str]:
    """Changes to what is followed: at once, or at the cadence of 只看我关注的通知的变化."""
    if not awake_since(now, PATIENCE):
        return
    changes = Change.objects.filter(at__gte=now - LOOK_BACK, at__lte=now - PATIENCE)
    missing = sum(_not_told_of(change, now, channel) for change in changes for channel in Channel)
    if missing:
        yield f"关注：有 {missing} 人次的变更到时未告知"


def _not_told_of(change: Change, now: datetime, channel: str) -> int:
    follows = Follow.objects.filter(
        _reachable(channel, now), notice=change.notice_id, channel=channel, ended_at=None, at__lt=change.at
    )
    muted = Mark.objects.filter(notice=change.notice_id, state="muted", subscriber=OuterRef("subscriber"))
    return sum(
        _is_due(row.subscriber_id, change, now)
        and not _was_said(row.subscriber_id, change.notice_id, f"{change.how}:{change.by_id}", channel)
        for row in follows.exclude(Exists(muted))
    )


def _is_due(subscriber_id: int, change: Change, now: datetime) -> bool:
    """Whoever subscribed to the changes of what they follow hears of those that can wait at that cadence."""
    own = Subscription.objects.filter(
        subscriber=subscriber_id, ended_at=None, filter__spec__only_followed=True
    ).values_list("cadence", "weekday", "workdays_only")
    if change.urgent or not own:
        return True
    return any(
        should_be_told(cadence, weekday, change.at, now, workdays_only)
        for cadence, weekday, workdays_only in own
    )


def starts_not_told(now: datetime) -> Iterator[str]:
    """What a subscription that began with the last week should have brought by now."""
    begun = Subscription.objects.filter(
        with_last_week=True, ended_at=None, began_at__gte=now - STARTS, workdays_only=False
    ).filter(awake(now - LOOK_BACK))
    known: dict[int, Facts] = {}
    missing = sum(_missing_of(row, channel, known, now) for row in begun for channel in Channel)
    if missing:
        yield f"以最近一周开头：有 {missing} 条到时未告知"


def _missing_of(row: Subscription, channel: str, known: dict[int, Facts], now: datetime) -> int:
    contact = Contact.objects.filter(
        subscriber=row.subscriber_id, channel=channel, left_at=None, suppressed_at=None,
        reachable_since=F("confirmed_at"),
    ).first()  # fmt: skip
    if contact is None or contact.reachable_since is None or not getattr(row, f"by_{channel}"):
        return 0
    pending_since = max(row.began_at, contact.reachable_since)
    if not should_be_told(row.cadence, row.weekday, pending_since, now):
        return 0
    week = Notice.objects.filter(
        silent=False, first_seen_at__gte=row.since or row.began_at, first_seen_at__lt=row.began_at,
        matched_at__isnull=False, reading__isnull=False,
    ).select_related("reading__revision")  # fmt: skip
    asked = [notice for notice in week if failing(row.filter.spec, _facts(notice, known)) is None]
    subjects = {notice.follows_id or notice.pk for notice in asked}
    return sum(not _was_said(row.subscriber_id, subject, "new", channel) for subject in subjects)


def _facts(notice: Notice, known: dict[int, Facts]) -> Facts:
    if notice.pk not in known:
        known[notice.pk] = facts_of(notice)
    return known[notice.pk]


def _reachable(channel: str, now: datetime) -> Q:
    """Of the outer row's person: a usable contact on the channel, and no pause now or just over."""
    contact = Contact.objects.filter(
        subscriber=OuterRef("subscriber"), channel=channel, left_at=None, suppressed_at=None,
        reachable_since__lte=now - PATIENCE,
    )  # fmt: skip
    return Q(Exists(contact)) & awake(now - timedelta(days=1))


def _was_said(subscriber_id: int, notice_id: int, change: str, channel: str) -> bool:
    """Whether it stands in a message to the person, or was refused there and will not be tried again."""
    said = Told.objects.filter(
        subscriber=subscriber_id, notice=notice_id, change=change, channel=channel,
        delivery__items__notice=notice_id,
    )  # fmt: skip
    refused = Refusal.objects.filter(
        contact__subscriber=subscriber_id, contact__channel=channel, notice=notice_id, change=change
    )
    return said.exists() or refused.exists()
