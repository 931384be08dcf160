"""The new last days that an extension sets, apart from the old ones that it names."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from notices.reading.actors import actor_of
from notices.reading.candidates import Candidate, Known
from notices.reading.deadline_cues import cues, first
from notices.reading.last_days import last_day_to_act
from notices.reading.postponed import BY_A_WHILE, postponed
from notices.reading.sentences import DateInSentence, Sentence
from notices.reading.settled_dates import settled_dates

NEW_DAY = (  # rules that stand for the day an extension sets
    *("extended to", "put off by a while, until", "brought forward to", "as changed", "is what counts"),
    "as changed, in brackets",
    *("unchanged", "stays", "stays as it was", "still due as planned"),
)


def new_days(candidates: list[Candidate], told: list[Sentence], known: Known) -> list[Candidate]:
    """The candidates less old days; where none is named as new, the old ones put off by the while named."""
    old = _superseded(told, known)
    kept = [c for c in candidates if c.rule in NEW_DAY or not (c.found.on in old or c.cites)]
    named = any(candidate.rule in NEW_DAY for candidate in kept)
    return kept if named else [*_put_off(told, known)] or kept


def _put_off(told: list[Sentence], known: Known) -> Iterator[Candidate]:
    """The old last days put off by the while that an extension names, where it names no new day."""
    moved = [sentence for sentence in told if BY_A_WHILE.search(sentence.text)]
    dates = (d for sentence in told for d in settled_dates(sentence, known)) if len(moved) == 1 else ()
    closing = [d for d in dates if _closed(d)]
    old = [(dated, day) for dated in closing if (day := last_day_to_act(dated, known))]
    for sentence in moved[:1]:
        for found in postponed(sentence, old, known.since):
            actor = actor_of(sentence.text, "", sentence.heading, known.kind)
            yield Candidate(replace(found, who=actor.who), "put off", actor)


def _closed(dated: DateInSentence) -> bool:
    """Whether something was to be done by a date, or it is named as the old day."""
    if dated.mention.part == "year":
        return False  # 截止的2024年度申报
    ends = dated.since or cues().closing.match(dated.after)
    return bool(ends or first(cues().sure | cues().superseded, dated))


def _superseded(told: Iterable[Sentence], known: Known) -> set[date | None]:
    """The days that an extension names as the old ones."""
    old = cues().superseded
    return {
        last_day_to_act(d, known)
        for sentence in told
        for d in settled_dates(sentence, known)
        if first(old, d)
    }
