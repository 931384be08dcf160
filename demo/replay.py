"""Five weeks in seconds: the same tasks that beat would start, each given its `now` (DESIGN 6.5).

Nothing is awaited but rows. While rows are behind, the sweep is nudged, as beat would every minute, so a
killed worker or a flushed broker costs a few seconds and no message.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Q

from alerts import lanes, ledger, taking_in
from alerts.compose import left_to_compose
from alerts.models import Outgoing, State
from config.clock import SHANGHAI, machine_now
from notices import understanding
from notices.models import Attachment, Item, Source
from subscribers.models import Channel
from tasks.composing import compose
from tasks.polling import poll_sources
from tasks.repairing import sweep

FIRST_DAY = date(2019, 10, 20)
LAST_DAY = date(2019, 11, 23)
# 08:30 digests and reminders; two polls a day are enough for a calendar whose pages have set times; what
# they brought is ripe after the five minutes of grouping.
DAY: tuple[tuple[str, Literal["poll", "compose"]], ...] = (
    ("08:30", "compose"),
    ("10:00", "poll"),
    ("10:06", "compose"),
    ("16:00", "poll"),
    ("16:06", "compose"),
)
# Longer than a lease: what a killed sender held must come free again.
PATIENCE = 120.0
# What was put off by the other side (no SMTP, a refusing WeChat) does not get better by waiting here.
PATIENCE_WHEN_PUT_OFF = 15.0
NUDGE_EVERY = 2.0


@dataclass(frozen=True)
class Moment:
    """A step of the calendar."""

    now: datetime
    step: Literal["poll", "compose"]


class StuckError(Exception):
    """A step was not finished in time; says what was left, for the person at the terminal."""


def moments(first: date = FIRST_DAY, last: date = LAST_DAY) -> Iterator[Moment]:
    """Every step of the calendar, in order."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        for clock, step in DAY:
            yield Moment(datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=SHANGHAI), step)


def play(moment: Moment, still_alive: Callable[[], None]) -> None:
    """Starts the step's task and waits until its rows are done; StuckError when that takes too long."""
    now = moment.now.isoformat()
    (poll_sources if moment.step == "poll" else compose).delay(now=now)
    left = _left_to_poll if moment.step == "poll" else _left_to_tell
    started = nudged = time.monotonic()
    while behind := left(moment.now):
        waited = time.monotonic() - started
        if waited > PATIENCE or (waited > PATIENCE_WHEN_PUT_OFF and _all_put_off()):
            raise StuckError(f"{moment.now:%Y-%m-%d %H:%M}：等了 {waited:.0f} 秒仍未完成：{behind}")
        if time.monotonic() - nudged > NUDGE_EVERY:
            still_alive()
            _nudge(moment)
            nudged = time.monotonic()
        time.sleep(0.02)


def _all_put_off() -> bool:
    """Whether every delivery that is left was tried and answered with a not now, or its channel rests."""
    left = Outgoing.objects.all()
    resting = [channel for channel in Channel.values if channel in lanes.resting(channel, machine_now())]
    hopeful = Q(delivery__outcome="") & ~Q(channel__in=resting)
    return left.exists() and not left.filter(Q(state=State.CLAIMED) | hopeful).exists()


def _nudge(moment: Moment) -> None:
    now = moment.now.isoformat()
    if moment.step == "poll":
        poll_sources.delay(now=now)
    sweep.delay(now=now)


def _left_to_poll(now: datetime) -> str:
    """What stands between a poll and its notices being matched; empty when nothing does."""
    # A source in trouble waits out its back-off; all others must have answered at this very `now`.
    behind = Source.objects.filter(enabled=True, failures=0).filter(
        Q(last_success_at=None) | ~Q(last_success_at=now)
    )
    left = {
        "未轮询的来源": behind.count(),
        # One whose page failed waits out its back-off; the first visit must be over.
        "未取正文的条目": Item.objects.filter(notice=None, baseline=False, trouble="").count(),
        "未取的附件": Attachment.objects.filter(next_try_at__lte=now, attempts=0).count(),
        "未解读的通知": len(understanding.waiting()),
        "未匹配的通知": len(taking_in.waiting()),
    }
    return "，".join(f"{name} {count}" for name, count in left.items() if count)


def _left_to_tell(now: datetime) -> str:
    """What stands between what is due and its being handed over, with the last words of what refuses."""
    left = {"未编成的投递": left_to_compose(now), "未交付的投递": ledger.open_deliveries()}
    waiting = Outgoing.objects.filter(state=State.QUEUED).exclude(delivery__outcome="")
    said = waiting.values_list("delivery__outcome", flat=True)
    words = [f"{name} {count}" for name, count in left.items() if count]
    return "，".join([*words, *said[:1]] if words else [])
