"""What a filter would have brought in the last 90 days, so that its owner sees it before it is saved.

What nearly all notices meet is counted where it lies; of the rest the ids are found (alerts.looking_back,
make bench ARGS=preview).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from alerts.dialect import ids_of
from alerts.looking_back import SPAN, Asked, asked_since, find, first_since, kinds_wanted, of_kinds
from alerts.models import RecentNotice
from subscribers.filters import FilterSpec

MANY_A_WEEK = 50
PATIENCE = 0.4
NEWEST = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """What a filter would have brought since `since`; with `whole` False since then is not all of 90 days."""

    count: int
    since: datetime
    until: datetime
    whole: bool
    newest: tuple[int, ...]

    @property
    def a_week(self) -> float:
        """How many that is in a week."""
        return self.count / max((self.until - self.since) / timedelta(days=7), 1 / 7)

    @property
    def too_many(self) -> bool:
        """Whether its owner should think again."""
        return self.a_week > MANY_A_WEEK


def preview(spec: FilterSpec, now: datetime, patience: float = PATIENCE) -> Preview:
    """What the filter would have brought in the last 90 days, as far as `patience` seconds reach."""
    spec = spec.canonical()
    if spec == FilterSpec(kinds=spec.kinds, only_with_deadline=spec.only_with_deadline):
        return _of_kinds_alone(spec, now)
    asked = asked_since(spec, now - SPAN)
    if asked is None:
        return Preview(0, now - SPAN, now, whole=True, newest=())
    return _of_one_topic(asked, now) if _is_one_topic(asked) else _found(asked, now, patience)


def _found(asked: Asked, now: datetime, patience: float) -> Preview:
    found = find(asked, patience)
    since = now - SPAN if found.down_to is None else _seen_at(found.down_to)
    newest = sorted(found.ids, reverse=True)[:NEWEST]
    return Preview(len(found.ids), since, now, whole=found.down_to is None, newest=tuple(newest))


def _is_one_topic(asked: Asked) -> bool:
    """Whether one topic that the index knows is all that is asked for."""
    bare = FilterSpec(topics=asked.spec.topics, words=asked.spec.words)
    return asked.spec == bare and len(asked.topics) == 1 and not asked.new_words


def _of_one_topic(asked: Asked, now: datetime) -> Preview:
    """All of the topic, less the news and the old; half of all notices may bear it."""
    named, old, same = asked.named, asked.old(), OuterRef("notice")
    wanted = named.filter(~Exists(asked.news.filter(notice=same)))
    # Faster from the side of the news, which are few.
    news = asked.news.filter(Exists(named.filter(notice=same)))
    count = named.count() - news.count() - wanted.filter(notice__in=old).count()
    newest = wanted.exclude(notice__in=old).order_by("-notice_id")[:NEWEST]
    found = tuple(newest.values_list("notice_id", flat=True))
    return Preview(count, now - SPAN, now, whole=True, newest=found)


def _of_kinds_alone(spec: FilterSpec, now: datetime) -> Preview:
    """What asks for nearly all is counted where it lies."""
    recent = RecentNotice.objects.filter(notice__gte=first_since(now - SPAN) or 0)
    rows = of_kinds(spec, recent)
    old = rows.filter(notice__in=ids_of(recent.filter(seen_at__lt=now - SPAN)))
    newest = [
        pk
        for kind in kinds_wanted(spec)
        for pk in rows.filter(kind=kind.bit, seen_at__gte=now - SPAN)
        .order_by("-notice_id")
        .values_list("notice_id", flat=True)[:NEWEST]
    ]
    found = tuple(sorted(newest, reverse=True)[:NEWEST])
    return Preview(rows.count() - old.count(), now - SPAN, now, whole=True, newest=found)


def _seen_at(at_least: int) -> datetime:
    """When the first of the notices from this id on was seen."""
    rows = RecentNotice.objects.filter(notice__gte=at_least).order_by("notice_id")
    return rows.values_list("seen_at", flat=True)[0]
