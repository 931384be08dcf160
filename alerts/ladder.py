"""When a contact that refuses softly, again and again, is given up: a full mailbox, an account disabled.

One answer never stops a contact, nor do many on one day: what counts is on how many different days it was so.
Whatever nobody knows the meaning of is not counted at all.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.models import SoftBounce
from alerts.outcomes import Refused, TryLater
from config.clock import SHANGHAI


@dataclass(frozen=True, slots=True)
class Rule:
    """So many different days, all within `within` days."""

    days: int
    within: int


RULES = {
    # A mailbox that was not emptied after five tries on as many days.
    "full": Rule(5, within=30),
    # Providers disable an account for a day, too; two answers in a week mean it.
    "disabled": Rule(2, within=7),
    # WeChat names it "user block" now and then of people who read on.
    "blocked": Rule(2, within=30),
}
STATED = "{said}（{within} 天内已有 {days} 天如此，停发此联系方式）"


def is_at_end(ailment: str, days: Collection[date], today: date) -> bool:
    """Whether the rule for an ailment is met by the days on which it was heard."""
    rule = RULES[ailment]
    return len({day for day in days if timedelta(0) <= today - day < timedelta(rule.within)}) >= rule.days


def climbed(contact_id: int, outcome: TryLater | Refused, now: datetime) -> TryLater | Refused:
    """The outcome, after its day was counted: a refusal of the contact where that was the last rung."""
    if not outcome.ailment:
        return outcome
    today = now.astimezone(SHANGHAI).date()
    SoftBounce.objects.get_or_create(
        contact_id=contact_id, ailment=outcome.ailment, day=today, defaults={"said": outcome.said, "at": now}
    )
    heard = SoftBounce.objects.filter(contact=contact_id, ailment=outcome.ailment)
    if not is_at_end(outcome.ailment, list(heard.values_list("day", flat=True)), today):
        return outcome
    rule = RULES[outcome.ailment]
    return Refused(STATED.format(said=outcome.said, within=rule.within, days=rule.days), "contact")
