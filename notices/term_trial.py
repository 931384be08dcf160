"""What a term would have caught in the last 30 days, before it is saved."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db.models import QuerySet

from notices import vocabulary, word_lookup
from notices.lexicon.normal import HAN, folding, normalise
from notices.lexicon.topics import TopicGraph, in_force
from notices.models import Notice, Strength, Term
from notices.reading.layout import lay_out
from notices.reading.page import Page
from notices.reading.topics import find_topics

DAYS = 30
READ_AT_MOST = 200
"""So many of those in which the word stands are read, the newest first: some 0.3 s."""

MANY, MANY_PER_MILLE = 50, 20
"""More than this many, and more than this part of the notices, is very many: saving asks again."""

AROUND = 14
CHUNK = 500
BOTH = ("reading__revision__title", "reading__revision__text")
IS_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Catch:
    """A notice whose topics the term touches. `how`: new, already, lost (with the term, no longer)."""

    notice_id: int
    title: str
    before: str
    quote: str
    after: str
    how: str


@dataclass(frozen=True, slots=True)
class Trial:
    """`found` of `total` notices hold the word; of the newest `read` of them, these change or stay."""

    key: str
    total: int
    found: int
    read: int
    catches: tuple[Catch, ...]

    def count(self, how: str) -> int:
        """How many were read with this outcome."""
        return sum(catch.how == how for catch in self.catches)

    @property
    def very_many(self) -> bool:
        """Whether the newly caught, reckoned up to all that hold the word, are too many to pass unasked."""
        caught = self.count("new") + self.count("lost")
        reckoned = caught * self.found // max(self.read, 1)
        return reckoned > max(MANY, self.total * MANY_PER_MILLE // 1000)


def key_of(term: Term) -> str:
    """What a trial was made of: another word, another topic need another trial."""
    said = (term.topic, normalise(term.text), term.strength, normalise(term.beside), term.enabled)
    return "|".join(map(str, said))


def trial(term: Term, now: datetime) -> Trial:
    """Tries `term`, which need not be saved, against the notices first seen in the last 30 days."""
    since = now - timedelta(days=DAYS)
    recent = Notice.objects.filter(first_seen_at__gte=since, first_seen_at__lte=now, reading__isnull=False)
    every = set(recent.values_list("pk", flat=True))
    ids = _holding(recent, every, term, since)
    before = in_force()
    after = _with(before, term)
    newest = sorted(ids, reverse=True)[:READ_AT_MOST]
    texts = Notice.objects.filter(pk__in=newest).order_by("-pk")
    rows = texts.values_list("pk", "reading__revision__title", "reading__revision__text")
    catches = (_catch(pk, title, text, term, before, after) for pk, title, text in rows)
    return Trial(key_of(term), len(every), len(ids), len(newest), tuple(filter(None, catches)))


def _with(graph: TopicGraph, term: Term) -> TopicGraph:
    changed = vocabulary.with_term(graph.topic(term.topic), term)
    return TopicGraph((changed if one.id == term.topic else one for one in graph.all()), "trial")


def _holding(recent: QuerySet[Notice], every: set[int], term: Term, since: datetime) -> set[int]:
    """Those in whose title, or where bodies count in whose body, the word stands."""
    if term.strength in (Strength.TITLE, Strength.WEAK):
        return _streamed(recent, BOTH[:1], term.text)
    held = word_lookup.look_up(normalise(term.text), since)
    rest = sorted(every - held.known)
    parts = (recent.filter(pk__in=rest[n : n + CHUNK]) for n in range(0, len(rest), CHUNK))
    return (held.holding & every).union(*(_streamed(part, BOTH, term.text) for part in parts))


def _streamed(notices: QuerySet[Notice], columns: tuple[str, ...], word: str) -> set[int]:
    """The rows stream through one expression: faster than the database's search for each way to write it."""
    anyhow = however_written(word)
    rows = notices.values_list("pk", *columns).iterator(chunk_size=CHUNK)
    return {pk for pk, *texts in rows if any(map(anyhow.search, texts))}


def however_written(word: str) -> re.Pattern[str]:
    """The word in every form that folds to it, with blanks and line breaks beside Chinese characters."""
    blank = f"[ \n\r{re.escape(_forms().get(' ', ''))}]*"
    said = normalise(word)
    forms = [f"[{re.escape(one + _forms().get(one, ''))}]" for one in said]
    gaps = [blank if IS_HAN.search(said[n : n + 2]) else "" for n in range(len(said) - 1)]
    return re.compile("".join(form + gap for form, gap in zip(forms, [*gaps, ""], strict=True)))


@cache
def _forms() -> dict[str, str]:
    """Character → the other characters that fold to it."""
    forms: dict[str, str] = defaultdict(str)
    for code, plain in folding().items():
        forms[plain] += chr(code)
    return forms


def _catch(pk: int, title: str, text: str, term: Term, before: TopicGraph, after: TopicGraph) -> Catch | None:
    head, body = Page(title, "title"), Page(text)
    layout = lay_out(body)
    was, will = (_is_found(term.topic, find_topics(head, layout, graph), graph) for graph in (before, after))
    if not was and not will:
        return None
    how = "already" if was and will else "new" if will else "lost"
    return Catch(pk, title, *_around(normalise(term.text), (head, body)), how)


def _is_found(topic: int, found: Iterable[int], graph: TopicGraph) -> bool:
    return topic in graph.closure(found)


def _around(word: str, pages: tuple[Page, ...]) -> tuple[str, str, str]:
    """The words before, the term as it stands there, and the words after."""
    for page in pages:
        start = page.clean.find(word)
        if start >= 0:
            end = start + len(word)
            first, last = max(0, start - AROUND), min(len(page.clean), end + AROUND)
            quote = page.evidence(start, end).quote
            return page.clean[first:start].split("\n")[-1], quote, page.clean[end:last].split("\n")[0]
    return "", "", ""
