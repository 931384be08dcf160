"""Our own poll in a process of its own: `python -m bench.poll_ours SCENARIO WWW PORT` prints a JSON object.

Everything is the product: its settings, its SQLite database with all migrations, its `poll`. The bench only
fills the table of sources and moves business time on.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import TypedDict

import django

MORNING = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
HOUR = timedelta(hours=1)
POLLS = 5  # after the first


class Polls(TypedDict):
    """Seconds of polls, items kept, memory added at the peak of the first poll.

    `first`: unseen sources, robots.txt unknown; `cold`: unseen sources; `again`: nothing is new. `busy`: the
    seconds of processor time of each, in this order, which do not depend on who else uses the machine.
    """

    first: float
    cold: float
    again: list[float]
    busy: list[float]
    items: int
    added_mb: float


def main(scenario: str, www: Path, port: int) -> Polls:
    """Make an empty database, poll as the scenario says, and say how long each poll took and what it kept."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        INTAKE_HOST_GAP="0",
        INTAKE_ALLOW_NETS="127.0.0.0/8",
        INTAKE_CONNECT_TO=f"80=127.0.0.1:{port}",
        LOG_LEVEL="ERROR",
    )
    # In a process of its own: what migrating leaves in memory would pass for an idle worker's.
    subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity", "0"], check=True)
    django.setup()
    return SCENARIOS[scenario](www)


def feeds(_www: Path) -> Polls:
    """Five hundred feeds, first unseen, then unchanged."""
    from bench.feed_world import SITES, feed_url  # noqa: PLC0415

    return _polls([("feed", feed_url(number)) for number in range(SITES)], lambda _: None)


def lists(www: Path) -> Polls:
    """Five hundred list pages, first unseen, then with other bytes and the same lines."""
    from bench.feed_world import SITES, list_url, write_lists  # noqa: PLC0415

    sources = [("trs", list_url(number)) for number in range(SITES)]
    return _polls(sources, lambda poll: write_lists(www, poll + 1))


def lists_reread(www: Path) -> Polls:
    """As `lists`, but their menus change as well, so that nothing less than reading them shows no news."""
    from bench.feed_world import SITES, list_url, write_lists  # noqa: PLC0415

    sources = [("trs", list_url(number)) for number in range(SITES)]
    return _polls(sources, lambda poll: write_lists(www, poll + 1, other_links=True))


def bomb(_www: Path) -> Polls:
    """One source that answers with a gzip bomb."""
    from bench.feed_world import bomb_url  # noqa: PLC0415

    return _polls([("feed", bomb_url())], lambda _: None)


SCENARIOS: dict[str, Callable[[Path], Polls]] = {
    "feeds": feeds,
    "lists": lists,
    "lists_reread": lists_reread,
    "bomb": bomb,
}


def _polls(sources: list[tuple[str, str]], before_each: Callable[[int], None]) -> Polls:
    """The first poll, with each host's robots.txt; the same lists unseen once more; then nothing is new."""
    from notices.intake.polling import poll  # noqa: PLC0415 - Django must be set up first
    from notices.models import Item  # noqa: PLC0415

    poll(MORNING)  # nothing is due: what an idle worker has loaded
    _add_sources(sources)
    idle, peak, times = _memory_mb("VmRSS"), 0.0, []
    busy = []
    for number in range(2 + POLLS):
        before_each(number)
        if number == 1:
            _forget(sources)
        begun, begun_busy = perf_counter(), process_time()
        report = poll(MORNING + (number + 1) * HOUR, limit=len(sources))
        times.append(perf_counter() - begun)
        busy.append(process_time() - begun_busy)
        peak = peak or _memory_mb("VmHWM")
        if len(sources) > 1 and (report.sources_polled != len(sources) or report.troubles):
            raise SystemExit(f"poll {number}: {report}")
    first, cold, *again = times
    return {
        "first": first, "cold": cold, "again": again, "busy": busy,
        "items": Item.objects.count(), "added_mb": peak - idle,
    }  # fmt: skip


def _add_sources(sources: list[tuple[str, str]]) -> None:
    from notices.models import Source  # noqa: PLC0415

    Source.objects.bulk_create(
        Source(slug=f"s{number}", name=f"来源{number}", url=url, family=family, region=1, enabled=True)
        for number, (family, url) in enumerate(sources)
    )


def _forget(sources: list[tuple[str, str]]) -> None:
    """As if the sources had just been added; robots.txt stay known, as they do for a day."""
    from notices.models import Item, Source  # noqa: PLC0415

    Item.objects.all().delete()
    Source.objects.all().delete()
    _add_sources(sources)


def _memory_mb(name: str) -> float:
    """What /proc says of this process: VmRSS is resident now, VmHWM was at its peak."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(name))


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
