"""What sentences ask for by a day, each read alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from notices.lexicon.kinds import Kind
from notices.reading.actors import actor_of
from notices.reading.candidate_dates import candidate_of, cites
from notices.reading.candidates import Candidate, Known
from notices.reading.deadline_rules import BY_DEFAULT, HEARD, asks_else, deadline_rule
from notices.reading.last_days import last_day_to_act
from notices.reading.month_lists import of_each_month
from notices.reading.periods import periods_in
from notices.reading.quiet_kinds import QUIET_KINDS
from notices.reading.sentences import Sentence
from notices.reading.settled_dates import settled_dates
from notices.reading.stated_spans import counts_again
from notices.reading.year_slips import is_meant, likely_day

SLIPPED = 0.5  # how sure a day is whose year was written wrong
HEARING = re.compile(r"听证")  # a right of few beside the days in which all may object
TOO_MANY = 60  # a page with more deadlines is a table of something else
EXPECTED = (Kind.APPLICATION, Kind.CONSULTATION, Kind.EXTENSION)  # notices that ask for something by a day


def asked_in(told: list[Sentence], known: Known) -> list[Candidate]:
    """What the sentences ask for by a day, each alone."""
    return [*islice((c for sentence in told for c in _in_sentence(sentence, known)), TOO_MANY)]


def _in_sentence(sentence: Sentence, known: Known) -> Iterator[Candidate]:
    found, apart = False, known.kind is Kind.RESULT
    dates = settled_dates(sentence, known)
    for dated in of_each_month(dates, known.anchor) if dates else ():
        day = last_day_to_act(dated, known)
        past = day is None or (known.since is not None and day < known.since)
        meant = likely_day(dated, day, known.since)
        if meant:
            day = meant if is_meant(dated, meant, known.since, known.years) else None
        rule = None if day is None or (past and not meant) else deadline_rule(dated, known.kind)
        if rule and day and not (meant and not _plainly_asked(rule, sentence, known.kind)):
            found, apart = True, apart and asks_else(dated)
            candidate = candidate_of(dated, day, rule, known)
            yield _slipped(candidate) if meant else candidate
    found = found and not apart
    beside = found and known.kind in BY_DEFAULT
    open_ones = any(dated.mention.readings[1:] for dated in dates)  # one may be the day that is counted to
    counts = (beside or not found) and not (open_ones or counts_again(sentence.text, known.spans))
    if counts and known.anchor and known.kind not in QUIET_KINDS:
        heard, start = known.kind in HEARD, known.shown or known.published
        for period in periods_in(sentence, start, known.anchor, publishes=heard, beside=beside):
            actor = actor_of(sentence.text, "", sentence.heading, known.kind)
            if HEARING.search(sentence.text):
                actor = replace(actor, outside=False)
            yield Candidate(replace(period, who=actor.who), "period", actor)


def _slipped(candidate: Candidate) -> Candidate:
    """The candidate, unsure, for its year was written wrong."""
    return replace(candidate, found=replace(candidate.found, confidence=SLIPPED), slipped=True)


def _plainly_asked(rule: str, sentence: Sentence, kind: Kind) -> bool:
    """Whether it is beyond doubt that a day is asked for, so that only its year can be wrong."""
    return kind in (*EXPECTED, Kind.RESULT) and rule != "by then" and not cites(sentence.text)
