"""What a term would have caught in the last 30 days, before it is saved."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db.models import QuerySet

from notices import vocabulary
from notices.lexicon.normal import folding, normalise
from notices.lexicon.topics import TopicGraph, in_force
from notices.models import Notice, Strength, Term
from notices.reading.layout import lay_out
from notices.reading.page import Page
from notices.reading.topics import find_topics

DAYS = 30
READ_AT_MOST = 300
"""So many of those in which the word stands are read, the newest first: some 0.5 s."""

MANY, MANY_PER_MILLE = 50, 20
"""More than this many, and more than this part of the notices, is very many: saving asks again."""

AROUND = 14
CHUNK = 2000


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
    recent = Notice.objects.filter(
        first_seen_at__gte=now - timedelta(days=DAYS), first_seen_at__lte=now, reading__isnull=False
    )
    ids = _holding(recent, term)
    before = in_force()
    after = _with(before, term)
    newest = sorted(ids, reverse=True)[:READ_AT_MOST]
    texts = Notice.objects.filter(pk__in=newest).order_by("-pk")
    rows = texts.values_list("pk", "reading__revision__title", "reading__revision__text")
    catches = (_catch(pk, title, text, term, before, after) for pk, title, text in rows)
    return Trial(key_of(term), recent.count(), len(ids), len(newest), tuple(filter(None, catches)))


def _with(graph: TopicGraph, term: Term) -> TopicGraph:
    changed = vocabulary.with_term(graph.topic(term.topic), term)
    return TopicGraph((changed if one.id == term.topic else one for one in graph.all()), "trial")


def _holding(recent: QuerySet[Notice], term: Term) -> set[int]:
    """Those in whose title, or where bodies count in whose body, the word stands.

    The rows stream through one expression: faster than the database's own search for each way to write a
    word (1.5 s against 2.8 s in 100,000 notices on SQLite).
    """
    columns = ["reading__revision__title"]
    if term.strength not in (Strength.TITLE, Strength.WEAK):
        columns.append("reading__revision__text")
    anyhow = however_written(term.text)
    rows = recent.values_list("pk", *columns).iterator(chunk_size=CHUNK)
    return {pk for pk, *texts in rows if any(map(anyhow.search, texts))}


def however_written(word: str) -> re.Pattern[str]:
    """The word in every form that folds to it, blanks between its characters or not."""
    blank = f"[ {re.escape(_forms().get(' ', ''))}]*"
    forms = (re.escape(one + _forms().get(one, "")) for one in normalise(word))
    return re.compile(blank.join(f"[{form}]" for form in forms))


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
