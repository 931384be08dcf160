"""Who asked for this notice: one statement over filter pairs, then the few that keys cannot decide.

At region n a notice carries d:a for every ancestor-or-self a, u:n and s:n; a filter asks for the keys it
wants (DESIGN section 5, `notices.lexicon.region_keys`). 0 stands for any on both sides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

import ahocorasick_rs
from django.db import transaction

from alerts import dialect, filing, looks, recent_words
from alerts.models import Match, NoticeKey, NoticeTopic, RecentNotice
from notices.lexicon import regions
from notices.lexicon.kinds import Kind
from notices.lexicon.normal import normalise
from notices.lexicon.region_keys import ANY, filter_keys, notice_keys
from notices.lexicon.topics import ANY_TOPIC
from notices.models import Deadline, Notice, Reading
from subscribers.filters import TO_VERIFY, FilterSpec, part_of
from subscribers.models import Filter, Word

_CARRIED = """
alerts_noticekey k
JOIN alerts_noticetopic t ON t.notice_id = k.notice_id
JOIN subscribers_filterpair p ON p.region_key = k.region_key
"""

# Filters that their pairs settle (subscribers.filters.PART): those that want every kind but news, and those
# that name this very kind. Of news both parts are the same. A part is a table of its own, so that PostgreSQL
# looks each pair up: asked for either topic in one condition, it reads all of a region.
SETTLED = f"""
FROM (SELECT %(plain)s AS part UNION SELECT %(part)s) AS wanted CROSS JOIN
{_CARRIED} AND p.topic = t.topic + wanted.part
WHERE k.notice_id = %(notice)s
"""

# Filters whose row decides.
LOOKED_AT = f"""
FROM {_CARRIED} AND p.topic = t.topic + {TO_VERIFY}
JOIN subscribers_filter f ON f.id = p.filter_id
WHERE k.notice_id = %(notice)s AND (f.kinds_mask & %(kind)s) <> 0
"""

# Of several pairs that brought a filter here the first is the reason: the key sorts out the others for less
# than grouping would take. Rows that are not filed are left to `alerts.filing`.
RECORD = f"""
INSERT INTO alerts_match (notice_id, filter_id, region_key, topic, matched_at, filed)
SELECT k.notice_id, p.filter_id, p.region_key, t.topic, %(now)s, %(filed)s
{SETTLED}
ON CONFLICT DO NOTHING
"""

# A corrected reading: what was met before and is not met now, by keys or by kind.
_UNMET_BY_KEYS = f"""
DELETE FROM alerts_match WHERE notice_id = %(notice)s
AND filter_id NOT IN (SELECT p.filter_id {SETTLED} UNION SELECT p.filter_id {LOOKED_AT})
"""  # noqa: S608, made of our own constants

_CANDIDATES = """
SELECT f.id, f.spec, MAX(p.region_key) AS region_key, MAX(t.topic) AS topic
{meeting}
GROUP BY f.id, f.spec
"""
_TO_VERIFY = _CANDIDATES.format(meeting=LOOKED_AT)
_ALL_SETTLED = _CANDIDATES.format(
    meeting=SETTLED.replace("WHERE", "JOIN subscribers_filter f ON f.id = p.filter_id WHERE")
)


def asked_of(notice_id: int, kind: Kind) -> dict[str, int]:
    """What the statements above ask of a notice."""
    part = part_of(kind)
    return {
        "notice": notice_id,
        "kind": kind.bit,
        "part": part,
        "plain": part if kind is Kind.NEWS else 0,
    }


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What verifying looks at: normalised words, and what the reading says."""

    words: str
    issuer: str
    regions: frozenset[int]
    excluded_regions: frozenset[int]
    topics: frozenset[int]
    has_deadline: bool


@transaction.atomic
def match(notice: Notice, reading: Reading, now: datetime) -> int:
    """Indexes the notice and records every filter that it meets; the number of new matches.

    After a corrected reading the difference alone is recorded: what still holds keeps its time, and what
    holds no more is taken back, so that whoever was not told yet never is.
    """
    text = notice_text(reading)
    index(notice, reading, text)
    kind = Kind(reading.kind)
    values = asked_of(notice.pk, kind)
    if notice.matches.exists():
        dialect.run(_UNMET_BY_KEYS, **values)
    looks.arrived(now, now)
    recorded = 0 if reading.excluded_regions else record(values, now)
    return recorded + _record_verified(notice, text, kind, now)


def record(asked: dict[str, int], now: datetime) -> int:
    """Records the filters that their pairs settle, for what `asked_of` says; the number of new matches."""
    at_once = dialect.files_at_once()
    recorded = dialect.run_prepared(RECORD, **asked, now=now, filed=at_once)
    if recorded and not at_once:
        filing.leave(asked["notice"], recorded)
    return recorded


def index(notice: Notice, reading: Reading, text: NoticeText) -> None:
    """Writes the notice's keys and topics, in place of those of an earlier reading."""
    keys = {ANY, *notice_keys(reading.regions)}
    found = {ANY_TOPIC, *reading.topics, *words_in(text.words)}
    NoticeKey.objects.filter(notice=notice).delete()
    NoticeTopic.objects.filter(notice=notice).delete()
    NoticeKey.objects.bulk_create([NoticeKey(region_key=key, notice=notice) for key in keys])
    NoticeTopic.objects.bulk_create([NoticeTopic(topic=topic, notice=notice) for topic in found])
    RecentNotice.objects.update_or_create(
        notice=notice,
        defaults={
            "seen_at": notice.first_seen_at,
            "kind": Kind(reading.kind).bit,
            "has_deadline": text.has_deadline,
            "has_exclusions": bool(text.excluded_regions),
            "checksum": recent_words.checksum(notice.pk, text.words),
            "issuer": text.issuer,
            "words": text.words,
        },
    )


def _record_verified(notice: Notice, text: NoticeText, kind: Kind, now: datetime) -> int:
    """Filters with words, exclusions or issuers, and all of them where the notice excludes regions."""
    asked = (_TO_VERIFY, _ALL_SETTLED) if text.excluded_regions else (_TO_VERIFY,)
    values = asked_of(notice.pk, kind)
    candidates = [
        row for statement in asked for row in cast(Iterable[Any], Filter.objects.raw(statement, values))
    ]
    meeting = [row for row in candidates if holds(FilterSpec.from_json(row.spec), text)]
    unmet = {row.pk for row in candidates} - {row.pk for row in meeting}
    notice.matches.filter(filter__in=unmet).delete()
    before = notice.matches.count()
    Match.objects.bulk_create(
        [
            Match(notice=notice, filter=row, region_key=row.region_key, topic=row.topic, matched_at=now)
            for row in meeting
        ],
        ignore_conflicts=True,
    )
    return notice.matches.count() - before


def holds(spec: FilterSpec, text: NoticeText) -> bool:
    """Whether a filter that keys brought here holds in all that it asks, places and topics included."""
    return (
        all(word in text.words for word in spec.all_words)
        and (not spec.any_words or any(word in text.words for word in spec.any_words))
        and not any(word in text.words for word in spec.none_words)
        and (not spec.issuers or any(issuer in text.issuer for issuer in spec.issuers))
        and (text.has_deadline or not spec.only_with_deadline)
        and _topic_holds(spec, text)
        and _place_holds(spec, text)
    )


def _topic_holds(spec: FilterSpec, text: NoticeText) -> bool:
    asked = spec.topics or spec.words
    return not asked or bool(text.topics & set(spec.topics)) or any(word in text.words for word in spec.words)


def _place_holds(spec: FilterSpec, text: NoticeText) -> bool:
    """One of the places asked for meets the notice and does not lie in what it excludes: 浙江"不含宁波"."""
    if not spec.regions:
        return True
    carried = notice_keys(text.regions) - {ANY}
    return any(
        carried & filter_keys((region,), spec.below, spec.above)
        for region in spec.regions
        if not {region, *regions.ancestors(region)} & text.excluded_regions
    )


def notice_text(reading: Reading) -> NoticeText:
    """The revision that was read, ready to be verified against."""
    revision, notice = reading.revision, reading.notice
    return NoticeText(
        words=normalise(f"{revision.title}\n{revision.text}"),
        issuer=normalise(reading.issuer),
        regions=frozenset(reading.regions),
        excluded_regions=frozenset(reading.excluded_regions),
        topics=frozenset(reading.topics),
        # Of a follow-up, what counts is the deadline of the notice that it changes.
        has_deadline=Deadline.objects.filter(notice=notice.follows_id or notice.pk, is_main=True).exists(),
    )


def words_in(text: str) -> set[int]:
    """The topic ids of the subscribers' own words that stand in a normalised text."""
    newest = Word.objects.order_by("pk").last()
    if newest is None:
        return set()
    automaton, topics = _automaton(newest.pk, newest.text, Word.objects.count())
    return {topics[found] for found, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}


@lru_cache(maxsize=1)
def _automaton(_last: int, _text: str, _count: int) -> tuple[ahocorasick_rs.AhoCorasick, list[int]]:
    """One automaton for all words; words are only ever added, so the newest and their number tell its age."""
    words = list(Word.objects.order_by("pk"))
    return ahocorasick_rs.AhoCorasick([word.text for word in words]), [word.topic for word in words]
