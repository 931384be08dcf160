"""Which recent notices a filter would have met: for its preview, and for a start with the last week.

The way back of matching, with sets of ids: what an index knows (places, topics, kinds) comes from it whole,
and is counted over all 90 days. Words are looked for in the words of what is left, the newest notices first,
for as long as there is patience (make bench ARGS=preview).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from alerts import recent_words
from alerts.dialect import ids_of
from alerts.matching import holds, notice_text
from alerts.models import NoticeKey, NoticeTopic, RecentNotice
from config.clock import machine_now
from notices.lexicon.kinds import Kind
from notices.lexicon.region_keys import filter_keys
from notices.models import Notice
from notices.word_lookup import Held
from subscribers.filters import FilterSpec
from subscribers.models import Word

SPAN = timedelta(days=90)
# Notices whose ids need not be in the order in which they were seen.
TOGETHER = 500
# So few are fetched with their words; of more the files are read (alerts.recent_words).
FEW = 500
# Of so few kinds each notice is looked up by place and topic.
FEW_KINDS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter, the first notice to look at, and its topics and words, known to the index and new."""

    spec: FilterSpec
    since: datetime
    first: int
    topics: set[int]
    new_words: tuple[str, ...]

    @property
    def recent(self) -> QuerySet[RecentNotice]:
        """All that can meet it."""
        return RecentNotice.objects.filter(notice__gte=self.first)

    @property
    def news(self) -> QuerySet[RecentNotice]:
        """What nobody means who names no kind."""
        return self.recent.filter(kind=Kind.NEWS.bit)

    @property
    def of_kinds(self) -> bool:
        """Whether what is wanted is found by kind; else what is not wanted, news, is taken away."""
        spec = self.spec
        narrowed = spec.regions or spec.issuers or (self.topics and not self.new_words)
        return bool(spec.kinds) or spec.only_with_deadline or not narrowed

    @property
    def named(self) -> QuerySet[NoticeTopic]:
        """Where one of its known topics stands."""
        return NoticeTopic.objects.filter(topic__in=self.topics, notice__gte=self.first)

    @property
    def placed(self) -> QuerySet[NoticeKey]:
        """Where one of its places does."""
        keys = filter_keys(self.spec.regions, self.spec.below, self.spec.above)
        return NoticeKey.objects.filter(region_key__in=keys, notice__gte=self.first)

    def old(self) -> set[int]:
        """Those of `recent` that were seen before `since`, some of the first of them."""
        return ids_of(self.recent.filter(seen_at__lt=self.since))


@dataclass(frozen=True, slots=True)
class Found:
    """Ids that meet the filter; all of them, or those not below `down_to`."""

    ids: set[int]
    down_to: int | None = None


def met_since(spec: FilterSpec, since: datetime) -> list[int]:
    """Every notice seen since then that the filter asks for, the newest first."""
    asked = asked_since(spec.canonical(), since)
    return sorted(find(asked).ids, reverse=True) if asked else []


def held(word: str, since: datetime) -> Held:
    """The notices seen since then in whose words a normalised word stands: for the trial of a term."""
    first = first_since(since)
    parts = [] if first is None else recent_words.parts(first)
    found = set().union(*(recent_words.words_of(part).holding(word) for part in parts))
    return Held(found, ids_of(RecentNotice.objects.filter(seen_at__gte=since)))


def keep_words(now: datetime) -> int:
    """Has the files of words ready before somebody asks; the files written."""
    first = first_since(now - SPAN)
    return 0 if first is None else recent_words.keep(first)


def asked_since(spec: FilterSpec, since: datetime) -> Asked | None:
    """What a canonical filter asks for; None where nothing that was seen since then can meet it."""
    first = first_since(since)
    if spec.only_followed or first is None:
        return None
    return Asked(spec, since, first, *_asked_topics(spec, since))


def find(asked: Asked, patience: float | None = None) -> Found:
    """What meets it; words are looked for until the patience, in seconds, is over."""
    found = _by_words(asked, _by_index(asked), patience)
    return Found(_by_exclusions(asked, found.ids), found.down_to)


def first_since(since: datetime) -> int | None:
    """The least id of those seen since then. Ids grow as notices are seen, but for some seen together."""
    eldest = RecentNotice.objects.filter(seen_at__gte=since).order_by("seen_at")[:TOGETHER]
    return min(eldest.values_list("notice_id", flat=True), default=None)


def _asked_topics(spec: FilterSpec, since: datetime) -> tuple[set[int], tuple[str, ...]]:
    """The topics that the index knows since then, own words among them, and the words that it does not."""
    old = Word.objects.filter(Q(known_since=None) | Q(known_since__lte=since), text__in=spec.words)
    known = {word.text: word.topic for word in old}
    return {*spec.topics, *known.values()}, tuple(word for word in spec.words if word not in known)


def _by_index(asked: Asked) -> set[int]:
    """What has a place, a topic and a kind that are asked for, and its issuer and deadline."""
    unwanted = asked.old()
    if not asked.of_kinds:
        unwanted |= ids_of(asked.news)
    return set.intersection(*_sides(asked)) - unwanted


def _sides(asked: Asked) -> Iterator[set[int]]:
    """Sets in all of which a notice must be."""
    spec, side = asked.spec, _named_and_placed(asked)
    kinds = of_kinds(spec, asked.recent)
    if side is not None and 0 < len(spec.kinds) <= FEW_KINDS:
        yield ids_of(kinds.filter(Exists(side.filter(notice=OuterRef("notice")))))
    else:
        if side is not None:
            yield ids_of(side)
        if asked.of_kinds:
            yield ids_of(kinds)
    if spec.issuers:
        yield ids_of(asked.recent.filter(_has("issuer", spec.issuers)))


def _named_and_placed(asked: Asked) -> QuerySet[Any] | None:
    """Both in one question, so that the database sends no more than has both; None where neither is asked."""
    by_topic = bool(asked.topics) and not asked.new_words
    if asked.spec.regions:
        return asked.named.filter(notice__in=asked.placed.values("notice")) if by_topic else asked.placed
    return asked.named if by_topic else None


def kinds_wanted(spec: FilterSpec) -> set[Kind]:
    """The kinds it names, or every one but news."""
    return set(spec.kinds) or set(Kind) - {Kind.NEWS}


def of_kinds(spec: FilterSpec, rows: QuerySet[RecentNotice]) -> QuerySet[RecentNotice]:
    """Those of the rows that have a wanted kind and, where one is asked for, a deadline."""
    rows = rows.filter(kind__in=[kind.bit for kind in kinds_wanted(spec)])
    return rows.filter(has_deadline=True) if spec.only_with_deadline else rows


def _has(column: str, words: Iterable[str]) -> Q:
    """INSTR or STRPOS: a plain search for bytes, faster than LIKE and without its wild cards."""
    asked = Q()
    for word in words:
        asked |= Q(GreaterThan(StrIndex(F(column), Value(word)), 0))
    return asked


Holding = Callable[[str], set[int]]


def _by_words(asked: Asked, ids: set[int], patience: float | None) -> Found:
    """What holds the words that are asked for; part by part where there is much to read."""
    spec = asked.spec
    if not (spec.all_words or spec.any_words or spec.none_words or asked.new_words):
        return Found(ids)
    named = ids_of(asked.named) if asked.new_words and asked.topics else set[int]()
    if len(ids) <= FEW:
        return Found(_worded(asked, ids, named, _holding_of(ids)))
    by_part: dict[int, set[int]] = defaultdict(set)
    for pk in ids:
        by_part[pk // recent_words.PART].add(pk)
    parts, met = recent_words.parts(asked.first), set[int]()
    began = machine_now()
    for part in parts:
        if there := by_part.pop(part.number, None):
            met |= _worded(asked, there, named, recent_words.words_of(part).holding)
        if by_part and patience is not None and machine_now() - began > patience:
            return Found(met, part.number * recent_words.PART)
    return Found(met)


def _worded(asked: Asked, ids: set[int], named: set[int], holding: Holding) -> set[int]:
    """A new word counts as a topic; the others narrow."""
    spec = asked.spec
    if asked.new_words:
        ids = ids & (_any_of(asked.new_words, holding) | named)
    for word in spec.all_words:
        ids = ids & holding(word)
    if spec.any_words:
        ids = ids & _any_of(spec.any_words, holding)
    return ids - _any_of(spec.none_words, holding)


def _any_of(words: Iterable[str], holding: Holding) -> set[int]:
    return set[int]().union(*map(holding, words))


def _holding_of(ids: set[int]) -> Holding:
    texts = list(RecentNotice.objects.filter(notice__in=ids).values_list("notice_id", "words"))
    return lambda word: {pk for pk, text in texts if word in text}


def _by_exclusions(asked: Asked, ids: set[int]) -> set[int]:
    """A notice that excludes places (不含宁波) is looked at as matching does."""
    if not asked.spec.regions:
        return ids
    doubtful = ids & ids_of(RecentNotice.objects.filter(has_exclusions=True, notice__gte=asked.first))
    return ids - {pk for pk in doubtful if not _holds(asked.spec, pk)}


def _holds(spec: FilterSpec, notice_id: int) -> bool:
    notice = Notice.objects.select_related("reading__revision", "reading__notice").get(pk=notice_id)
    return notice.reading is not None and holds(spec, notice_text(notice.reading))
