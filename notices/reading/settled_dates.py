"""Damaged digits that may mean several days (117日, 2018117日): the one day that the page leaves to them.

Ruled out is a day on which another weekday stands, one before its span begins and, where the year is written,
one that was over when the page came. What is left must be one day, or the end of a span near its first day
while all others are seasons away.
"""

from dataclasses import replace
from datetime import date

from notices.lexicon.clock_times import clock
from notices.lexicon.lost_dates import ANOTHER_SEASON, NEXT_STEP
from notices.lexicon.mentions import NAMED, Mention, Parts
from notices.reading.candidates import Known
from notices.reading.sentences import DateInSentence, Sentence, dates_in
from notices.reading.year_slips import fits_weekday


def settled_dates(sentence: Sentence, known: Known) -> tuple[DateInSentence, ...]:
    """The dates of a sentence, of damaged ones that day which alone can be meant."""
    dates = dates_in(sentence)
    if not dates or not sentence.page.has_damaged or not any(dated.mention.readings for dated in dates):
        return dates
    return tuple(_settled(dated, known) if dated.mention.readings else dated for dated in dates)


def possible_days(dated: DateInSentence, known: Known) -> list[date]:
    """The days that a damaged date may still mean."""
    return sorted(_days(dated, known).values()) if dated.mention.readings else []


def _settled(dated: DateInSentence, known: Known) -> DateInSentence:
    days = _days(dated, known)
    start = _begins(dated, known)
    near = [one for one, day in days.items() if start and 0 <= (day - start).days <= NEXT_STEP]
    far = [one for one, day in days.items() if start and abs((day - start).days) > ANOTHER_SEASON]
    left = near if len(near) == 1 and len(far) == len(days) - 1 else [*days]
    only_suspected = len(dated.mention.readings) == 1
    sure = len(left) == 1 and not only_suspected
    return replace(dated, mention=_chosen(dated.mention, left[0])) if sure else dated


def _days(dated: DateInSentence, known: Known) -> dict[Parts, date]:
    """The days that can be meant, by how the digits are read."""
    begins = _begins(dated, known)
    anchor = begins or known.anchor
    read = {one: _chosen(dated.mention, one).last_day(anchor) for one in dated.mention.readings}
    days = {one: day for one, day in read.items() if day and fits_weekday(dated, day)}
    days = {one: day for one, day in days.items() if begins is None or day > begins}
    dates_year = (dated.mention.year or 0) >= NAMED
    ahead = {one: day for one, day in days.items() if known.since is None or day >= known.since}
    return ahead if dates_year and ahead else days


def _begins(dated: DateInSentence, known: Known) -> date | None:
    """The first day of the span that ends with the date."""
    since = dated.since
    if since is None or known.anchor is None:
        return None
    return since.near(known.anchor) if known.published else since.last_day(known.anchor)


def _chosen(mention: Mention, parts: Parts) -> Mention:
    month, day, hour = parts
    minute = str(mention.at.minute) if mention.at else None
    at = mention.at if hour is None else clock(hour, minute)
    return mention._replace(month=month, day=day, at=at, readings=())
