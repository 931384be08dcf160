"""What the replay came to: counted from rows where they say why, and from the sinks' files for repeats."""

import email
import json
from collections import Counter
from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from alerts.models import Change, Delivery, DeliveryItem, DeliveryKind, Match, State
from notices.models import Item, Notice, Reading, Source
from subscribers.models import Channel


def totals(outbox: Path, phone_log: Path) -> dict[str, Any]:
    """The figures of report.json as they stand now, over all runs."""
    return {
        "sources": Source.objects.filter(enabled=True).count(),
        "items_baseline": Item.objects.filter(baseline=True).count(),
        "notices_new": Notice.objects.count(),
        "readings": Reading.objects.count(),
        "matches": Match.objects.count(),
        "deliveries": deliveries(),
        "reminders": reminders(),
        "follow_ups": Change.objects.count(),
        "repeats": repeats(outbox, phone_log),
    }


def deliveries() -> dict[str, dict[str, int]]:
    """What was handed over, by kind and channel."""
    sent = Delivery.objects.filter(state=State.SENT).values_list("kind", "channel")
    counted = Counter(sent)
    return {
        kind.value: {channel.value: counted[kind.value, channel.value] for channel in Channel}
        for kind in DeliveryKind
    }


def reminders() -> list[dict[str, Any]]:
    """The reminders that went out: which notice, which deadline, how many days ahead, on which day."""
    items = DeliveryItem.objects.filter(delivery__kind=DeliveryKind.REMINDER, delivery__state=State.SENT)
    rows = items.values_list("notice__title", "change", "delivery__slot").distinct()
    return [
        {"notice": title, "deadline": deadline, "days": int(days), "sent_on": sent_on}
        for sent_on, deadline, title, days in sorted(
            (slot, change.split(":")[1], title, change.split(":")[2]) for title, change, slot in rows
        )
    ]


def repeats(outbox: Path, phone_log: Path) -> int:
    """Messages that reached somebody twice, by the sinks' own files: the same name, or the same words."""
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in outbox.glob("*.eml")
    ]
    named = Counter((mail["To"], mail["Message-ID"]) for mail in mails)
    worded = Counter((mail["To"], mail["Subject"], _words(mail)) for mail in mails)
    calls = _phone_messages(phone_log)
    phoned = Counter((call["openid"], call["client_msg_id"]) for call in calls)
    said = Counter((call["openid"], json.dumps(call["data"], sort_keys=True), call["url"]) for call in calls)
    return max(_over(named), _over(worded)) + max(_over(phoned), _over(said))


def _words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def _phone_messages(log: Path) -> list[dict[str, Any]]:
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [json.loads(line) for line in lines]


def _over(counted: Mapping[Any, int]) -> int:
    return sum(count - 1 for count in counted.values())


def since(before: Mapping[str, Any], after: Mapping[str, Any], polled: int) -> dict[str, Any]:
    """What one run added; `sources` are those that this run polled."""
    this_run: dict[str, Any] = {
        name: after[name] - before[name]
        for name in ("items_baseline", "notices_new", "readings", "matches", "follow_ups", "repeats")
    }
    this_run["sources"] = polled
    this_run["deliveries"] = {
        kind: {channel: count - before["deliveries"][kind][channel] for channel, count in counts.items()}
        for kind, counts in after["deliveries"].items()
    }
    this_run["reminders"] = [row for row in after["reminders"] if row not in before["reminders"]]
    return {name: this_run[name] for name in after}


def write(path: Path, before: Mapping[str, Any], after: Mapping[str, Any], polled: int) -> None:
    """Leaves report.json (DESIGN section 8)."""
    report = {**after, "this_run": since(before, after, polled)}
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
