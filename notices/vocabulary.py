"""The topics and terms in force: the shipped file with staff's rows over it, in every process alike.

A process asks for the version once per request or task (`refresh`) and builds graph and automaton anew only
when staff changed something; so a term counts everywhere from the next request or task on, without restart.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db import OperationalError
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse

from notices.lexicon import topics
from notices.lexicon.normal import normalise
from notices.lexicon.topics import Topic, TopicGraph
from notices.models import LexiconVersion, OwnTopic, Term

logger = logging.getLogger(__name__)
_PLAIN = ("strong", "title", "weak", "exclude")


def refresh() -> TopicGraph:
    """The graph in force, after a look at whether staff changed it: one query when they did not."""
    number = LexiconVersion.objects.filter(pk=LexiconVersion.ROW).values_list("number", flat=True).first()
    version = version_name(number or 0)
    if topics.in_force().version != version:
        topics.install(_built(version))
    return topics.in_force()


def fresh_words(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every page goes by the words in force. Without a database those known before must do,
    so that the page of health can still say what is wrong.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            refresh()
        except OperationalError:
            logger.warning("the version of the terms could not be read", exc_info=True)
        return respond(request)

    return answer


def version_name(number: int) -> str:
    """The shipped file's digest and the number of staff's changes: 1f2e3d4c+7."""
    return f"{topics.shipped().version}+{number}" if number else topics.shipped().version


def _built(version: str) -> TopicGraph:
    shipped = topics.shipped()
    if version == shipped.version:
        return shipped
    return overlaid(shipped, OwnTopic.objects.all(), Term.objects.order_by("pk"), version)


def overlaid(shipped: TopicGraph, own: Iterable[OwnTopic], terms: Iterable[Term], version: str) -> TopicGraph:
    """The shipped topics and staff's own, each with its terms as staff have them."""
    known = {topic.id: topic for topic in shipped.all()}
    rows = list(own)
    ids = {*known, *(row.topic for row in rows)}
    for row in rows:
        parents = (row.parent,) if row.parent in ids and row.parent < row.topic else ()
        known[row.topic] = Topic(row.topic, row.name, parents=parents)
    for term in terms:
        if term.topic in known:  # a topic that was taken away leaves its terms without effect
            known[term.topic] = with_term(known[term.topic], term)
    return TopicGraph(known.values(), version)


def with_term(topic: Topic, term: Term) -> Topic:
    """The topic with the row over its own words: the same word gives way, one that is off is gone."""
    word = normalise(term.text)
    lists: dict[str, Any] = {
        field: tuple(w for w in getattr(topic, field) if normalise(w) != word) for field in _PLAIN
    }
    pairs = tuple(pair for pair in topic.required if not _same_pair(pair, term))
    if term.enabled and term.strength in _PLAIN:
        lists[term.strength] = (*lists[term.strength], term.text)
    elif term.enabled:
        pairs = (*pairs, (term.text, term.beside))
    return replace(topic, required=pairs, **lists)


def _same_pair(pair: tuple[str, ...], term: Term) -> bool:
    return {normalise(word) for word in pair} == {normalise(term.text), normalise(term.beside)}


def watch() -> None:
    """Whatever way a row is saved or deleted, the version rises with it, in the same transaction."""
    for model in (OwnTopic, Term):
        post_save.connect(_changed, sender=model)
        post_delete.connect(_changed, sender=model)


def _changed(**_: Any) -> None:
    LexiconVersion.raise_by_one()
