"""A million pairs held against brute force, on one database: `python -m bench.match_pairs` prints JSON.

The random world of the tests, larger, in a process of its own. DATABASE_URL says which database.
"""

import json
import os
from time import perf_counter

import django

SEED, FILTERS, WIDE, NOTICES = 1003, 1000, 20, 1000


def main() -> dict[str, float]:
    """How many pairs, how many of them meet, and on how many the two disagree."""
    os.environ.update(DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="ERROR")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django must be set up first

    from alerts.models import Match  # noqa: PLC0415
    from subscribers.filters import find_or_make  # noqa: PLC0415
    from tests.alerts.brute_force import asked_for  # noqa: PLC0415
    from tests.alerts.random_world import World, come_in  # noqa: PLC0415
    from tests.builders import START  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    begun, world = perf_counter(), World(SEED)
    asked = [world.filter() for _ in range(FILTERS)] + [world.wide_filter() for _ in range(WIDE)]
    filters = {find_or_make(spec, START).pk: spec for spec in asked}
    notices = come_in([world.published() for _ in range(NOTICES)])
    expected = {
        (notice, wanted)
        for notice, published in notices.items()
        for wanted, spec in filters.items()
        if asked_for(spec, published)
    }
    recorded = set(Match.objects.values_list("notice_id", "filter_id"))
    return {
        "pairs": float(len(filters) * len(notices)), "met": float(len(expected)),
        "differences": float(len(expected ^ recorded)), "s": perf_counter() - begun,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main()))
