"""What became of a send: values, never exceptions (DESIGN 6.10)."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sent:
    """Handed over; `provider_id` is the other side's name for it (queue id, msgid)."""

    provider_id: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class TryLater:
    """Not handed over, or not known to be; the same bytes may be tried again after `after` seconds.

    `scope` says what has to wait: this message alone, all to its `domain` (a receiver that is asked too
    often), or the whole `channel`, whose trouble is no message's fault and counts against none.
    """

    said: str
    after: float = 60.0
    scope: Literal["message", "domain", "channel"] = "message"


@dataclass(frozen=True, slots=True)
class Refused:
    """Refused for good.

    `scope` says what is at fault: the `contact` (suppress it), the `pair` of contact and template, the
    `content`, the `template`, or our `configuration` (stop the channel, tell staff). Only `contact` and
    `pair` ever suppress; an answer that nobody knows is `TryLater`, never `Refused`.
    """

    said: str
    scope: Literal["contact", "pair", "content", "template", "configuration"]


Outcome = Sent | TryLater | Refused
