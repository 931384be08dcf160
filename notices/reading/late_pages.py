"""The days that a page shows when they are over: what its notice asked for when it was signed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from notices.lexicon.kinds import Kind
from notices.reading.asked_in import asked_in
from notices.reading.candidate_dates import candidate_of, cites
from notices.reading.candidates import Candidate, Known
from notices.reading.deadline_rules import HEARD, deadline_rule
from notices.reading.last_days import LATE, last_day_to_act
from notices.reading.layout import Layout
from notices.reading.sentences import Sentence
from notices.reading.settled_dates import settled_dates
from notices.reading.shown_late import FIRST_MONTHS, hands_on_old_call, heard_out, was_asked
from notices.reading.year_slips import TOLD_AS_PAST

SIGN_UP = re.compile(r"(?:报名|预约)[^,。;:]{0,6}(?:时间|日期|期限|时限|截止)")  # asked for an event
LESS_PLAIN = ("by then", "period")  # rules that show no day which was over to have been asked for
LABELLED = ("span", "closing label", "label", "label, until")


def days_over(papers: list[Layout], told: list[Sentence], known: Known) -> list[Candidate]:
    """What the notice asked for by days that were over when its page showed it."""
    return _shown_late(papers, told, known) or [*_long_over(told, known)]


def _shown_late(papers: list[Layout], told: list[Sentence], known: Known) -> list[Candidate]:
    """Of a call whose page came after its end: the days that a label says for sure to close it.

    Where it was signed before its page, those that it plainly set then; so too of a publicity or a draft
    that is not yet heard out.
    """
    if known.since is None or (known.kind in HEARD and any(heard_out(paper.page.clean) for paper in papers)):
        return []
    if known.kind in (*HEARD, Kind.EXTENSION):
        return _set_when_signed(told, known)
    if known.kind not in (Kind.APPLICATION, Kind.OTHER):
        return []
    if known.kind is Kind.OTHER:
        told = [s for s in told if SIGN_UP.search(s.text) and not TOLD_AS_PAST.search(s.text)]
    earlier = replace(known, since=known.since - LATE)
    labelled = [candidate for candidate in asked_in(told, earlier) if candidate.rule in LABELLED]
    return labelled or _set_when_signed(told, known) or _set_in_year(told, known)


def _set_when_signed(told: list[Sentence], known: Known) -> list[Candidate]:
    """The days after its signature that a notice plainly asks for, where its page came later."""
    if known.signed is None or known.since is None or known.signed >= known.since:
        return []
    signed = replace(known, since=known.signed, published=known.signed, anchor=known.signed)
    return [candidate for candidate in asked_in(told, signed) if candidate.rule not in LESS_PLAIN]


def _set_in_year(told: list[Sentence], known: Known) -> list[Candidate]:
    """The days of its own year that an old call asked for, shown again by another in a year after it."""
    if known.called_by is None or known.published is None or not hands_on_old_call(known):
        return []
    begun = date(known.called_by, 1, 1)
    then = replace(known, since=begun, published=begun, anchor=begun, called_by=None)
    asked = [c for c in asked_in(told, then) if c.rule not in LESS_PLAIN]
    return [c for c in asked if c.found.on.month > FIRST_MONTHS and c.found.on < known.published]


def _long_over(told: list[Sentence], known: Known) -> Iterator[Candidate]:
    """The days that a notice plainly asked for, all over before its page."""
    dates = (
        dated for sentence in told if not cites(sentence.text) for dated in settled_dates(sentence, known)
    )
    for dated in dates if known.since else ():
        day = last_day_to_act(dated, known)
        rule = deadline_rule(dated, known.kind) if day and known.since and day < known.since else None
        if day and rule and known.since and was_asked(dated, day, rule, known):
            yield candidate_of(dated, day, rule, known)
