"""Which dates of a notice are deadlines, and which of them binds the reader."""

from collections.abc import Iterable
from dataclasses import replace

from notices.lexicon.kinds import Kind
from notices.reading.asked_in import asked_in
from notices.reading.candidates import (
    Known,
    one_a_day,
    with_batches,
    with_main,
    without_counted,
    without_late_slips,
    without_past_rounds,
)
from notices.reading.counted import counted_after_closing, counted_before_event
from notices.reading.deadline_rules import HEARD
from notices.reading.extended import new_days
from notices.reading.late_pages import days_over
from notices.reading.layout import Layout
from notices.reading.round_over import round_over
from notices.reading.sentences import sentences
from notices.reading.stated_spans import stated_spans
from notices.reading.told_day import shown_on
from notices.reading.values import DeadlineFound
from notices.reading.yearly_windows import opened_windows


def find_deadlines(layouts: Iterable[Layout], known: Known) -> tuple[DeadlineFound, ...]:
    """The deadlines of the pages by day, one of them marked as main where one binds the reader."""
    papers = [*layouts]
    told = [sentence for layout in papers for sentence in sentences(layout)]
    if known.kind in HEARD and known.signed is None:
        known = replace(known, shown=shown_on(told, known.published))
    if known.signed and known.published and known.anchor == known.signed < known.published:
        known = replace(known, shown=known.signed)  # shown again: its periods ran from its signature
    known = replace(known, spans=tuple(stated_spans(told, known.kind, known.published)))
    known = replace(known, over=round_over(told, known))
    candidates = without_late_slips(with_batches(without_past_rounds(asked_in(told, known))))
    candidates = without_counted(candidates or days_over(papers, told, known), known.kind)
    candidates += counted_before_event(told, known)
    candidates += counted_after_closing(told, candidates, known)
    candidates = candidates or [*opened_windows(told, known)]
    if known.kind is Kind.EXTENSION:
        candidates = new_days(candidates, told, known)
    return with_main(one_a_day([c for c in candidates if not c.own]))
