"""Proof, every 15 minutes, that what was due was sent: found without any code of the sender (issue 5, 6).

It asks the rows anew: who follows what met which notice and was told nothing, which reminders' mornings have
passed, which deliveries lie. It reads neither `alerts.pending` nor the ledger's rules, and shares only the
models with them. What it finds is logged as an error and kept as an alarm until it is well again.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alerts import proof_of_asked
from alerts.models import (
    Alarm,
    Change,
    Delivery,
    Lane,
    Mark,
    Match,
    Refusal,
    Reminder,
    Told,
    Unfiled,
)
from alerts.proof_times import (
    ALERT_PATIENCE,
    AN_HOUR,
    IN_SIGHT,
    LOOK_BACK,
    PACED_PATIENCE,
    PATIENCE,
    awake_since,
    passed_slot,
)
from config.clock import machine_now
from notices.models import Notice
from subscribers.models import Channel, Contact, Subscription

logger = logging.getLogger(__name__)


def overdue(now: datetime) -> list[str]:
    """What was due before `now` and was not done, in Chinese, a line each; nothing when all is well."""
    checks: tuple[Callable[[datetime], Iterator[str]], ...] = (
        _unmatched, _unfiled, _untold_alerts, _untold_digests, _unsent_reminders, _untold_changes,
        proof_of_asked.unasked, proof_of_asked.not_put_off_to_today, proof_of_asked.followers_not_reminded,
        proof_of_asked.followers_not_told_of_changes, proof_of_asked.starts_not_told, _lying,
    )  # fmt: skip
    return [line for check in checks for line in check(now)]


@transaction.atomic
def prove(now: datetime) -> list[str]:
    """Raises an alarm for each thing overdue, ends those that are well again; the lines of `overdue`."""
    found = overdue(now)
    for said in found:
        alarm, fresh = Alarm.objects.get_or_create(
            said=said[:300], over_at=None, defaults={"raised_at": now, "seen_at": now}
        )
        if fresh:
            logger.error("overdue: %s", said)
        else:
            Alarm.objects.filter(pk=alarm.pk).update(seen_at=now)
    Alarm.objects.filter(over_at=None).exclude(said__in=[said[:300] for said in found]).update(over_at=now)
    return found


def _unmatched(now: datetime) -> Iterator[str]:
    late = Notice.objects.filter(first_seen_at__lte=now - PATIENCE)
    unread = late.filter(read_at=None).count()
    unmatched = late.exclude(read_at=None).filter(read_at__lte=now - PATIENCE, matched_at=None).count()
    if unread:
        yield f"{unread} 条通知见到已超过 15 分钟，尚未解读"
    if unmatched:
        yield f"{unmatched} 条通知解读已超过 15 分钟，尚未匹配"


def _unfiled(now: datetime) -> Iterator[str]:
    """Matches that nobody finds by their filter and no list has to be filed; row by row, of the last hour."""
    matched = Notice.objects.filter(matched_at__gte=now - AN_HOUR, matched_at__lte=now - PATIENCE)
    unlisted = matched.exclude(Exists(Unfiled.objects.filter(pk=OuterRef("pk"))))
    lost = unlisted.filter(Exists(Match.objects.filter(notice=OuterRef("pk"), filed=False))).count()
    if lost:
        yield f"{lost} 条通知的命中不能按条件查到，也没有排队等候"


def _untold_alerts(now: datetime) -> Iterator[str]:
    if not awake_since(now, ALERT_PATIENCE):
        return
    rows = Subscription.objects.filter(cadence="at_once")
    yield from _untold(rows, now, before=now - ALERT_PATIENCE, name="即时")


def _untold_digests(now: datetime) -> Iterator[str]:
    """By the slot before this moment: a quarter of an hour after it, and until evening."""
    slot = passed_slot(now)
    if slot is None:
        return
    daily = Subscription.objects.filter(cadence="daily", workdays_only=False)
    yield from _untold(daily, now, before=slot, name="每日摘要")
    weekly = Subscription.objects.filter(cadence="weekly", weekday=slot.isoweekday())
    yield from _untold(weekly, now, before=slot, name="每周摘要")


def _untold(rows: QuerySet[Subscription], now: datetime, before: datetime, name: str) -> Iterator[str]:
    """Subscriptions with a match that their person was told nothing of, on a channel that they chose."""
    untold: set[tuple[int, int]] = set()
    for channel in Channel:
        for among in (FILED, UNFILED):
            met = _met(rows, now, channel, among).filter(met__gte=now - LOOK_BACK, met__lte=before)
            silent = met.exclude(Exists(_said(channel))).exclude(Exists(_refused(channel)))
            untold |= set(silent.values_list("subscriber_id", "subject").distinct())
    if untold:
        people = len({person for person, _ in untold})
        yield f"{name}：{people} 人有 {len(untold)} 条命中到时未告知"


# Matches that the index by filter has, and the few of the last minutes that it has not.
FILED = Q(filter__matches__filed=True)
UNFILED = Q(filter__matches__filed=False, filter__matches__notice__in=Unfiled.objects.values("pk"))


def _met(rows: QuerySet[Subscription], now: datetime, channel: str, among: Q) -> QuerySet[Any]:
    """Running subscriptions × matches that they cover, `met` at a time when the channel could be used."""
    notice = "filter__matches__notice"
    counts = Coalesce("since", "began_at")
    beside = rows.filter(_not_paused(now), among, ended_at=None, **{f"by_{channel}": True}).annotate(
        met=F("filter__matches__matched_at"),
        seen=F(f"{notice}__first_seen_at"),
        subject=Coalesce(f"{notice}__follows_id", f"{notice}_id"),
    )
    usable = Contact.objects.filter(
        subscriber=OuterRef("subscriber"), channel=channel, left_at=None, suppressed_at=None,
        reachable_since__lte=OuterRef("met"),
    )  # fmt: skip
    return beside.filter(Exists(usable), met__gte=counts, seen__gte=counts)


def _said(channel: str, **change: str) -> QuerySet[Told]:
    """What stands in a message to the person of the outer row, about its subject."""
    return Told.objects.filter(
        subscriber=OuterRef("subscriber"), notice=OuterRef("subject"), channel=channel,
        delivery__items__notice=OuterRef("subject"), **change,
    )  # fmt: skip


def _refused(channel: str) -> QuerySet[Refusal]:
    return Refusal.objects.filter(
        contact__subscriber=OuterRef("subscriber"), contact__channel=channel, notice=OuterRef("subject")
    )


def _not_paused(now: datetime) -> Q:
    """Whoever's pause ended less than a quarter of an hour ago may still be caught up with."""
    return Q(subscriber__paused_until=None) | Q(subscriber__paused_until__lte=now - ALERT_PATIENCE)


def _unsent_reminders(now: datetime) -> Iterator[str]:
    """This morning's reminders: a deadline in force, a person who met it and asked for that lead, no word."""
    slot = passed_slot(now)
    if slot is None:
        return
    due = Reminder.objects.filter(due_on=slot.date(), deadline__is_main=True, deadline__superseded_by=None)
    reminders = due.select_related("deadline__reading")
    missing = sum(_unreminded(row, slot, now, channel) for row in reminders for channel in Channel)
    if missing:
        yield f"今天的截止提醒：应编发而未编发的有 {missing} 人次"


def _unreminded(reminder: Reminder, slot: datetime, now: datetime, channel: str) -> int:
    deadline = reminder.deadline
    rows = Subscription.objects.filter(_asks_for(reminder.days, deadline.reading.kind == "consultation"))
    telling = Notice.objects.filter(Q(pk=deadline.notice_id) | Q(follows=deadline.notice_id))
    among = Q(filter__matches__notice__in=telling.values("pk"))
    met = _met(rows, now, channel, among).filter(subject=deadline.notice_id, met__lte=slot)
    marked = Mark.objects.filter(notice=deadline.notice_id, subscriber=OuterRef("subscriber"))
    said = _said(channel, change=f"remind:{deadline.on}:{reminder.days}")
    silent = met.exclude(Exists(marked)).exclude(Exists(said)).exclude(Exists(_refused(channel)))
    return silent.values("subscriber").distinct().count()


def _asks_for(days: int, consultation: bool) -> Q:
    """Whoever named that lead, or left it to us: 7, 3, 1, and 3, 1 for consultations (DESIGN 6.6)."""
    named = Subscription.objects.exclude(lead_mask=None).values_list("lead_mask", flat=True).distinct()
    masks = [mask for mask in named if mask is not None and mask >> days & 1]
    by_default = days in ((3, 1) if consultation else (7, 3, 1))
    return Q(lead_mask__in=masks) | (Q(lead_mask=None) if by_default else Q(pk=None))


def _untold_changes(now: datetime) -> Iterator[str]:
    if not awake_since(now, PATIENCE):
        return
    urgent = Change.objects.filter(urgent=True, at__gte=now - LOOK_BACK, at__lte=now - PATIENCE)
    missing = sum(_uninformed(change) for change in urgent)
    if missing:
        yield f"延期、撤销等变更：有 {missing} 人曾获告知而未收到后续"


def _uninformed(change: Change) -> int:
    key, about = f"{change.how}:{change.by_id}", change.notice_id
    told = Told.objects.filter(notice=about, delivery__items__notice=about)
    before = told.filter(
        delivery__composed_at__lt=change.at, delivery__state="sent",
        delivery__contact__left_at=None, delivery__contact__suppressed_at=None,
        subscriber__paused_until=None,
    )  # fmt: skip
    after = told.filter(change=key, delivery__items__change=key, subscriber=OuterRef("subscriber"))
    refused = Refusal.objects.filter(contact=OuterRef("delivery__contact"), notice=about, change=key)
    muted = Mark.objects.filter(notice=about, state="muted", subscriber=OuterRef("subscriber"))
    silent = before.exclude(Exists(after) | Exists(refused) | Exists(muted))
    return silent.values("subscriber").distinct().count()


def _kept_back_by_a_pace() -> Q:
    """What waits for a channel or a domain that is booked ahead at this moment, by the machine's clock."""
    kept = Q(pk=None)
    for name in Lane.objects.filter(next_at__gt=machine_now()).values_list("name", flat=True):
        channel, _, domain = name.partition(":")
        kept |= Q(channel=channel, contact__address__endswith=f"@{domain}" if domain else "")
    return kept


def _lying(now: datetime) -> Iterator[str]:
    """Composed long ago by business time and neither sent nor ended, by channel."""
    if not awake_since(now, PATIENCE):
        return
    many, words = Counter[str](), dict[str, str]()
    paced = Q(_kept_back_by_a_pace(), composed_at__gt=now - PACED_PATIENCE)
    for late in (rows.exclude(paced) for rows in _unsettled(now)):
        many.update(dict(late.values_list("channel").annotate(many=Count("pk")).order_by()))
        for channel in many.keys() - words.keys():
            last = late.filter(channel=channel).exclude(outcome="").order_by("-pk").first()
            words |= {channel: f"；最近一次答复：{last.outcome[:80].rstrip('。')}"} if last else {}
    for channel, count in sorted(many.items()):
        yield f"{count} 个{Channel(channel).label}投递编成已超过 15 分钟仍未送出{words.get(channel, '')}"


def _unsettled(now: datetime) -> Sequence[QuerySet[Delivery]]:
    """The later and the earlier ones that are late. The later are asked of the deliveries themselves.

    So what senders do not see is found, too; nobody finds what lies among all deliveries ever made.
    """
    late = Delivery.objects.filter(state="queued", composed_at__lte=now - PATIENCE)
    return (
        late.filter(composed_at__gt=now - IN_SIGHT),
        late.filter(composed_at__lte=now - IN_SIGHT, outgoing__isnull=False),
    )
