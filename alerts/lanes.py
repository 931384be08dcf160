"""Channels and mail domains that must be left alone for a while, by the machine's clock.

Trouble that is no message's fault (a server that is down, a receiver that is asked too often) stops the lane
and leaves its deliveries as they are, so that they all go out when it is over.
"""

from typing import Literal

from alerts import dialect, pace
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


# A channel's lanes in trouble, and those that are booked up at their pace, at %(machine)s.
RESTING = f"""
FROM alerts_lane WHERE (
    (rests_until > %(machine)s AND rests_until <= %(machine)s + {LONGEST_WAIT})
    OR (next_at > %(machine)s + {pace.AHEAD} AND next_at <= %(machine)s + {pace.AHEAD + 1 / pace.SLOWEST})
) AND (name = %(channel)s OR name LIKE %(channel)s || ':%%')
"""


def resting(channel: str, machine: float) -> list[str]:
    """The names of a channel's lanes that must be left alone: its own, or those of mail domains."""
    rows = dialect.rows_prepared(f"SELECT name {RESTING}", machine=machine, channel=channel)
    return [str(name) for (name,) in rows]
