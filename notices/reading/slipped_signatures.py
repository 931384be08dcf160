"""Signatures whose year was written wrong, as the span tells that their notice opens.

受理时间:2021年5月12日-2021年6月12日 signed 2020年5月12日 opens on the very day that it is signed, a year on:
its two years outweigh the one of the signature where nothing else on the page is of that.
"""

from datetime import date, timedelta

from notices.lexicon.mentions import Mention
from notices.reading.anchors import years_titled
from notices.reading.deadline_cues import cues
from notices.reading.doc_number import numbers_in
from notices.reading.layout import Layout
from notices.reading.page import Page
from notices.reading.sentences import DateInSentence, dates_in, sentences
from notices.reading.year_slips import OPENS_WITHIN

A_YEAR = timedelta(days=365)
LONGEST = timedelta(days=92)  # that something is open; a year's span is a project's or an account's


def year_opened(signed: date, layout: Layout, title: Page, shown: date | None) -> int | None:
    """The year after that of the signature where the notice opens in it; None where that may be right.

    `shown`: the day that its source, its head or its address gives.
    """
    meant = signed.year + 1
    if not any(m.year == meant and m.day for m in layout.page.mentions):
        return None
    opens = next((day for s in sentences(layout) for d in dates_in(s) if (day := _opens(d, signed))), None)
    if opens is None or _is_witnessed(signed, layout, title):
        return None
    return None if shown and shown < opens - OPENS_WITHIN else meant


def signature_doubt(written: date | None, meant: date | None) -> str:
    """For staff: the signature as written and as it was taken, where they differ; empty where not."""
    if written is None or meant is None or written == meant:
        return ""
    return f"落款年份存疑：所写是{written:%Y-%m-%d}，按{meant:%Y-%m-%d}解读"


def _opens(dated: DateInSentence, signed: date) -> date | None:
    """When something opens, by a span of two whole dates, days from the signature's a year on."""
    since = dated.since
    if since is None or not _is_of(since, signed.year + 1) or not _is_of(dated.mention, signed.year + 1):
        return None
    first, last = since.last_day(None), dated.mention.last_day(None)
    named = cues().label.search(dated.before[-24:] or dated.sentence.heading)
    if first is None or last is None or not named or last - first > LONGEST:
        return None
    return first if abs(first - signed - A_YEAR) <= OPENS_WITHIN else None


def _is_of(mention: Mention, year: int) -> bool:
    return mention.year == year and bool(mention.month and mention.day)


def _is_witnessed(signed: date, layout: Layout, title: Page) -> bool:
    """Whether title, papers cited or another day on the page are of the signature's year."""
    told = years_titled(title) | {number.year for number in numbers_in(layout.page)}
    days = sum(_is_of(mention, signed.year) for mention in layout.page.mentions)
    return signed.year in told or days > 1
