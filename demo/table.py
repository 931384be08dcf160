"""What the demo prints: for each notice, who was told, how and why; and the days of the reminders."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from alerts.letter_items import LetterItem, NoticeFacts, Reason
from alerts.models import Delivery, DeliveryKind, State
from alerts.presenting import letter_orders, notice_facts
from config.clock import SHANGHAI
from demo.report import reminders
from notices.models import Notice

CHANGES = {"new": "", "extends": "延期", "corrects": "更正", "withdraws": "撤销", "results": "结果"}
CADENCES = {"daily": "每日", "weekly": "每周"}
Line = tuple[str, str, str, str]


def print_table() -> None:
    """A block for each notice: what it is, then a line for each time somebody was told of it."""
    notices = Notice.objects.order_by("first_seen_at", "pk")
    spoken_for = set(notices.exclude(follows=None).values_list("pk", flat=True))
    told = {pk: _together(lines) for pk, lines in _told().items()}
    for facts in notice_facts(list(notices.values_list("pk", flat=True))):
        print(f"\n■ {facts.title}\n  {_summary(facts)}")
        for line in aligned(told.get(facts.id, [])) or [
            "随原通知告知，不另发" if facts.id in spoken_for else "无人订阅"
        ]:
            print(f"    {line}")


def _summary(facts: NoticeFacts) -> str:
    deadline = f"截止 {facts.deadline}" if facts.deadline else ("全年受理" if facts.rolling else "无截止")
    moved = f"（原 {facts.deadline_was}）" if facts.deadline_was else ""
    return f"{'、'.join(facts.places)} ｜ {'、'.join(facts.topics) or '其他'} ｜ {deadline}{moved}"


def _told() -> dict[int, list[Line]]:
    """By notice: when, who, how, why, in the order in which it was said."""
    sent = Delivery.objects.filter(state=State.SENT).select_related("contact__subscriber")
    deliveries = list(sent.order_by("composed_at", "pk"))
    orders = letter_orders([delivery.pk for delivery in deliveries])
    lines: dict[int, list[Line]] = defaultdict(list)
    for delivery in deliveries:
        for item in orders[delivery.pk].items:
            lines[item.facts.id].append(_line(delivery, item))
    return lines


def _together(lines: Sequence[Line]) -> list[Line]:
    """One line for all who were told at one time, in one way, for one reason."""
    names: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for when, who, how, why in lines:
        names[when, how, why].append(who)
    return [(when, "、".join(who), how, why) for (when, how, why), who in names.items()]


def _line(delivery: Delivery, item: LetterItem) -> Line:
    when = f"{delivery.composed_at.astimezone(SHANGHAI):%m-%d %H:%M}"
    why = "；".join(map(_because, item.reasons))
    return when, delivery.contact.subscriber.name, _how(delivery, item), why


def _how(delivery: Delivery, item: LetterItem) -> str:
    channel = delivery.get_channel_display()
    if delivery.kind == DeliveryKind.REMINDER:
        return f"{channel} 提前 {item.days_ahead} 天提醒"
    kind = CADENCES.get(delivery.cadence, "") + delivery.get_kind_display()
    return " ".join(filter(None, [channel, kind, CHANGES.get(item.change, item.change)]))


def _because(reason: Reason) -> str:
    return " · ".join(filter(None, [reason.place, reason.level, *reason.topics, reason.through]))


def print_days() -> None:
    """The days on which reminders went out, and for what."""
    print("\n提醒的日子")
    rows = [
        (row["sent_on"], f"截止 {row['deadline']}", f"提前 {row['days']} 天", row["notice"])
        for row in reminders()
    ]
    for line in aligned(rows) or ["（没有）"]:
        print(f"  {line}")


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns padded to one width each; a Chinese character takes two places."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
