"""What is due becomes deliveries: one statement per step, part of the people by part (DESIGN 4.5, 6.2).

Each part is a composition (alerts.composition), which may be done twice or at once and tells once. A slot
that was cut short is gone on with: whom it told already has nothing pending.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from alerts import dialect, looks, open_changes, pending, pending_reminders
from alerts.composition import Plan, compose_part
from alerts.confirming import compose_confirmations
from alerts.follow_ups import plan_asked
from alerts.models import DeliveryKind, Run
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

# So many are composed in one transaction. With some 50 notices each that is 0.2 to 0.3 s of a processor, and
# with four times as many rows, or on a busy machine, still less than two: SQLite's one write lock is waited
# for five (make bench ARGS=compose).
PEOPLE = 250

_WAITING = "SELECT DISTINCT subscriber_id FROM ({pending}) AS pending ORDER BY subscriber_id"


def compose_due(now: datetime) -> int:
    """Composes all that is due at `now`: slots, then alerts and urgent changes; the deliveries made."""
    start_all(now)
    missing = missing_slots(now)
    reminders = sum(compose_slot(slot, now) for slot in missing if slot.kind == "remind")
    digests = compose_digests([slot for slot in missing if slot.kind != "remind"], now)
    alerts = compose_alerts(now)
    if missing:  # once a day
        remember_alerts(now)
        open_changes.close(now)
    others = compose_confirmations(now) + compose_stop_notices(now) + compose_follow_ups(now)
    return reminders + digests + alerts + others


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
    plan_asked(slot)
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


def remember_alerts(now: datetime) -> None:
    """So that those who are told at once are not asked about their whole past every minute."""
    ripe = now - GROUPING
    whole = looks.whole_until(ripe, looks.take_stock())
    looks.remember_at_once({**_asked(_alerts(now), now), "cut": ripe, "round": whole})


def compose_follow_ups(now: datetime) -> int:
    """Urgent changes, at once, to all who were told of the notice on the channel they were told on."""
    return _compose(_follow_ups(now), now, cut=now)


def _reminders(slot: Slot) -> Plan:
    return Plan(DeliveryKind.REMINDER, slot.name, str(slot.day), pending_reminders.REMINDERS)


def _digests(slots: Sequence[Slot]) -> Plan:
    day = max(slot.day for slot in slots)
    weekly = {slot.day for slot in slots if slot.kind == "weekly"}
    return Plan(
        DeliveryKind.DIGEST,
        slots[0].name if len(slots) == 1 else f"digest:{day}",
        str(day),
        pending.BY_CADENCE,
        pending.MAY_BY_CADENCE,
        daily=any(slot.kind == "daily" for slot in slots),
        weekdays=_bits(weekly),
        at_work=_bits(weekly | _days_off_before(day)) if is_workday(day) else 0,
    )


def _bits(days: Collection[date]) -> int:
    return sum(1 << weekday for weekday in {day.isoweekday() for day in days})


def _days_off_before(day: date) -> set[date]:
    """Days off that no digest of a working day has made up since, a fortnight back at most."""
    earlier = [day - timedelta(days=back) for back in range(1, 15)]
    names = [Slot("daily", one).name for one in earlier if is_workday(one)]
    composed = set(Run.objects.filter(name__in=names).values_list("name", flat=True))
    since = takewhile(lambda one: Slot("daily", one).name not in composed, earlier)
    return {one for one in since if not is_workday(one)}


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
        "at_once": plan.at_once, "daily": plan.daily, "weekdays": plan.weekdays, "at_work": plan.at_work,
        **_weekly_cuts(now),
        "by_day": not is_quiet(now), "today": now.astimezone(SHANGHAI).date(),
        **pending_reminders.LEAD_DEFAULTS,
    }  # fmt: skip


def _weekly_cuts(now: datetime) -> dict[str, datetime]:
    """The latest slot of each weekday, today's included."""
    today = now.astimezone(SHANGHAI).date()
    slots = [Slot("weekly", today - timedelta(days=back)) for back in range(7)]
    return {f"weekly_{slot.weekday}": slot.cut_at for slot in slots}


def _compose(plan: Plan, now: datetime, **bounds: Any) -> int:
    """Part by part, so that whoever wants to write waits for one part alone."""
    whole = looks.whole_until(bounds["cut"], looks.take_stock())
    values = {
        "key": plan.key, "slot": plan.slot, "priority": PRIORITY[plan.kind],
        "template_version": TEMPLATE_VERSION, "round": whole,
        **_asked(plan, now), **bounds,
    }  # fmt: skip
    waiting = _waiting(plan, values | pending.EVERYBODY)
    made = 0
    for number, start in enumerate(range(0, len(waiting), PEOPLE)):
        if number.bit_count() == 1:  # the 1st, 2nd, 4th … part: the tables have doubled
            dialect.renew_statistics("alerts_told")
        part = waiting[start : start + PEOPLE]
        made += compose_part(plan, {**values, "first": part[0], "last": part[-1]})
    return made


def _waiting(plan: Plan, values: dict[str, Any]) -> list[int]:
    """Everyone of whom `pending` may find something.

    For follow-ups and reminders from the few changes that are open, and from what is due that day.
    """
    statement = _WAITING.format(pending=plan.waiting or plan.pending)
    if plan.kind not in (DeliveryKind.FOLLOW_UP, DeliveryKind.REMINDER):
        return dialect.column(statement, **looks.with_bound(values))
    with dialect.rows_looked_up():
        return dialect.column(statement, **looks.with_bound(values))


def left_to_compose(now: datetime) -> int:
    """What is due at `now` and not composed: missing slots, ripe alerts, urgent changes not told."""
    looks.take_stock()
    bounds = {"cut": now, "ripe": now - GROUPING, **pending.EVERYBODY}
    ripe = sum(
        dialect.count(
            f"SELECT COUNT(*) FROM ({plan.pending}) AS pending",
            **looks.with_bound(_asked(plan, now) | bounds),
        )
        for plan in (_alerts(now), _follow_ups(now))
    )
    return len(missing_slots(now)) + ripe


def _day(now: datetime) -> str:
    return str(now.astimezone(SHANGHAI).date())
