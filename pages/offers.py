"""What the leave page offers instead of leaving: less, each by one POST, each to be taken back."""

from dataclasses import dataclass
from datetime import datetime

from alerts.chinese_dates import full_day, local_day
from subscribers import less
from subscribers.models import Cadence, Contact, Subscription

WEEKLY, DAILY, REMINDERS, PAUSE, RESUME = "weekly", "daily", "reminders", "pause", "resume"


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: its words and what it will bring about."""

    act: str
    words: str
    means: str


_CADENCES = (
    Offer(WEEKLY, "改为每周一封", "全部订阅合为每周一封摘要；截止提醒照旧"),
    Offer(REMINDERS, "只收截止提醒", "不再收摘要和即时通知，只在截止前提醒"),
    Offer(DAILY, "改为每日一封", "全部订阅合为每天早上的一封摘要"),
)


def offers(contact: Contact, now: datetime) -> tuple[Offer, ...]:
    """Those that would change something for this person; both channels of a subscription go together."""
    person = contact.subscriber
    if contact.left_at is not None or person.erased_at is not None:
        return ()
    cadences = set(
        Subscription.objects.filter(subscriber=person, ended_at=None).values_list("cadence", flat=True)
    )
    kept = [offer for offer in _CADENCES if cadences and cadences != {offer.act}]
    if person.paused_until and person.paused_until > now:
        until = full_day(local_day(person.paused_until))
        return (*kept, Offer(RESUME, "恢复接收", f"目前暂停至 {until}；恢复后补发一封"))
    return (*kept, Offer(PAUSE, "暂停 30 天", "到期后把这段时间的合成一封补给您；邮件和微信都暂停"))


def take(act: str, contact: Contact, now: datetime) -> str:
    """Takes an offer; what happened, in words."""
    person = contact.subscriber_id
    if act == PAUSE:
        return f"已暂停，{full_day(local_day(less.pause(person, now)))}起恢复，并补发一封"
    if act == RESUME:
        less.resume(person, now)
        return "已恢复接收"
    changed = less.set_cadence(person, Cadence(act), now)
    return f"已把 {changed} 个订阅改为“{Cadence(act).label}”"
