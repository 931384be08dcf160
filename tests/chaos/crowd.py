"""A crowd with wishes, the notices of a day, and who must be told what: read by brute force.

People are of three sorts, so that each message's kind is known beforehand: at once, daily, and weekly on
another weekday, who on this day hear by reminder alone. One in ten is told by WeChat.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from notices.lexicon.kinds import Kind
from notices.models import Notice
from subscribers.filters import FilterSpec, find_or_make
from subscribers.models import Cadence, Channel, Contact, Subscriber, Subscription
from tests.alerts.brute_force import Published, asked_for
from tests.builders import START, at, notice, place, topic
from tests.chaos.arrivals import Told

DAY = date(2019, 10, 22)
MATCHED = at("2019-10-22", "08:20")
DUE = at("2019-10-22", "08:31")
BEFORE_SLOTS = at("2019-10-22", "08:29") + timedelta(seconds=59)
LATE = at("2019-10-22", "09:10")
SEEN = at("2019-10-22", "08:15")
DEADLINE = DAY + timedelta(days=3)
# A mail's List-Id begins with it.
SORTS = {Cadence.AT_ONCE: "at_once", Cadence.DAILY: "daily", Cadence.WEEKLY: "reminder"}
NO_REMINDERS, ON_FRIDAYS = "无", 5

PLACES = ("浙江省", "宁波市", "余姚市", "杭州市", "安徽省", "淮北市", "北京市", "全国")
TOPICS = ("绿色制造", "绿色工厂", "智能制造", "知识产权")


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the crowd."""

    address: str
    channel: Channel
    cadence: Cadence
    asks: FilterSpec


@dataclass(frozen=True, slots=True)
class News:
    """A notice of the day, as the brute force reads it."""

    title: str
    region: str
    topic: str
    deadline: date | None

    def published(self) -> Published:
        return Published(
            regions=(place(self.region),), excluded=(), topics=(topic(self.topic),),
            kind=Kind.APPLICATION, text=self.title, issuer="", has_deadline=self.deadline is not None,
        )  # fmt: skip


def news() -> list[News]:
    """Five notices without a deadline and three whose reminder falls on this morning."""
    dice = random.Random(5)
    return [
        News(
            f"第{number}号申报通知",
            dice.choice(PLACES),
            dice.choice(TOPICS),
            DEADLINE if number > 5 else None,
        )
        for number in range(1, 9)
    ]


def people(count: int) -> list[Someone]:
    """So many, the same every time."""
    dice = random.Random(count)
    return [_someone(dice, number) for number in range(count)]


def _someone(dice: random.Random, number: int) -> Someone:
    by_phone = number % 10 == 9
    asks = FilterSpec(
        regions=(place(dice.choice(PLACES)),),
        topics=tuple(sorted(topic(name) for name in dice.sample(TOPICS, dice.randint(0, 2)))),
    )
    address = f"oCHAOS{number:022d}" if by_phone else f"p{number}@crowd{number % 7}.example"
    cadence = (Cadence.AT_ONCE, Cadence.DAILY, Cadence.WEEKLY)[number % 3]
    return Someone(address, Channel.WECHAT if by_phone else Channel.EMAIL, cadence, asks)


def expected(crowd: list[Someone], published: list[News]) -> set[Told]:
    """Who must be told what, person by person and notice by notice."""
    return {told for one in crowd for told in _told(one, published)}


def _told(one: Someone, published: list[News]) -> Iterator[Told]:
    for item in published:
        reminds = one.cadence is Cadence.WEEKLY
        if asked_for(one.asks, item.published()) and (item.deadline is not None or not reminds):
            yield Told(one.address, SORTS[one.cadence], item.title if one.channel == Channel.EMAIL else "")


def settle_in(crowd: list[Someone]) -> None:
    """Writes their rows, in bulk; they have been with us since the day before yesterday."""
    since = START - timedelta(days=1)
    filters = {spec: find_or_make(spec, since) for spec in {one.asks for one in crowd}}
    rows = Subscriber.objects.bulk_create(
        [Subscriber(name=f"人 {number}", created_at=since) for number in range(len(crowd))]
    )
    pairs = list(zip(crowd, rows, strict=True))
    Contact.objects.bulk_create(
        [
            Contact(subscriber=row, channel=one.channel, address=one.address, reachable_since=since)
            for one, row in pairs
        ]
    )
    Subscription.objects.bulk_create(
        [
            Subscription(
                subscriber=row, filter=filters[one.asks], began_at=since, cadence=one.cadence,
                weekday=ON_FRIDAYS, by_email=one.channel == Channel.EMAIL,
                by_wechat=one.channel == Channel.WECHAT,
                **({} if one.cadence is Cadence.WEEKLY else {"lead_days": NO_REMINDERS, "lead_mask": 0}),
            )
            for one, row in pairs
        ]
    )  # fmt: skip


def publish(published: list[News]) -> list[Notice]:
    """The notices as rows, read and not matched."""
    return [
        notice(item.title, region=item.region, topic_names=(item.topic,), deadline=item.deadline, seen=SEEN)
        for item in published
    ]


def openids(crowd: list[Someone]) -> dict[str, str]:
    """Who follows the WeChat account."""
    return {one.address: one.address for one in crowd if one.channel == Channel.WECHAT}
