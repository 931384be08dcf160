"""The tables of matches held against a reader that walks every filter: `manage.py verify-matches`.

It shares no code with `alerts.matching` or the region keys, so that a fault there cannot hide here. It reads
filters from what their makers asked (`spec`), never from their pairs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.db.models import QuerySet

from alerts.models import Match
from notices.lexicon import regions
from notices.lexicon.normal import normalise
from notices.models import Deadline, Notice
from subscribers.models import Filter

NEWS = "news"
# Filters that are in memory at once.
PART = 20_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A pair on which the table and the reader disagree; `missing` when the table lacks it."""

    notice_id: int
    filter_id: int
    missing: bool

    def __str__(self) -> str:
        return f"通知 {self.notice_id} 与条件 {self.filter_id}：{'漏了命中' if self.missing else '不该命中'}"


@dataclass(frozen=True, slots=True)
class Proof:
    """How much was compared, and what was wrong."""

    notices: int
    pairs: int
    differences: tuple[Difference, ...]


def verify_matches(sample: int | None = None, since: datetime | None = None) -> Proof:
    """Compares the newest `sample` matched notices, or all seen `since`, with the filters that stood by then.

    Part of the filters by part, so that a million of them need no more memory than some thousand.
    """
    chosen = _matched(since).order_by("-matched_at", "-pk")[:sample]
    notices = [(row.pk, row.matched_at, facts_of(row)) for row in chosen if row.matched_at]
    pairs, wrong = 0, list[Difference]()
    for part in _filters():
        for notice_id, matched_at, facts in notices:
            standing = [(pk, spec) for pk, spec, made in part if made < matched_at]
            wrong += _differences(notice_id, facts, standing)
            pairs += len(standing)
    return Proof(len(notices), pairs, tuple(wrong))


def _matched(since: datetime | None) -> QuerySet[Notice]:
    rows = Notice.objects.filter(silent=False).exclude(matched_at=None).exclude(reading=None)
    rows = rows.select_related("reading__revision")
    return rows.filter(first_seen_at__gte=since) if since else rows


Standing = list[tuple[int, dict[str, Any]]]


def _filters() -> Iterator[list[tuple[int, dict[str, Any], datetime]]]:
    last = 0
    rows = Filter.objects.order_by("pk").values_list("pk", "spec", "created_at")
    while part := list(rows.filter(pk__gt=last)[:PART]):
        yield part
        last = part[-1][0]


def _differences(notice_id: int, facts: "Facts", standing: Standing) -> Iterator[Difference]:
    if not standing:
        return
    rows = Match.objects.filter(notice=notice_id, filter__gte=standing[0][0], filter__lte=standing[-1][0])
    recorded = set(rows.values_list("filter_id", flat=True))
    for pk, spec in standing:
        asked = failing(spec, facts) is None
        if asked != (pk in recorded):
            yield Difference(notice_id, pk, missing=asked)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader needs to know of a notice; `text` is normalised."""

    regions: tuple[int, ...]
    excluded: frozenset[int]
    topics: frozenset[int]
    kind: str
    text: str
    issuer: str
    has_deadline: bool


def facts_of(notice: Notice) -> Facts:
    """The facts of a notice that was read."""
    reading = notice.reading
    if reading is None:
        raise ValueError(f"通知 {notice.pk} 尚未解读")
    subject = notice.follows_id or notice.pk
    return Facts(
        regions=tuple(reading.regions),
        excluded=frozenset(reading.excluded_regions),
        topics=frozenset(reading.topics),
        kind=reading.kind,
        text=normalise(f"{reading.revision.title}\n{reading.revision.text}"),
        issuer=normalise(reading.issuer),
        has_deadline=Deadline.objects.filter(notice=subject, is_main=True).exists(),
    )


def failing(spec: dict[str, Any], facts: Facts) -> str | None:
    """The first thing the filter asks for that the notice has not, in Chinese; None when it has all."""
    if spec.get("only_followed") or facts.kind not in (
        spec.get("kinds") or [facts.kind if facts.kind != NEWS else ""]
    ):
        return "只看关注的通知的变化" if spec.get("only_followed") else "类别"
    if not _place_meets(spec, facts):
        return "地区"
    topics, words = spec.get("topics", []), spec.get("words", [])
    if (topics or words) and not (facts.topics.intersection(topics) or _any_in(words, facts.text)):
        return "主题"
    if not all(word in facts.text for word in spec.get("all_words", [])):
        return "须含的词"
    if spec.get("any_words") and not _any_in(spec["any_words"], facts.text):
        return "须含其一的词"
    if _any_in(spec.get("none_words", []), facts.text):
        return "不含的词"
    if spec.get("issuers") and not _any_in(spec["issuers"], facts.issuer):
        return "发文机关"
    return "截止日" if spec.get("only_with_deadline") and not facts.has_deadline else None


def _any_in(words: Iterable[str], text: str) -> bool:
    return any(word in text for word in words)


def _place_meets(spec: dict[str, Any], facts: Facts) -> bool:
    asked, below, above = spec.get("regions"), spec.get("below", True), spec.get("above", True)
    return not asked or any(_meets(place, below, above, facts.regions, facts.excluded) for place in asked)


@lru_cache(maxsize=1 << 15)
def _meets(place: int, below: bool, above: bool, found: tuple[int, ...], excluded: frozenset[int]) -> bool:
    """Remembered: a notice is held against a hundred thousand filters, which name some thousand places."""
    return not excluded & {place, *_above(place)} and any(
        place == one or (below and place in _above(one)) or (above and one in _above(place)) for one in found
    )


@cache
def _above(place: int) -> frozenset[int]:
    """Everything above a place, by walking its parents' parents."""
    reached: frozenset[int] = frozenset()
    edge = frozenset(regions.table()[place].parents)
    while edge:
        reached |= edge
        edge = frozenset(up for one in edge for up in regions.table()[one].parents) - reached
    return reached
