"""Filters: their canonical form, their keys, their rows (DESIGN section 5).

    regions ∧ (any of its topics or own words) ∧ all of … ∧ any of … ∧ none of … ∧ kinds ∧ issuers

No region or no topic named means any. Equal filters are one row and a row never changes.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from notices.lexicon import regions, topics
from notices.lexicon.kinds import KIND_NAMES, Kind, kinds_mask
from notices.lexicon.normal import normalise
from notices.lexicon.region_keys import ANY, filter_keys
from notices.lexicon.topics import ANY_TOPIC
from subscribers.models import Filter, FilterPair, Word

# Which part of the topic numbers a pair stands in: 0 for filters that want every kind but news, one for each
# kind that others name, and the last for filters whose row must be looked at (words, issuers). So the
# statement for most reads one index and no filter: 2 ms against 9 at 100,000 filters (make bench).
PART = 1 << 27
TO_VERIFY = 15 * PART


def part_of(kind: Kind) -> int:
    """What is added to a topic for filters that name this kind."""
    return (list(Kind).index(kind) + 1) * PART


# A filter of more is indexed on one side (facts/matching.md C5): its rows would cost more than verifying.
MOST_PAIRS = 500


@dataclass(frozen=True, slots=True)
class FilterSpec:
    """What to match. Region and topic ids are the lexicon's; words are a subscriber's own.

    `below` and `above` are the two switches 含下级 and 含上级; `words` count as topics of one's own,
    `all_words`, `any_words` and `none_words` narrow what the topics brought.
    """

    regions: tuple[int, ...] = ()
    below: bool = True
    above: bool = True
    topics: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    all_words: tuple[str, ...] = ()
    any_words: tuple[str, ...] = ()
    none_words: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    issuers: tuple[str, ...] = ()
    only_with_deadline: bool = False
    only_followed: bool = False

    @classmethod
    def from_json(cls, spec: dict[str, Any]) -> "FilterSpec":
        """The spec that `to_json` wrote; an unknown field is an error."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in spec.items()
        }
        values["kinds"] = tuple(Kind(kind) for kind in values.get("kinds", ()))
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """Only what differs from asking for everything."""
        empty = asdict(FilterSpec())
        return {name: value for name, value in asdict(self).items() if value != empty[name]}

    def canonical(self) -> "FilterSpec":
        """The one form of all filters that ask for the same.

        What someone follows they chose one by one, so nothing else narrows it.
        """
        if self.only_followed:
            return FilterSpec(only_followed=True)
        return replace(
            self,
            regions=tuple(sorted(set(self.regions))),
            topics=tuple(sorted(set(self.topics))),
            below=self.below or not self.regions,
            above=self.above or not self.regions,
            words=_plain(self.words),
            all_words=_plain(self.all_words),
            any_words=_plain(self.any_words),
            none_words=_plain(self.none_words),
            kinds=tuple(kind for kind in Kind if kind in self.kinds),
            issuers=_plain(self.issuers),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form: equal digests are equal filters."""
        text = json.dumps(self.canonical().to_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def needs_verifying(self) -> bool:
        """Whether pairs alone cannot say if it matches."""
        return bool(
            self.all_words
            or self.any_words
            or self.none_words
            or self.issuers
            or self.only_with_deadline
            or self.too_many_pairs
        )

    @property
    def too_many_pairs(self) -> bool:
        """Whether only its rarer side is indexed; the other is then looked at on the survivors."""
        return len(_keys(self)) * (len(self.topics) + len(self.words)) > MOST_PAIRS


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({normalise(word) for word in words} - {""}))


def pairs(spec: FilterSpec, word_topics: Iterable[int]) -> set[tuple[int, int]]:
    """Every (region key, topic) that the filter asks for; with too many, its topics alone.

    None for 只看我关注的通知的变化: it asks for changes, which `alerts.pending` finds by the person.

    Topics are the rarer side: a notice carries few of some hundreds, while every notice of 全国 carries
    the one key that all filters with 含上级 ask for.
    """
    if spec.only_followed:
        return set()
    keys = {ANY} if spec.too_many_pairs else _keys(spec)
    wanted = {*spec.topics, *word_topics} or {ANY_TOPIC}
    return {(key, topic + part) for key in keys for topic in wanted for part in _parts(spec)}


def _parts(spec: FilterSpec) -> tuple[int, ...]:
    if spec.needs_verifying:
        return (TO_VERIFY,)
    return tuple(map(part_of, spec.kinds)) or (0,)


def _keys(spec: FilterSpec) -> frozenset[int]:
    return filter_keys(spec.regions, spec.below, spec.above) if spec.regions else frozenset({ANY})


@transaction.atomic
def find_or_make(spec: FilterSpec, now: datetime) -> Filter:
    """The one row for this filter, with its pairs; made if nobody has asked for it before."""
    spec = spec.canonical()
    row, made = Filter.objects.get_or_create(
        digest=spec.digest,
        defaults={
            "spec": spec.to_json(),
            "kinds_mask": kinds_mask(spec.kinds),
            "verify": spec.needs_verifying,
            "created_at": now,
        },
    )
    row.is_new = made
    if made:
        words = (Word.objects.get_or_create(text=word, defaults={"known_since": now}) for word in spec.words)
        word_topics = [word.topic for word, _ in words]
        FilterPair.objects.bulk_create(
            [FilterPair(region_key=key, topic=topic, filter=row) for key, topic in pairs(spec, word_topics)]
        )
    return row


FOLLOWED = FilterSpec(only_followed=True).digest
"""The one filter for 只看我关注的通知的变化."""

_LISTED = (("all_words", "且含“{}”"), ("any_words", "含其一“{}”"), ("none_words", "不含“{}”"))


def describe(spec: FilterSpec) -> str:
    """The filter in a reader's words: 浙江省（含下级、含上级）· 绿色工厂 · 不含“公示”."""
    if spec.only_followed:
        return "只看我关注的通知的变化"
    parts = [_describe_regions(spec), _describe_topics(spec)]
    parts += [
        phrase.format("、".join(getattr(spec, name))) for name, phrase in _LISTED if getattr(spec, name)
    ]
    if spec.kinds:
        parts.append("、".join(KIND_NAMES[kind] for kind in spec.kinds))
    if spec.issuers:
        parts.append("发文机关 " + "、".join(spec.issuers))
    if spec.only_with_deadline:
        parts.append("只要有截止日的")
    return " · ".join(parts)


def _describe_regions(spec: FilterSpec) -> str:
    if not spec.regions:
        return "不限地区"
    names = "、".join(regions.full_name(region) for region in spec.regions)
    switches = {(True, True): "", (True, False): "（不含上级）", (False, True): "（不含下级）"}
    return names + switches.get((spec.below, spec.above), "（只看本级）")


def _describe_topics(spec: FilterSpec) -> str:
    names = [topics.topic(topic).name for topic in spec.topics] + [f"“{word}”" for word in spec.words]
    return "、".join(names) or "全部主题"
