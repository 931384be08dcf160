"""Plain builders of rows for tests: each makes the least that is valid, and says what it made."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from alerts.taking_in import take_in
from notices.lexicon import regions, topics
from notices.lexicon.kinds import Kind
from notices.models import Deadline, Notice, Reading, Revision, Source
from subscribers.contacts import add_confirmed
from subscribers.filters import FilterSpec
from subscribers.models import Cadence, Channel, Contact, Subscriber, Subscription
from subscribers.subscribing import subscribe

SHANGHAI = ZoneInfo("Asia/Shanghai")
_numbers = count(1)


def at(day: str, clock: str = "10:00") -> datetime:
    """A moment in Shanghai: at("2019-10-21", "08:30")."""
    return datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=SHANGHAI)


START = at("2019-10-20")


def place(name: str) -> int:
    """The id of a region that must be known."""
    found = regions.find(name)
    assert found is not None, name
    return found


def topic(name: str) -> int:
    """The id of a topic that must be known."""
    return topics.by_name(name).id


def spec(*places: str, topic_names: Sequence[str] = (), **narrowing: Any) -> FilterSpec:
    """A filter by names."""
    return FilterSpec(regions=tuple(map(place, places)), topics=tuple(map(topic, topic_names)), **narrowing)


def source(region: str = "全国", **columns: Any) -> Source:
    """An enabled TRS source."""
    number = next(_numbers)
    values = {"name": f"来源 {number}", "url": f"http://s{number}.example/", "family": "trs", "enabled": True}
    return Source.objects.create(slug=f"s{number}", region=place(region), **{**values, **columns})


def notice(
    title: str = "关于组织申报绿色工厂的通知",
    *,
    region: str = "余姚市",
    topic_names: Sequence[str] = ("绿色工厂",),
    kind: Kind = Kind.APPLICATION,
    deadline: date | None = None,
    seen: datetime = START,
    text: str = "",
    of: Source | None = None,
    **reading: Any,
) -> Notice:
    """A notice that was read at `seen`, by hand: no reader is at work here."""
    number = next(_numbers)
    row = Notice.objects.create(
        title=title, url=f"http://n.example/{number}", source=of or source(region), first_seen_at=seen,
        published_on=seen.date(), identity=f"test-{number}",
    )  # fmt: skip
    revision = Revision.objects.create(
        notice=row, number=1, title=title, text=text or f"{title}。正文。", content_hash="x", seen_at=seen
    )
    made = Reading.objects.create(
        notice=row, revision=revision, version="test", made_at=seen, kind=kind, confidence=1.0,
        regions=[place(region)], topics=sorted(topics.closure(map(topic, topic_names))), section="申报通知",
        **reading,
    )  # fmt: skip
    if deadline:
        Deadline.objects.create(notice=row, reading=made, on=deadline, quote=f"于{deadline}前", is_main=True)
    Notice.objects.filter(pk=row.pk).update(reading=made, read_at=seen)
    row.refresh_from_db()
    return row


def taken_in(*rows: Notice, now: datetime | None = None) -> None:
    """Matches the notices, plans their reminders, records their changes."""
    for row in rows:
        take_in(row.pk, now or row.first_seen_at)


def person(
    name: str = "陈越", *, email: bool = True, wechat: bool = False, since: datetime = START
) -> Subscriber:
    """A subscriber whose contacts are confirmed."""
    number = next(_numbers)
    row = Subscriber.objects.create(name=name, created_at=since)
    if email:
        add_confirmed(row, Channel.EMAIL, f"p{number}@example.com", since, "test")
    if wechat:
        add_confirmed(row, Channel.WECHAT, f"oPENID{number:022d}", since, "test")
    return row


def wish(
    subscriber: Subscriber,
    what: FilterSpec,
    cadence: Cadence = Cadence.DAILY,
    since: datetime = START - timedelta(days=1),
    **terms: Any,
) -> Subscription:
    """A subscription that began before the tests' day."""
    Contact.objects.filter(subscriber=subscriber).update(reachable_since=since)
    return subscribe(subscriber, what, since, cadence=cadence, **terms)
