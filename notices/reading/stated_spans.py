"""Spans in which a paper is said to be open: days that are counted beside them tell of the same period.

公示期为2月28日至3月5日(公示期5个工作日), shown again on 4 March, ends on 5 March.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from notices.lexicon.kinds import Kind
from notices.lexicon.numerals import number
from notices.reading.deadline_rules import HEARD
from notices.reading.periods import PERIOD, last_day
from notices.reading.sentences import Sentence, dates_in

Span = tuple[date, date]

MISCOUNT = timedelta(days=2)  # by which a stated last day may differ from the counted one
LONGEST = timedelta(days=100)
OPEN_IN = re.compile(r"公示|公告|异议|征求|征集|意见")
OF_OTHERS = re.compile(
    r"建设单位|环评单位|第[一二三]次|首次|上[次期轮]|前[次期]|此前|已[于在经]|进行了|开展了"
)


def stated_spans(told: Iterable[Sentence], kind: Kind, published: date | None) -> Iterator[Span]:
    """The spans in which a publicity or a draft says that it is open, whether they are over or not."""
    for sentence in told if kind in HEARD and published else ():
        if not OF_OTHERS.search(sentence.text):
            yield from _spans_of(sentence, published)


def _spans_of(sentence: Sentence, published: date | None) -> Iterator[Span]:
    for dated in dates_in(sentence):
        near = f"{sentence.heading}{dated.before[-24:]}{dated.after[:24]}"
        if dated.since is None or published is None or not OPEN_IN.search(near):
            continue
        begins = dated.since.near(published)
        ends = dated.mention.last_day(begins)
        if begins and ends and begins <= ends <= begins + LONGEST:
            yield begins, ends


def counts_again(text: str, spans: Sequence[Span]) -> bool:
    """Whether the days that a sentence counts are those of one of the spans."""
    counted = [(number(match["n"]) or 0, match["unit"]) for match in PERIOD.finditer(text)] if spans else []
    return any(_fits(span, n, unit) for span in spans for n, unit in counted)


def _fits(span: Span, n: int, unit: str) -> bool:
    begins, ends = span
    return n > 0 and abs(last_day(begins, n, unit) - ends) <= MISCOUNT
