"""Which recent notices a filter would have met: for the preview, and for a start with the last week.

The way back of matching, stretch by stretch along the rarer side of the filter, newest first: what asks for
much is answered by the first stretch (make bench ARGS=preview). A word that nobody asked for before is in no
index; it is looked for in the normalised words themselves, for as long as there is time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from alerts.matching import holds, notice_text
from alerts.models import NoticeKey, NoticeTopic, RecentNotice
from config.clock import machine_now
from notices.lexicon.kinds import Kind
from notices.lexicon.region_keys import filter_keys
from notices.models import Notice
from subscribers.filters import FilterSpec
from subscribers.models import Word

SPAN = timedelta(days=90)
MANY_A_WEEK = 50
# More than a filter may bring in 90 days without a warning: how many more would only cost time.
ENOUGH = 700
FIRST_LOT = 1_000
LOT = 4_000
# Notices whose ids need not be in the order in which they were seen, and rows beyond which a side is large.
TOGETHER = 500
MANY = 3_000
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
    spec, began = spec.canonical(), machine_now()
    found: list[int] = []
    for lot in _lots(spec, now - SPAN):
        found += lot.met
        if lot.back_to is not None and (len(found) >= ENOUGH or machine_now() - began > patience):
            return Preview(len(found), lot.back_to, now, whole=False, newest=tuple(found[:NEWEST]))
    return Preview(len(found), now - SPAN, now, whole=True, newest=tuple(found[:NEWEST]))


def met_since(spec: FilterSpec, since: datetime) -> list[int]:
    """Every notice seen since then that the filter asks for, the newest first."""
    return [pk for lot in _lots(spec.canonical(), since) for pk in lot.met]


@dataclass(frozen=True, slots=True)
class _Lot:
    """A stretch of notices, newest first: those that met, and how far back all are looked at now."""

    met: list[int]
    back_to: datetime | None


def _lots(spec: FilterSpec, since: datetime) -> Iterator[_Lot]:
    """Stretch by stretch along the rarer side, the newest first; ever longer ones, since many want few."""
    first = _first(since)
    if spec.only_followed or first is None:
        return
    topics, new_words = _asked_topics(spec, since)
    named = NoticeTopic.objects.filter(topic__in=topics)
    driver, others = _sides(spec, named if topics and not new_words else None, first)
    size, below = FIRST_LOT, None
    while part := _stretch(driver, first, below, size):
        ids = _meeting(part, others)
        rows = _narrowed(RecentNotice.objects.filter(notice__in=ids, seen_at__gte=since), spec)
        if new_words:
            known = named.filter(notice__in=ids).values_list("notice_id", flat=True) if topics else ()
            rows = rows.filter(_any_of(new_words) | Q(notice__in=list(known)))
        yield _Lot(_met(spec, rows), _seen_at(part[-1]) if len(part) == size else None)
        size, below = min(size * 4, LOT), part[-1]


Rows = QuerySet[NoticeKey] | QuerySet[NoticeTopic] | QuerySet[RecentNotice]


def _first(since: datetime) -> int | None:
    """The least id of those seen since then. Ids grow as notices are seen, but for some seen together."""
    eldest = RecentNotice.objects.filter(seen_at__gte=since).order_by("seen_at")[:TOGETHER]
    return min(eldest.values_list("notice_id", flat=True), default=None)


def _sides(spec: FilterSpec, named: Rows | None, first: int) -> tuple[Rows, list[Rows]]:
    """The rarer of what the filter names, along which to go; and the other, which must meet it."""
    sides: list[Rows] = [named] if named is not None else []
    if spec.regions:
        keys = filter_keys(spec.regions, spec.below, spec.above)
        sides.append(NoticeKey.objects.filter(region_key__in=keys))
    if not sides:
        return RecentNotice.objects.all(), []
    sides.sort(key=lambda rows: rows.filter(notice__gte=first)[:MANY].count())
    return sides[0], sides[1:]


def _stretch(rows: Rows, first: int, below: int | None, size: int) -> list[int]:
    rows = rows.filter(notice__gte=first)
    if below is not None:
        rows = rows.filter(notice__lt=below)
    found = rows.order_by("-notice_id").values_list("notice_id", flat=True)
    return list(found.distinct()[:size])


def _meeting(ids: list[int], sides: list[Rows]) -> list[int]:
    for side in sides:
        ids = list(side.filter(notice__in=ids).order_by().values_list("notice_id", flat=True).distinct())
    return ids


def _seen_at(notice_id: int) -> datetime | None:
    seen = RecentNotice.objects.filter(notice=notice_id).values_list("seen_at", flat=True)
    return seen.first()


def _narrowed(rows: QuerySet[RecentNotice], spec: FilterSpec) -> QuerySet[RecentNotice]:
    wanted = set(spec.kinds) or set(Kind) - {Kind.NEWS}
    rows = _worded(rows.filter(kind__in=[kind.bit for kind in wanted]), spec)
    return rows.filter(has_deadline=True) if spec.only_with_deadline else rows


def _met(spec: FilterSpec, rows: QuerySet[RecentNotice]) -> list[int]:
    if not spec.issuers:
        facts = rows.order_by("-notice").values_list("notice_id", "has_exclusions")
        return [pk for pk, excludes in facts if not excludes or _holds(spec, pk)]
    named = rows.order_by("-notice").values_list("notice_id", "has_exclusions", "issuer")
    return [pk for pk, excludes, by in named if _issued(spec, by) and (not excludes or _holds(spec, pk))]


def _asked_topics(spec: FilterSpec, since: datetime) -> tuple[set[int], tuple[str, ...]]:
    """The topics that the index knows since then, own words among them, and the words that it does not."""
    old = Word.objects.filter(Q(known_since=None) | Q(known_since__lte=since), text__in=spec.words)
    known = {word.text: word.topic for word in old}
    return {*spec.topics, *known.values()}, tuple(word for word in spec.words if word not in known)


def _worded(rows: QuerySet[RecentNotice], spec: FilterSpec) -> QuerySet[RecentNotice]:
    for word in spec.all_words:
        rows = rows.filter(_any_of([word]))
    if spec.any_words:
        rows = rows.filter(_any_of(spec.any_words))
    return rows.exclude(_any_of(spec.none_words)) if spec.none_words else rows


def _any_of(words: Sequence[str]) -> Q:
    """INSTR or STRPOS: a plain search for bytes, faster than LIKE and without its wild cards."""
    asked = Q()
    for word in words:
        asked |= Q(GreaterThan(StrIndex(F("words"), Value(word)), 0))
    return asked


def _issued(spec: FilterSpec, issuer: str) -> bool:
    return not spec.issuers or any(name in issuer for name in spec.issuers)


def _holds(spec: FilterSpec, notice_id: int) -> bool:
    """A notice that excludes places (不含宁波) is looked at as matching does."""
    notice = Notice.objects.select_related("reading__revision", "reading__notice").get(pk=notice_id)
    return notice.reading is not None and holds(spec, notice_text(notice.reading))
