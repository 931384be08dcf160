"""What became of a send: values, never exceptions (DESIGN 6.10)."""

from dataclasses import dataclass
from typing import Literal

Result = Literal[
    "accepted",
    "delivered",
    "bounced",
    "throttled",
    "contact",
    "template",
    "content",
    "configuration",
    "unknown",
]
"""How far a message came, or what stands in its way; staff see it beside the delivery's state."""

Ailment = Literal["", "full", "disabled", "blocked"]
"""What is wrong with a contact, though not for good: its mailbox, its account, or its will to hear us.

Only `alerts.ladder` makes a refusal of it.
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """Handed over: accepted. `provider_id` is the other side's name for it (queue id, msgid)."""

    provider_id: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Heard later: it has reached its reader."""

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
    result: Result = "unknown"
    ailment: Ailment = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Refused for good.

    `scope` says what is at fault: the `contact` (suppress it), the `pair` of contact and template, the
    `content`, the `template`, our `configuration` (stop the channel, tell staff), or no more than that
    this `message` did not arrive. Only `contact` and `pair` ever suppress; an answer that nobody knows is
    `TryLater`, never `Refused`.
    """

    said: str
    scope: Literal["contact", "pair", "content", "template", "configuration", "message"]
    ailment: Ailment = ""


Outcome = Sent | TryLater | Refused
"""What a sender may hear at once."""

News = Delivered | TryLater | Refused
"""What may be heard later of a message that was handed over."""

_OF_SCOPE: dict[str, Result] = {
    "contact": "contact", "pair": "template", "template": "template", "content": "content",
    "configuration": "configuration", "message": "bounced",
}  # fmt: skip


def result_of(outcome: Sent | News) -> Result:
    """The one name that staff read for an outcome."""
    match outcome:
        case Sent():
            return "accepted"
        case Delivered():
            return "delivered"
        case TryLater(result=result):
            return result
        case Refused(scope=scope):
            return _OF_SCOPE[scope]
