"""An even pace for a channel and for mail domains, below what they bear.

A sender books the moments at which its messages may start, a few seconds ahead, in one short transaction; all
senders book in the same rows (`alerts.models.Lane`), so that together they keep the pace. What finds no
moment is given back, and a lane that is booked up is passed by until the next nudge. On the machine's clock.
A lane that rests after trouble (`alerts.lanes`) is another matter: that is what the other side asked for.
"""

import time
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction

from alerts.models import Lane

# Beat nudges the senders every 15 s: each books as far as the next nudge, and no claim's lease comes near.
AHEAD = 15.0
# A lane booked further ahead than one step at this pace was booked before the clock was moved.
SLOWEST = 1 / 60


class WrongPaceError(ValueError):
    """PACE cannot be read; the text says why, in Chinese."""


def rates() -> dict[str, float]:
    """Messages a second by lane, from PACE (email=20,qq.com=1); a lane that is not named has no pace."""
    return dict(_rate(written) for written in settings.PACE)


def _rate(written: str) -> tuple[str, float]:
    name, _, number = written.partition("=")
    lane = f"email:{name.strip().lower()}" if "." in name else name.strip()
    try:
        rate = float(number)
    except ValueError as error:
        raise WrongPaceError(f"PACE 中的“{written}”应如 email=20 或 qq.com=1（每秒几条）") from error
    if not rate >= SLOWEST:
        raise WrongPaceError(f"PACE 中的“{written}”太慢：至少每分钟一条（0.0167）")
    return lane, rate


def moments(next_at: float, machine: float, rate: float, wanted: int) -> list[float]:
    """When up to `wanted` messages may start: evenly, from where the lane is booked to, as far as AHEAD."""
    first = next_at if machine <= next_at <= machine + AHEAD + 1 / SLOWEST else machine
    room = int(max(0.0, machine + AHEAD - first) * rate + 1) if first <= machine + AHEAD else 0
    return [first + place / rate for place in range(min(wanted, room))]


@transaction.atomic
def book(lane: str, rate: float, wanted: int, machine: float) -> list[float]:
    """Takes moments of a lane; senders at once get different ones."""
    Lane.objects.get_or_create(name=lane)
    row = Lane.objects.select_for_update().get(name=lane)
    taken = moments(row.next_at, machine, rate, wanted)
    if taken:
        Lane.objects.filter(name=lane).update(next_at=taken[-1] + 1 / rate)
    return taken


def plan(channel: str, domains: Mapping[int, str], machine: float) -> dict[int, float]:
    """Delivery id → when it may start; those left out must wait for another claim.

    `domains` names the lane of each delivery's receiver, in the order in which they should go. Domains are
    booked first, so that what they keep back costs the channel nothing.
    """
    paces = rates()
    starts = dict.fromkeys(domains, machine)
    for lane in sorted({name for name in domains.values() if name in paces and name != channel}):
        starts = _booked(starts, [pk for pk in starts if domains[pk] == lane], lane, paces[lane], machine)
    if channel in paces:
        starts = _booked(starts, sorted(starts, key=starts.__getitem__), channel, paces[channel], machine)
    return starts


def _booked(
    starts: Mapping[int, float], ids: Sequence[int], lane: str, rate: float, machine: float
) -> dict[int, float]:
    """The plan with moments of one more lane for some of it; who finds none is left out."""
    taken = dict(zip(ids, book(lane, rate, len(ids), machine), strict=False))
    left_out = set(ids) - set(taken)
    return {pk: max(at, taken.get(pk, at)) for pk, at in starts.items() if pk not in left_out}


def wait_for(moment: float) -> None:
    """Sleeps until then, a moment of the monotonic clock: an hour set back must not be waited for.

    Never longer than was booked ahead.
    """
    wait = moment - time.monotonic()
    if wait > 0:  # sleeping for nothing gives the processor away
        time.sleep(min(wait, AHEAD))
