"""Weekly digests, week after week: `python -m bench.compose_history WEEKS` prints JSON.

DATABASE_URL says which database. What a week costs must not grow with the past that lies behind it
(docs/decisions/0017-looks.md); beside it the last week once more by a composer that remembers no looks.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import django

PEOPLE = 500
PEOPLE_A_FILTER = 50
NOTICES, NOTICES_EACH = 300, 45  # a week
CHANGES = 20  # a week, to notices of the week before, that are not urgent
WEEK = timedelta(days=7)


def main(weeks: int) -> dict[str, float]:
    """Seconds of the first two weeks, of the last two, and of the last one without looks."""
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up first

    call_command("migrate", verbosity=0)
    from alerts.models import Look  # noqa: PLC0415 - after django.setup()
    from bench.filter_tables import MORNING, analyse  # noqa: PLC0415 - after django.setup()

    _settle_in(MORNING)
    spent, before = [], list[int]()
    for week in range(weeks):
        now = MORNING + week * WEEK
        before = _one_week(now, before)
        analyse()
        spent.append(_composed(now))
    now = MORNING + weeks * WEEK
    _one_week(now, before)
    analyse()
    Look.objects.all().delete()
    return {"first_s": min(spent[1:3]), "last_s": min(spent[-2:]), "without_s": _composed(now)}


def _composed(now: datetime) -> float:
    from alerts import compose  # noqa: PLC0415 - after django.setup()
    from alerts.slots import Slot  # noqa: PLC0415 - after django.setup()

    begun = perf_counter()
    made = compose.compose_slot(Slot("weekly", now.date()), now)
    if made != PEOPLE:
        raise SystemExit(f"{now}: {made} digests")
    return perf_counter() - begun


def _settle_in(morning: datetime) -> None:
    from alerts import dialect  # noqa: PLC0415 - after django.setup()
    from bench.compose_ours import put_people  # noqa: PLC0415 - after django.setup()

    put_people(PEOPLE, PEOPLE // PEOPLE_A_FILTER, dialect.moment(morning - 30 * (WEEK / 7)), morning)


def _one_week(now: datetime, before: list[int]) -> list[int]:
    """Notices that came in the day before, their matches, and changes to some of last week's."""
    from alerts import looks  # noqa: PLC0415 - after django.setup()
    from alerts.models import Change  # noqa: PLC0415 - after django.setup()
    from bench.filter_tables import fill, put_more_notices  # noqa: PLC0415 - after django.setup()

    yesterday = now - WEEK / 7
    notices = put_more_notices(NOTICES, yesterday)
    fill("alerts_match", ("notice_id", "filter_id", "region_key", "topic", "matched_at"),
         _matches(notices, yesterday))  # fmt: skip
    Change.objects.bulk_create(
        Change(notice_id=notice, by_id=by, how="corrects", at=yesterday, urgent=False)
        for notice, by in zip(before[:CHANGES], notices, strict=False)
    )
    looks.arrived(yesterday, yesterday)
    return notices


def _matches(notices: list[int], at: datetime) -> Iterator[tuple[Any, ...]]:
    from alerts import dialect  # noqa: PLC0415 - after django.setup()

    moment = dialect.moment(at)
    for pk in range(1, PEOPLE // PEOPLE_A_FILTER + 1):
        for step in range(NOTICES_EACH):
            yield notices[(pk * 7 + step * 6) % NOTICES], pk, 1, 0, moment


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
