"""One composition: what is pending for a part of the people is put into deliveries (decision 3).

It is one transaction under a token of its own: it makes delivery rows, writes told rows that point at the
rows it made itself, and gives items to what it told. Whoever comes second finds the told row there and has
nothing left to say. A delivery that got nothing is dropped, and the others may go out.

What is pending is put down once, in a table of this connection alone; the steps then ask person by person and
notice by notice what they would otherwise ask for each of the many rows (decision 16).
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from alerts import dialect, looks, pending
from alerts.models import Delivery, DeliveryKind

# What is pending for a part of the people, asked once and put to use by the steps that follow.
_PENDING = """
INSERT INTO alerts_composing (subscriber_id, contact_id, channel, notice_id, change, cadence, only_filter)
SELECT pending.subscriber_id, MIN(pending.contact_id), pending.channel, pending.notice_id, pending.change,
    MAX({cadence}), MAX({only_filter})
FROM ({pending}) AS pending
GROUP BY pending.subscriber_id, pending.notice_id, pending.change, pending.channel
"""
_COMPOSING = """
subscriber_id bigint, contact_id bigint, channel varchar(10), notice_id bigint, change varchar(60),
cadence varchar(10), only_filter bigint
"""

# A digest that is a daily and a weekly one is laid out as the weekly.
_BY_CADENCE = {
    DeliveryKind.ALERT: {"cadence": "'at_once'", "only_filter": "pending.only_filter"},
    DeliveryKind.DIGEST: {"cadence": "pending.cadence", "only_filter": "pending.only_filter"},
}
_NO_CADENCE = {"cadence": "''", "only_filter": "CAST(NULL AS bigint)"}

# All insert in an order of their own, so that two composers at once wait for one another and never in a ring.
_DELIVERIES = """
INSERT INTO alerts_delivery (key, kind, contact_id, channel, cadence, slot, composition, template_version,
    composed_at, state, priority, attempts, provider_id, outcome)
SELECT %(key)s || ':' || pending.contact_id, %(kind)s, pending.contact_id,
    (SELECT c.channel FROM subscribers_contact c WHERE c.id = pending.contact_id),
    MAX(pending.cadence), %(slot)s, %(composition)s, %(template_version)s, %(now)s, 'queued', %(priority)s,
    0, '', ''
FROM alerts_composing pending
GROUP BY pending.contact_id
ORDER BY pending.contact_id
ON CONFLICT DO NOTHING
"""

# Which of them are this composition's own: another may have made the one of that key.
_MADE_HERE = """
INSERT INTO alerts_made (id, contact_id, channel)
SELECT d.id, d.contact_id, d.channel
FROM (SELECT DISTINCT contact_id FROM alerts_composing) AS p
CROSS JOIN alerts_delivery d WHERE d.key = %(key)s || ':' || p.contact_id AND d.composition = %(composition)s
"""
_MADE_COLUMNS = "id bigint, contact_id bigint, channel varchar(10)"

# Delivery by delivery, as the cross join bids SQLite too: they alone are few and found by an index. Where
# there is none, PostgreSQL finds the worst of ways as dear as the best (dialect.look_up_rows).
_MADE = "alerts_made d CROSS JOIN alerts_composing p"
_JUST_NOW = "p.contact_id = d.contact_id"
_TOLD = f"""
INSERT INTO alerts_told (subscriber_id, notice_id, change, channel, delivery_id)
SELECT p.subscriber_id, p.notice_id, p.change, p.channel, d.id
FROM {_MADE} WHERE {_JUST_NOW}
ORDER BY p.notice_id, p.subscriber_id, p.change, p.channel
ON CONFLICT DO NOTHING
"""

# Where another composer was first.
_TOLD_BY_OTHERS = """
DELETE FROM alerts_composing WHERE NOT EXISTS (
    SELECT 1 FROM alerts_told t
    JOIN alerts_delivery d ON d.id = t.delivery_id AND d.composition = %(composition)s
    WHERE t.notice_id = alerts_composing.notice_id AND t.subscriber_id = alerts_composing.subscriber_id
    AND t.change = alerts_composing.change AND t.channel = alerts_composing.channel LIMIT 1 OFFSET 0
)
"""

# A reminder that comes first counts as telling (DESIGN 6.2).
_TOLD_BY_REMINDER = f"""
INSERT INTO alerts_told (subscriber_id, notice_id, change, channel, delivery_id)
SELECT p.subscriber_id, p.notice_id, 'new', p.channel, MIN(d.id)
FROM {_MADE} WHERE {_JUST_NOW}
GROUP BY p.subscriber_id, p.notice_id, p.channel
ORDER BY p.notice_id, p.subscriber_id, p.channel
ON CONFLICT DO NOTHING
"""

# Of several leads that fall on one day all are told, and the longest is said. Before its days `change` has
# "remind:2019-10-29:".
_DAYS = "CAST(SUBSTR({row}.change, 19) AS integer)"
_ONE_LEAD = f"""
DELETE FROM alerts_composing WHERE EXISTS (
    SELECT 1 FROM alerts_composing o
    WHERE o.contact_id = alerts_composing.contact_id AND o.notice_id = alerts_composing.notice_id
    AND {_DAYS.format(row="o")} > {_DAYS.format(row="alerts_composing")}
)
"""

# What stands of each notice now, looked up once for all who are told of it.
_STANDING = f"""
INSERT INTO alerts_standing (notice_id, revision_id, reading_id, deadline_id)
SELECT n.id, r.revision_id, r.id, dl.id
FROM (SELECT DISTINCT p.notice_id FROM {_MADE} WHERE {_JUST_NOW}) AS told
JOIN notices_notice n ON n.id = told.notice_id
LEFT JOIN notices_reading r ON r.id = n.reading_id
LEFT JOIN notices_deadline dl
    ON dl.notice_id = n.id AND dl.is_main AND dl.superseded_by_id IS NULL
"""
_STANDING_COLUMNS = "notice_id bigint, revision_id bigint, reading_id bigint, deadline_id bigint"

# The filters of each person's that the notice met, or that one met which changed it. The offset keeps
# PostgreSQL to one look into the key: joined, it reads all that the filter met.
_MET = f"""
EXISTS (
    SELECT 1 FROM alerts_match m WHERE m.notice_id = {{notice}} AND m.filter_id = s.filter_id
    AND m.matched_at >= {pending.COUNTS_FROM} AND (s.ended_at IS NULL OR m.matched_at < s.ended_at)
    LIMIT 1 OFFSET 0
)
"""
_REASONS = f"""
INSERT INTO alerts_reasons (contact_id, notice_id, filters)
SELECT met.contact_id, met.notice_id, {{joined}} FROM (
    SELECT p.contact_id, p.notice_id, s.filter_id
    FROM {_MADE} CROSS JOIN subscribers_subscription s
    WHERE {_JUST_NOW} AND p.only_filter IS NULL AND s.subscriber_id = p.subscriber_id
    AND {_MET.format(notice="p.notice_id")}
    UNION ALL
    SELECT p.contact_id, p.notice_id, s.filter_id
    FROM {_MADE} CROSS JOIN notices_notice f CROSS JOIN subscribers_subscription s
    WHERE {_JUST_NOW} AND p.only_filter IS NULL AND f.follows_id = p.notice_id
    AND s.subscriber_id = p.subscriber_id AND {_MET.format(notice="f.id")}
) AS met
GROUP BY met.contact_id, met.notice_id
"""
_REASONS_COLUMNS = "contact_id bigint, notice_id bigint, filters text"

# A mail that also stands in for WeChat has two told rows for one item.
_ITEMS = f"""
INSERT INTO alerts_deliveryitem
    (delivery_id, notice_id, change, revision_id, reading_id, deadline_id, filters)
SELECT d.id, p.notice_id, p.change, st.revision_id, st.reading_id, st.deadline_id,
    COALESCE(CAST(p.only_filter AS text), (
        SELECT rs.filters FROM alerts_reasons rs
        WHERE rs.contact_id = p.contact_id AND rs.notice_id = p.notice_id
    ), '')
FROM {_MADE} CROSS JOIN alerts_standing st WHERE {_JUST_NOW} AND st.notice_id = p.notice_id
AND (p.channel = d.channel OR NOT EXISTS (
    SELECT 1 FROM alerts_composing o WHERE o.contact_id = p.contact_id AND o.notice_id = p.notice_id
    AND o.change = p.change AND o.channel = d.channel
))
"""

# Hardly ever are there any, and then few: asked for first, so that nobody goes through all deliveries.
_EMPTY = """
FROM alerts_made WHERE NOT EXISTS (SELECT 1 FROM alerts_deliveryitem i WHERE i.delivery_id = alerts_made.id)
"""
_LET_GO = """
INSERT INTO alerts_outgoing
    (delivery_id, channel, priority, state, attempts, not_before, lease_until, lease_owner)
SELECT d.id, d.channel, %(priority)s, 'queued', 0, 0.0, 0.0, '' FROM alerts_made d ORDER BY d.id
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """One composition: which deliveries, for what is pending by which statement, at which cadences."""

    kind: DeliveryKind
    key: str
    slot: str
    pending: str
    # A quicker statement that yields at least everyone of `pending`.
    waiting: str = ""
    at_once: bool = False
    daily: bool = False
    weekdays: int = 0
    at_work: int = 0


@transaction.atomic
def compose_part(plan: Plan, values: dict[str, Any]) -> int:
    """Composes for the people from `first` to `last` of the values, which `pending` names; the deliveries."""
    dialect.look_up_rows()
    values = looks.with_bound(values) | {"composition": secrets.token_hex(16)}
    made = _compose(plan, values)
    if plan.daily or plan.weekdays:
        looks.remember_part(values)
    return made


def _compose(plan: Plan, values: dict[str, Any]) -> int:
    dialect.empty_temporary_table("alerts_made", _MADE_COLUMNS, "contact_id")
    asked = _take_pending(plan, values)
    if not asked or not dialect.run(_DELIVERIES, **values):
        return 0
    dialect.run(_MADE_HERE, **values)
    if dialect.run(_TOLD, **values) < asked:
        dialect.run(_TOLD_BY_OTHERS, **values)
    if plan.kind == DeliveryKind.REMINDER:
        dialect.run(_TOLD_BY_REMINDER, **values)
        dialect.run(_ONE_LEAD)
    _give_items(values)
    _drop_empty()
    return dialect.run(_LET_GO, **values)


def _drop_empty() -> None:
    empty = dialect.column(f"SELECT id {_EMPTY}")
    if empty:
        Delivery.objects.filter(pk__in=empty).delete()
        dialect.run(f"DELETE {_EMPTY}")


def _take_pending(plan: Plan, values: dict[str, Any]) -> int:
    """How many things are to be told."""
    dialect.empty_temporary_table("alerts_composing", _COMPOSING, "contact_id")
    columns = _BY_CADENCE.get(plan.kind, _NO_CADENCE)
    return dialect.run(_PENDING.format(pending=plan.pending, **columns), **values)


def _give_items(values: dict[str, Any]) -> None:
    dialect.empty_temporary_table("alerts_standing", _STANDING_COLUMNS, "notice_id")
    dialect.run(_STANDING, **values)
    dialect.empty_temporary_table("alerts_reasons", _REASONS_COLUMNS, "contact_id, notice_id")
    dialect.run(_REASONS.format(joined=dialect.joined_ids("met.filter_id")), **values)
    dialect.run(_ITEMS, **values)
