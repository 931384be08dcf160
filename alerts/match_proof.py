"""The tables of matches held against a reader that walks every filter: `manage.py verify-matches`.

It shares no code with `alerts.matching` or the region keys, so that a fault there cannot hide here. It reads
filters from what their makers asked (`spec`), never from their pairs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from alerts.models import Match
from notices.lexicon import regions
from notices.lexicon.normal import normalise
from notices.models import Deadline, Notice
from subscribers.models import Filter

NEWS = "news"


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


def verify_matches(sample: int | None = None) -> Proof:
    """Compares the newest `sample` matched notices, or all of them, with every filter that stood by then."""
    chosen = (
        Notice.objects.filter(silent=False)
        .exclude(matched_at=None)
        .exclude(reading=None)
        .order_by("-matched_at", "-pk")
    )
    filters = list(Filter.objects.values_list("pk", "spec", "created_at"))
    compared, pairs, wrong = 0, 0, []
    for notice in chosen.select_related("reading__revision")[:sample]:
        standing = [
            (pk, spec) for pk, spec, made in filters if notice.matched_at and made < notice.matched_at
        ]
        wrong += list(_differences(notice, standing))
        compared, pairs = compared + 1, pairs + len(standing)
    return Proof(compared, pairs, tuple(wrong))


def _differences(notice: Notice, standing: Iterable[tuple[int, dict[str, Any]]]) -> Iterator[Difference]:
    facts = facts_of(notice)
    recorded = set(Match.objects.filter(notice=notice).values_list("filter_id", flat=True))
    for pk, spec in standing:
        asked = failing(spec, facts) is None
        if asked != (pk in recorded):
            yield Difference(notice.pk, pk, missing=asked)


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
    wanted = [place for place in spec.get("regions", []) if not facts.excluded & {place, *_above(place)}]
    if not spec.get("regions"):
        return True
    return any(
        place == found
        or (spec.get("below", True) and place in _above(found))
        or (spec.get("above", True) and found in _above(place))
        for place in wanted
        for found in facts.regions
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
