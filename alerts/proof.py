"""Proof, every 15 minutes, that what was due was sent: found without any code of the sender (issue 5, 6).

It asks the rows anew: who follows what met which notice and was told nothing, which reminders' mornings have
passed, which deliveries lie. It reads neither `alerts.pending` nor the ledger's rules, and shares only the
models with them. What it finds is logged as an error and kept as an alarm until it is well again.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alerts import proof_of_asked, proof_of_changes, proof_of_reminders
from alerts.models import Alarm, Delivery, Lane, Match, Receipt, Unfiled
from alerts.proof_rows import ALERTS, FILED, UNFILED, digests, in_message, met, standing, was_refused
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
from subscribers.models import Channel

logger = logging.getLogger(__name__)


def overdue(now: datetime) -> list[str]:
    """What was due before `now` and was not done, in Chinese, a line each; nothing when all is well."""
    checks: tuple[Callable[[datetime], Iterator[str]], ...] = (
        _unmatched, _unfiled, _untold_alerts, _untold_digests,
        proof_of_reminders.unsent, *proof_of_changes.CHECKS,
        proof_of_asked.unasked, proof_of_asked.not_put_off_to_today, proof_of_asked.followers_not_reminded,
        proof_of_asked.followers_not_told_of_changes, proof_of_asked.starts_not_told, _lying,
        _broken_receipts,
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
    if awake_since(now, ALERT_PATIENCE):
        yield from _untold(ALERTS, now, before=now - ALERT_PATIENCE, name="即时")


def _untold_digests(now: datetime) -> Iterator[str]:
    """By the slot before this moment: a quarter of an hour after it, and until evening."""
    for name, asked in digests(now).items():
        yield from _untold(asked, now, before=passed_slot(now) or now, name=name)


def _untold(asked: Q, now: datetime, before: datetime, name: str) -> Iterator[str]:
    """Subscriptions with a match that their person was told nothing of, on a channel that they chose."""
    untold: set[tuple[int, int]] = set()
    usable = Q(reachable_since__lte=OuterRef("met"))
    for channel in Channel:
        rows = standing(asked, channel, before)
        for among in (FILED, UNFILED):
            found = met(rows, channel, among, usable).filter(met__gte=now - LOOK_BACK, met__lte=before)
            silent = found.exclude(Exists(in_message(channel))).exclude(Exists(was_refused(channel)))
            untold |= set(silent.values_list("subscriber_id", "subject").distinct())
    if untold:
        people = len({person for person, _ in untold})
        yield f"{name}：{people} 人有 {len(untold)} 条命中到时未告知"


def _broken_receipts(now: datetime) -> Iterator[str]:
    """By day and night: what a receiver said goes unheeded until our code is mended."""
    broken = Receipt.objects.filter(taken_at=None, failures__gt=0, at__lte=now - PATIENCE).count()
    if broken:
        yield f"回执：{broken} 条处理时一再出错，对方的答复还没有生效；出错经过在日志里"


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
