"""Channels and mail domains that must be left alone for a while, by the machine's clock.

Trouble that is no message's fault (a server that is down, a receiver that is asked too often) stops the lane
and leaves its deliveries as they are, so that they all go out when it is over.
"""

from typing import Literal

from django.db.models import Q

from alerts import pace
from alerts.models import Delivery, Lane
from alerts.outcomes import TryLater
from subscribers.models import Channel

# What a disabled mailbox is given before it is tried again (facts/email.md A3). Nothing waits longer, so that
# whatever seems to have been set further ahead was set before the clock was moved.
LONGEST_WAIT = 2 * 86400.0


def domain_lane(address: str) -> str:
    """The lane of a mail address: `email:qq.com`."""
    return f"{Channel.EMAIL.value}:{address.rpartition('@')[2]}"


def of(delivery: Delivery, scope: Literal["domain", "channel"]) -> str:
    """The lane that a delivery's trouble is about; WeChat has but one."""
    if scope == "domain" and delivery.channel == Channel.EMAIL:
        return domain_lane(delivery.contact.address)
    return delivery.channel


def rest(lane: str, trouble: TryLater, machine: float) -> None:
    """Stops a lane for as long as the trouble asks."""
    until = machine + min(trouble.after, LONGEST_WAIT)
    Lane.objects.update_or_create(name=lane, defaults={"rests_until": until, "why": trouble.said})


def _resting(machine: float) -> Q:
    """Lanes in trouble, and those that are booked up at their pace."""
    booked = machine + pace.AHEAD
    return Q(rests_until__gt=machine, rests_until__lte=machine + LONGEST_WAIT) | Q(
        next_at__gt=booked, next_at__lte=booked + 1 / pace.SLOWEST
    )


def rests(channel: str, machine: float) -> bool:
    """Whether nothing at all may go out on a channel."""
    return Lane.objects.filter(_resting(machine), name=channel).exists()


def resting_domains(channel: str, machine: float) -> Q:
    """Deliveries whose receivers must be left alone; nothing where there are none."""
    names = Lane.objects.filter(_resting(machine), name__startswith=f"{channel}:")
    addressed = Q(pk__in=[])
    for name in names.values_list("name", flat=True):
        addressed |= Q(contact__address__endswith=f"@{name.partition(':')[2]}")
    return addressed
