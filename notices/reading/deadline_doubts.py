"""What staff should look at: years that cannot be right, notices without the deadline they need."""

from collections.abc import Iterable, Iterator
from datetime import date

from notices.lexicon.kinds import Kind
from notices.reading.asked_in import EXPECTED
from notices.reading.candidate_dates import cites, clause_of
from notices.reading.candidates import Known
from notices.reading.deadline_rules import deadline_rule
from notices.reading.last_days import last_day_to_act
from notices.reading.layout import Layout
from notices.reading.sentences import DateInSentence, Sentence, sentences
from notices.reading.settled_dates import settled_dates
from notices.reading.values import DEADLINE_OPEN, DeadlineFound
from notices.reading.year_slips import likely_day, names_year, year_doubts


def deadline_doubts(
    known: Known, found: tuple[DeadlineFound, ...], rolling: object, layouts: Iterable[Layout]
) -> Iterator[str]:
    """For staff: years that cannot be right; that a notice which should have a deadline has none.

    With the dates that it might be.
    """
    if known.kind not in (*EXPECTED, Kind.RESULT):
        return
    told = [sentence for layout in layouts for sentence in sentences(layout)]
    main = next((one.on for one in found if one.main), None)
    slips = [*year_doubts(_slips(told, known), main)]
    yield from slips
    if found or rolling or slips or known.kind not in EXPECTED:
        return
    quotes = [clause_of(dated) for sentence in told for dated in settled_dates(sentence, known)]
    yield (
        f"{DEADLINE_OPEN}；文中日期：{'；'.join(quotes[:5])}" if quotes else f"{DEADLINE_OPEN}：文中没有日期"
    )


def _slips(told: Iterable[Sentence], known: Known) -> Iterator[tuple[DateInSentence, date, date]]:
    """Dates that would be deadlines in another year than is written, as written and as meant."""
    for sentence in told:
        for dated in settled_dates(sentence, known):
            if not names_year(dated):
                continue
            day = last_day_to_act(dated, known)
            meant = likely_day(dated, day, known.since)
            if day and meant and not cites(sentence.text) and deadline_rule(dated, known.kind):
                yield dated, day, meant
