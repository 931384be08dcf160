"""What is due becomes deliveries: one statement per step, part of the people by part (DESIGN 4.5, 6.2).

Every transaction works under a token of its own, its composition: it makes delivery rows, writes told rows
that point at the rows it made itself, and takes the items of a delivery from its told rows. Whoever comes
second finds the told row there and has nothing left to say. A delivery that got nothing is dropped. A slot
that was cut short is gone on with: whom it told already has nothing pending.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alerts import dialect, pending
from alerts.confirming import compose_confirmations
from alerts.filing import file_matches
from alerts.models import Delivery, DeliveryKind, Run
from alerts.rendering import TEMPLATE_VERSION
from alerts.slots import GROUPING, Slot, due_slots, is_quiet
from alerts.starting import start_all
from alerts.stop_notices import compose_stop_notices
from config.clock import SHANGHAI
from notices.lexicon.workdays import is_workday

PRIORITY = {
    DeliveryKind.CONFIRM: 1,
    DeliveryKind.REMINDER: 2,
    DeliveryKind.FOLLOW_UP: 3,
    DeliveryKind.ALERT: 4,
    DeliveryKind.DIGEST: 6,
}

# So many are composed in one transaction, which some 50 notices each make a second long at most: SQLite's one
# write lock is waited for five (make bench ARGS=compose).
PEOPLE = 500
EVERYBODY = {"first": 0, "last": 2**62}

# What is pending for a part of the people, asked once and put to use by the steps that follow.
_PENDING = """
INSERT INTO alerts_composing (subscriber_id, contact_id, channel, notice_id, change, cadence)
SELECT pending.subscriber_id, pending.contact_id, pending.channel, pending.notice_id, pending.change,
    {cadence}
FROM ({pending}) AS pending
"""
_COMPOSING = """
subscriber_id bigint, contact_id bigint, channel varchar(10), notice_id bigint, change varchar(60),
cadence varchar(10)
"""

# All insert in the order of people, so that two composers at once wait for one another and never in a ring.
_DELIVERIES = """
INSERT INTO alerts_delivery (key, kind, contact_id, channel, cadence, slot, composition, template_version,
    composed_at, state, priority, attempts, not_before, lease_until, lease_owner, provider_id, outcome)
SELECT %(key)s || ':' || pending.contact_id, %(kind)s, pending.contact_id,
    (SELECT c.channel FROM subscribers_contact c WHERE c.id = pending.contact_id),
    MAX(pending.cadence), %(slot)s, %(composition)s, %(template_version)s, %(now)s, 'queued', %(priority)s,
    0, 0.0, 0.0, '', '', ''
FROM alerts_composing pending
GROUP BY pending.contact_id
ORDER BY pending.contact_id
ON CONFLICT DO NOTHING
"""

# The delivery is looked up by its key, person by person, as the contact is above: joined, PostgreSQL may read
# all that is pending once for each of them.
_TOLD = """
INSERT INTO alerts_told (subscriber_id, notice_id, change, channel, delivery_id)
SELECT made.subscriber_id, made.notice_id, made.change, made.channel, MIN(made.delivery_id)
FROM (
    SELECT pending.subscriber_id, pending.notice_id, pending.change, pending.channel, (
        SELECT d.id FROM alerts_delivery d
        WHERE d.key = %(key)s || ':' || pending.contact_id AND d.composition = %(composition)s
    ) AS delivery_id
    FROM alerts_composing pending
) AS made
GROUP BY made.subscriber_id, made.notice_id, made.change, made.channel
HAVING MIN(made.delivery_id) IS NOT NULL
ORDER BY made.subscriber_id, made.notice_id, made.change, made.channel
ON CONFLICT DO NOTHING
"""

# A digest that is a daily and a weekly one is laid out as the weekly.
_CADENCE = {DeliveryKind.ALERT: "'at_once'", DeliveryKind.DIGEST: "pending.cadence"}

_WAITING = "SELECT DISTINCT subscriber_id FROM ({pending}) AS pending ORDER BY subscriber_id"

# A reminder that comes first counts as telling (DESIGN 6.2).
_TOLD_BY_REMINDER = """
INSERT INTO alerts_told (subscriber_id, notice_id, change, channel, delivery_id)
SELECT DISTINCT t.subscriber_id, t.notice_id, 'new', t.channel, t.delivery_id
FROM alerts_told t
JOIN alerts_delivery d ON d.id = t.delivery_id AND d.composition = %(composition)s AND d.settled_at IS NULL
WHERE 1 = 1
ORDER BY t.subscriber_id, t.notice_id, t.channel
ON CONFLICT DO NOTHING
"""

# The filters of this person's that the notice met, or that one met which changed it.
_COUNTED = f"""
AND m.matched_at >= {pending.COUNTS_FROM} AND (s.ended_at IS NULL OR m.matched_at < s.ended_at)
"""
_FILTERS = f"""
SELECT {{joined}} FROM (
    SELECT s.filter_id FROM subscribers_subscription s
    JOIN alerts_match m ON m.notice_id = t.notice_id AND m.filter_id = s.filter_id
    WHERE s.subscriber_id = t.subscriber_id {_COUNTED}
    UNION ALL
    SELECT s.filter_id FROM notices_notice f
    JOIN subscribers_subscription s ON s.subscriber_id = t.subscriber_id
    JOIN alerts_match m ON m.notice_id = f.id AND m.filter_id = s.filter_id
    WHERE f.follows_id = t.notice_id {_COUNTED}
) AS met
"""
_ITEMS = """
INSERT INTO alerts_deliveryitem
    (delivery_id, notice_id, change, revision_id, reading_id, deadline_id, filters)
SELECT t.delivery_id, t.notice_id, t.change, r.revision_id, r.id, dl.id, COALESCE(({filters}), '')
FROM alerts_delivery d
JOIN alerts_told t ON t.delivery_id = d.id
JOIN notices_notice n ON n.id = t.notice_id
LEFT JOIN notices_reading r ON r.id = n.reading_id
LEFT JOIN notices_deadline dl
    ON dl.notice_id = n.id AND dl.is_main AND dl.superseded_by_id IS NULL
WHERE d.composition = %(composition)s AND d.settled_at IS NULL
    AND NOT (d.kind = 'reminder' AND t.change = 'new')
ORDER BY t.delivery_id, t.notice_id, t.change
ON CONFLICT DO NOTHING -- a mail that also stands in for WeChat has two told rows for one item
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """One composition: which deliveries, for what is pending by which statement, at which cadences."""

    kind: DeliveryKind
    key: str
    slot: str
    pending: str
    at_once: bool = False
    daily: bool = False
    weekdays: int = 0


def compose_due(now: datetime) -> int:
    """Composes all that is due at `now`: slots, then alerts and urgent changes; the deliveries made."""
    start_all(now)
    missing = missing_slots(now)
    reminders = sum(compose_slot(slot, now) for slot in missing if slot.kind == "remind")
    digests = compose_digests([slot for slot in missing if slot.kind != "remind"], now)
    return (
        reminders
        + digests
        + compose_confirmations(now)
        + compose_stop_notices(now)
        + compose_alerts(now)
        + compose_follow_ups(now)
    )


def missing_slots(now: datetime) -> list[Slot]:
    """The slots that are due and have no run yet."""
    due = due_slots(now)
    done = set(Run.objects.filter(name__in=[slot.name for slot in due]).values_list("name", flat=True))
    return [slot for slot in due if slot.name not in done]


def compose_slot(slot: Slot, now: datetime) -> int:
    """Composes a digest slot or a day's reminders, once: its run row says that it was done."""
    if slot.kind != "remind":
        return compose_digests([slot], now)
    if Run.objects.filter(name=slot.name).exists():
        return 0
    made = _compose(_reminders(slot), now, cut=slot.cut_at, day=slot.day)
    _composed([slot], now)
    return made


def compose_digests(slots: Sequence[Slot], now: datetime) -> int:
    """Composes digest slots, once, as one: whoever has several due gets all in one message.

    What is made up from earlier days takes all up to the latest of them, as that does.
    """
    done = set(Run.objects.filter(name__in=[slot.name for slot in slots]).values_list("name", flat=True))
    missing = [slot for slot in slots if slot.name not in done]
    if not missing:
        return 0
    last = max(missing, key=lambda slot: slot.day)
    made = _compose(_digests(missing), now, cut=last.cut_at, workday=is_workday(last.day))
    _composed(missing, now)
    return made


def _composed(slots: Sequence[Slot], now: datetime) -> None:
    rows = [Run(name=slot.name, cut_at=slot.cut_at, composed_at=now) for slot in slots]
    Run.objects.bulk_create(rows, ignore_conflicts=True)


def compose_alerts(now: datetime) -> int:
    """At once, grouped for five minutes from a contact's first pending match."""
    plan = _alerts(now)
    return _compose(plan, now, cut=now, ripe=now - GROUPING)


def compose_follow_ups(now: datetime) -> int:
    """Urgent changes, at once, to all who were told of the notice on the channel they were told on."""
    return _compose(_follow_ups(now), now, cut=now)


def _reminders(slot: Slot) -> Plan:
    return Plan(DeliveryKind.REMINDER, slot.name, str(slot.day), pending.REMINDERS)


def _digests(slots: Sequence[Slot]) -> Plan:
    day = max(slot.day for slot in slots)
    return Plan(
        DeliveryKind.DIGEST,
        slots[0].name if len(slots) == 1 else f"digest:{day}",
        str(day),
        pending.BY_CADENCE,
        daily=any(slot.kind == "daily" for slot in slots),
        weekdays=sum(1 << weekday for weekday in {slot.weekday for slot in slots if slot.kind == "weekly"}),
    )


def _alerts(now: datetime) -> Plan:
    key = f"alert:{now:%Y%m%dT%H%M%S%f}"
    return Plan(DeliveryKind.ALERT, key, _day(now), pending.GROUPED, at_once=True)


def _follow_ups(now: datetime) -> Plan:
    key = f"follow_up:{now:%Y%m%dT%H%M%S%f}"
    return Plan(DeliveryKind.FOLLOW_UP, key, _day(now), pending.URGENT_CHANGES)


def _asked(plan: Plan, now: datetime) -> dict[str, Any]:
    """What every statement in `pending` asks, but for the bounds of the slot."""
    return {
        "kind": plan.kind.value, "now": now, "workday": True,
        "at_once": plan.at_once, "daily": plan.daily, "weekdays": plan.weekdays, **_weekly_cuts(now),
        "by_day": not is_quiet(now), "today": now.astimezone(SHANGHAI).date(), **pending.LEAD_DEFAULTS,
    }  # fmt: skip


def _weekly_cuts(now: datetime) -> dict[str, datetime]:
    """The latest slot of each weekday, today's included."""
    today = now.astimezone(SHANGHAI).date()
    slots = [Slot("weekly", today - timedelta(days=back)) for back in range(7)]
    return {f"weekly_{slot.weekday}": slot.cut_at for slot in slots}


def _compose(plan: Plan, now: datetime, **bounds: Any) -> int:
    """Part by part, so that whoever wants to write waits for one part alone."""
    file_matches()
    values = {
        "key": plan.key, "slot": plan.slot, "priority": PRIORITY[plan.kind],
        "template_version": TEMPLATE_VERSION, **_asked(plan, now), **bounds,
    }  # fmt: skip
    waiting = dialect.column(_WAITING.format(pending=plan.pending), **values, **EVERYBODY)
    made = 0
    for number, start in enumerate(range(0, len(waiting), PEOPLE)):
        if number.bit_count() == 1:  # the 1st, 2nd, 4th … part: the tables have doubled
            dialect.renew_statistics("alerts_told")
        part = waiting[start : start + PEOPLE]
        made += _compose_part(plan, {**values, "first": part[0], "last": part[-1]})
    return made


@transaction.atomic
def _compose_part(plan: Plan, values: dict[str, Any]) -> int:
    dialect.look_up_rows()
    dialect.empty_temporary_table("alerts_composing", _COMPOSING)
    values["composition"] = composition = secrets.token_hex(16)
    asked = _PENDING.format(pending=plan.pending, cadence=_CADENCE.get(plan.kind, "''"))
    if not dialect.run(asked, **values) or not dialect.run(_DELIVERIES, **values):
        return 0
    dialect.run(_TOLD, **values)
    if plan.kind == DeliveryKind.REMINDER:
        dialect.run(_TOLD_BY_REMINDER, composition=composition)
    _give_items(composition)
    rows = Delivery.objects.filter(composition=composition, settled_at=None)
    rows.filter(items=None).delete()
    return rows.count()


def _give_items(composition: str) -> None:
    filters = _FILTERS.format(joined=dialect.joined_ids("met.filter_id"))
    dialect.run(_ITEMS.format(filters=filters), composition=composition)


def left_to_compose(now: datetime) -> int:
    """What is due at `now` and not composed: missing slots, ripe alerts, urgent changes not told."""
    file_matches()
    ripe = sum(
        dialect.count(
            f"SELECT COUNT(*) FROM ({plan.pending}) AS pending",
            **_asked(plan, now),
            **EVERYBODY,
            cut=now,
            ripe=now - GROUPING,
        )
        for plan in (_alerts(now), _follow_ups(now))
    )
    return len(missing_slots(now)) + ripe


def _day(now: datetime) -> str:
    return str(now.astimezone(SHANGHAI).date())
