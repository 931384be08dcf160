"""Deadlines that a notice counts from another of its days: 会议召开前5个工作日, 申报截止后3个工作日内."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from notices.lexicon.numerals import number
from notices.reading.actors import actor_of, is_own, names_actor
from notices.reading.candidates import Candidate, Known
from notices.reading.periods import after_closing, before_event, event_days, last_day
from notices.reading.sentences import Sentence, dates_in
from notices.reading.values import DeadlineFound

SHUTS = re.compile(r"span|clos|open until|label")  # rules that make a day the end of the whole


def counted_before_event(told: Sequence[Sentence], known: Known) -> Iterator[Candidate]:
    """The days counted back from the one event that the notice tells of: 会议召开前5个工作日."""
    counted = [sentence for sentence in told if before_event(sentence)]
    dates = (dated for sentence in told for dated in dates_in(sentence)) if counted else ()
    days = event_days(dates, known.published)
    for sentence in counted if len(days) == 1 else ():
        found = before_event(sentence, days[0])
        if found and (known.published is None or found.on >= known.published):
            actor = actor_of(sentence.text, "", sentence.heading, known.kind)
            yield Candidate(replace(found, who=actor.who), "before the event", actor)


def counted_after_closing(
    told: Sequence[Sentence], candidates: Sequence[Candidate], known: Known
) -> Iterator[Candidate]:
    """The days counted from a closing day: the last one in the sentence before, else the only one above."""
    for sentence in told:
        match = after_closing(sentence)
        n = number(match["n"]) if match else None
        if match is None or not n:
            continue
        place, at = sentence.page.place, sentence.page.raw_offset(sentence.start + match.start("n"))
        above = [
            c for c in candidates if c.found.evidence.place == place and (c.found.evidence.start or 0) < at
        ]
        closing = _closing_day(above, sentence.page.raw_offset(sentence.start))
        clause, after = _clause(sentence.text[: match.start("n")]), sentence.text[match.end() :]
        actor = actor_of(clause if names_actor(clause) else "", after, sentence.heading, known.kind)
        if closing and not is_own(actor, after, known.issuer, known.level, known.called):
            evidence = sentence.page.evidence(sentence.start + match.start(), sentence.start + match.end())
            on = last_day(closing.found.on, n, match["unit"])
            yield Candidate(
                DeadlineFound(on, evidence, who=actor.who, what=actor.what, confidence=0.8),
                "after closing",
                actor,
            )


def _clause(before: str) -> str:
    """The clause that these words end with; whoever acted in those before it is not meant."""
    return before[max(before.rfind(c) for c in ",;:。") + 1 :]


def _closing_day(above: Sequence[Candidate], sentence: int) -> Candidate | None:
    """The candidate that is counted from; None where several days could be meant."""
    near = [c for c in above if (c.found.evidence.start or 0) >= sentence]
    if near:
        return near[-1]
    closing = [c for c in above if SHUTS.match(c.rule)]
    for pool in (closing, [c for c in above if c.actor.outside], above):
        if pool:
            return pool[-1] if len({c.found.on for c in pool}) == 1 else None
    return None
