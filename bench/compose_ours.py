"""Composing a weekly digest in a process of its own: `python -m bench.compose_ours PEOPLE` prints JSON.

DATABASE_URL says which database. The peer does the same through the ORM, for some of the people and as well
as the ORM can: one query for the pending, bulk_create for deliveries, told rows and items.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import django

NOTICES_EACH = 45
NOTICES = 300
PEOPLE_A_FILTER = 50
BY_ORM = 2_000


def main(people: int) -> dict[str, float]:
    """Times in seconds for all the people; bytes a row."""
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up first

    call_command("migrate", verbosity=0)
    _settle_in(people)
    figures = {"orm_s": _by_orm() * people / BY_ORM}
    _forget()
    return figures | _ours()


def _slot() -> Any:
    from alerts.slots import Slot  # noqa: PLC0415
    from bench.filter_tables import MORNING  # noqa: PLC0415

    return Slot("weekly", MORNING.date())


def _ours() -> dict[str, float]:
    from alerts import compose  # noqa: PLC0415
    from alerts.models import Delivery, DeliveryItem, Told  # noqa: PLC0415
    from bench.filter_tables import MORNING, size_of  # noqa: PLC0415

    part, longest = compose.compose_part, 0.0

    def timed(*arguments: Any) -> int:
        nonlocal longest
        began = perf_counter()
        made = part(*arguments)
        longest = max(longest, perf_counter() - began)
        return made

    setattr(compose, "compose_part", timed)  # noqa: B010
    began = perf_counter()
    made = compose.compose_slot(_slot(), MORNING)
    figures = {"ours_s": perf_counter() - began, "longest_s": longest, "deliveries": float(made)}
    for model in (Delivery, DeliveryItem, Told):
        table = model._meta.db_table  # noqa: SLF001
        rows = model._default_manager.count()  # noqa: SLF001
        figures |= {f"{table}_rows": rows, f"{table}_bytes": size_of(table) / rows}
    return figures


def _by_orm() -> float:
    """The same rows for the first people, as a Django developer would write it."""
    from alerts.models import Told  # noqa: PLC0415

    began = perf_counter()
    told = set(Told.objects.filter(channel="email", change="new").values_list("subscriber_id", "notice_id"))
    for first in range(1, BY_ORM, 500):
        _part_by_orm(range(first, first + 500), told)
    return perf_counter() - began


def _part_by_orm(people: range, told: set[tuple[int, int]]) -> None:
    from alerts.models import Delivery, DeliveryItem, Told  # noqa: PLC0415
    from alerts.queueing import let_go  # noqa: PLC0415 - after django.setup()
    from bench.filter_tables import MORNING  # noqa: PLC0415
    from notices.models import Deadline  # noqa: PLC0415
    from subscribers.models import Subscription  # noqa: PLC0415

    main = Deadline.objects.filter(is_main=True, superseded_by=None)
    deadlines = dict(main.values_list("notice_id", "pk"))

    wishes = Subscription.objects.filter(
        cadence="weekly", weekday=_slot().weekday, subscriber__in=people,
        subscriber__contacts__channel="email", subscriber__contacts__suppressed_at=None,
    ).prefetch_related("subscriber__contacts")  # fmt: skip
    deliveries = {
        wish.pk: Delivery(
            key=f"orm:{wish.subscriber_id}", kind="digest", contact=wish.subscriber.contacts.all()[0],
            channel="email", cadence="weekly", slot="orm", composition="orm", template_version="1",
            composed_at=MORNING,
        )
        for wish in wishes
    }  # fmt: skip
    let_go(Delivery.objects.bulk_create(deliveries.values()))
    fresh = [
        (wish, match, deliveries[wish.pk])
        for wish, match in _met_by_orm(list(wishes))
        if match.matched_at >= wish.began_at and (wish.subscriber_id, match.notice_id) not in told
    ]
    Told.objects.bulk_create(
        [
            Told(subscriber_id=wish.subscriber_id, notice_id=match.notice_id, change="new", channel="email",
                 delivery=delivery)
            for wish, match, delivery in fresh
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    DeliveryItem.objects.bulk_create(
        [
            DeliveryItem(delivery=delivery, notice_id=match.notice_id, change="new",
                         reading=match.notice.reading, revision_id=match.notice.reading.revision_id,
                         deadline_id=deadlines.get(match.notice_id), filters=str(wish.filter_id))
            for wish, match, delivery in fresh
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _met_by_orm(wishes: list[Any]) -> Iterator[tuple[Any, Any]]:
    from alerts.models import Match  # noqa: PLC0415
    from bench.filter_tables import MORNING  # noqa: PLC0415

    matches: dict[int, list[Match]] = {}
    filters = {wish.filter_id for wish in wishes}
    for match in Match.objects.filter(filter__in=filters, filed=True, matched_at__lte=MORNING).select_related(
        "notice__reading"
    ):
        matches.setdefault(match.filter_id, []).append(match)
    for wish in wishes:
        for match in matches.get(wish.filter_id, []):
            yield wish, match


def _forget() -> None:
    from django.db import connection  # noqa: PLC0415

    from bench.filter_tables import analyse  # noqa: PLC0415

    with connection.cursor() as cursor:
        for table in ("alerts_deliveryitem", "alerts_told", "alerts_outgoing", "alerts_delivery"):
            cursor.execute(
                f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table}"  # noqa: S608, our names
            )
    analyse()


def _settle_in(people: int) -> None:
    """People in fifties on one filter each; every filter met 45 notices of the week."""
    from alerts import dialect, looks  # noqa: PLC0415 - after django.setup()
    from bench.filter_tables import MORNING, analyse, fill, put_notices  # noqa: PLC0415
    from bench.filter_world import FilterWorld  # noqa: PLC0415

    filters = people // PEOPLE_A_FILTER
    notices = put_notices(FilterWorld().notices(NOTICES))
    long_ago, yesterday = (dialect.moment(MORNING - timedelta(days=days)) for days in (30, 1))
    _say_seen(MORNING - timedelta(days=1))
    _set_deadlines()
    put_people(people, filters, long_ago, MORNING)
    fill("alerts_match", ("notice_id", "filter_id", "region_key", "topic", "matched_at"),
         _matches(notices, filters, yesterday))  # fmt: skip
    looks.arrived(MORNING - timedelta(days=1), MORNING - timedelta(days=1))
    analyse()


def put_people(people: int, filters: int, long_ago: Any, morning: datetime) -> None:
    """People, numbered from 1, who for a month have had a weekly digest of one of the filters."""
    from bench.filter_tables import fill  # noqa: PLC0415 - after django.setup()

    numbers = range(1, people + 1)
    fill("subscribers_filter", ("id", "digest", "spec", "kinds_mask", "verify", "created_at"),
         ((pk, f"d{pk}", "{}", 0, _false(), long_ago) for pk in range(1, filters + 1)))  # fmt: skip
    fill("subscribers_subscriber", ("id", "name", "organisation", "created_at"),
         ((pk, "人", "", long_ago) for pk in numbers))  # fmt: skip
    fill(
        "subscribers_contact",
        ("id", "subscriber_id", "channel", "address", "reachable_since", "suppressed_why", "leave_token"),
        ((pk, pk, "email", f"p{pk}@d{pk % 9}.cn", long_ago, "", f"t{pk}") for pk in numbers),
    )
    _subscribe(people, filters, morning - timedelta(days=30))


def _false() -> Any:
    from django.db import connection  # noqa: PLC0415

    return False if connection.vendor == "postgresql" else 0


def _subscribe(people: int, filters: int, since: Any) -> None:
    from subscribers.models import Subscription  # noqa: PLC0415

    rows = (
        Subscription(subscriber_id=pk, filter_id=pk % filters + 1, began_at=since, cadence="weekly",
                     weekday=_slot().weekday)
        for pk in range(1, people + 1)
    )  # fmt: skip
    Subscription.objects.bulk_create(rows, batch_size=5000)


def _say_seen(moment: datetime) -> None:
    from notices.models import Notice  # noqa: PLC0415

    Notice.objects.update(first_seen_at=moment)


def _set_deadlines() -> None:
    """Every second notice has one."""
    from bench.filter_tables import MORNING  # noqa: PLC0415
    from notices.models import Deadline, Reading  # noqa: PLC0415

    day = MORNING.date() + timedelta(days=20)
    readings = Reading.objects.order_by("pk").values_list("pk", "notice_id")[::2]
    rows = (
        Deadline(notice_id=notice, reading_id=pk, on=day, quote="截止", is_main=True)
        for pk, notice in readings
    )
    Deadline.objects.bulk_create(rows)


def _matches(notices: list[int], filters: int, at: Any) -> Iterator[tuple[Any, ...]]:
    for pk in range(1, filters + 1):
        for step in range(NOTICES_EACH):
            yield notices[(pk * 7 + step * 6) % NOTICES], pk, 1, 0, at


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
