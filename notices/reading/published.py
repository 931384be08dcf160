"""The day of publication where nobody gave it: meta line, signature, address; and the year to count from."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from notices.lexicon.dates import find_dates
from notices.reading.anchors import (
    ISSUERS_SITE,
    Reach,
    find_anchor,
    find_reach,
    hands_on,
    tells_today,
    years_titled,
)
from notices.reading.doc_number import numbers_in
from notices.reading.layout import Layout
from notices.reading.own_number import own_number
from notices.reading.page import Page
from notices.reading.slipped_signatures import year_opened

PUBLISHED = re.compile(r"(?:发布|发文|成文|印发|更新|生成|公开)?(?:时间|日期)[:]?\s*$")
IN_URL = (
    re.compile(r"(?<!\d)(20\d\d)[/_-]?([01]\d)[/_-]?([0-3]\d)(?!\d)"),
    re.compile(r"/(20\d\d)/(1[0-2]|[1-9])/(3[01]|[12]\d|[1-9])/"),
)
SHOWN_AGAIN = timedelta(days=60)  # after its signature so late only what was over is shown again
BEFORE_SIGNED, SLIP = 7, 82  # days: whole years apart, a page from so long before its signature on
DELAY = timedelta(days=30)


class Days(NamedTuple):
    """When a notice was published, the day before which it sets no deadline, the day from which dates without
    a year are counted, the years that it calls its own, and the day of its signature.

    `called`: the year that the title of an unsigned call has on a page of somebody else's; `cites_call`:
    whether the paper that it hands on is of that year too. `reach`: within which
    days the deadlines of a page without a day lie. `addressed`: only its address says when it was published.
    """

    published: date | None
    since: date | None
    anchor: date | None
    years: frozenset[int]
    signed: date | None
    called: int | None
    cites_call: bool
    reach: Reach | None
    addressed: bool = False


def find_days(given: date | None, layout: Layout, url: str | None, title: Page) -> Days:
    """What is known of a notice's own days; `given` is the day of publication where its source tells it."""
    shown, signed = given or _in_furniture(layout), signed_on(layout, title, given, url)
    published = shown or signed or _in_url(url)
    since = find_since(published, given, layout, url)
    years = own_years(published, signed, url, title)
    elsewhere = bool(published and url and signed is None and not ISSUERS_SITE.match(url))
    called = max(years_titled(title), default=None) if elsewhere else None
    anchor = _signature_shown_late(published, signed, layout, title) or find_anchor(since, layout, title, url)
    cites_call = called is not None and hands_on(layout, called)
    reach = find_reach(published, layout, title, url)
    addressed = bool(published) and not (given or signed or _on_page(layout))
    return Days(published, since, anchor, years, signed, called, cites_call, reach, addressed)


def signed_on(layout: Layout, title: Page, given: date | None, url: str | None) -> date | None:
    """The day of the signature, its year mended where a span opens on it a year on, or where it is older than
    a paper cited and the title's year.
    """
    signed = layout.signed_on
    if signed is None:
        return None
    opened = year_opened(signed, layout, title, given or _in_furniture(layout) or _in_url(url))
    if opened and (signed.month, signed.day) != (2, 29):
        return signed.replace(year=opened)
    cited = {number.year for number in numbers_in(layout.page)}
    year = max(cited & years_titled(title), default=signed.year)
    slipped = signed.year < year <= signed.year + 2 and signed.year not in cited
    return signed.replace(year=year) if slipped and (signed.month, signed.day) != (2, 29) else signed


def _signature_shown_late(
    published: date | None, signed: date | None, layout: Layout, title: Page
) -> date | None:
    """The day of a signature months before its page: the days of such a paper are counted from it.

    Of about the same day of another year, which a slip of the pen makes, only where title or number have its
    year too, and not the page's.
    """
    if published is None or signed is None or published - signed < SHOWN_AGAIN:
        return None
    number, titled = own_number(layout), years_titled(title)
    called = signed.year in titled or (number is not None and f"〔{signed.year}〕" in number.value)
    slipped = ((published - signed).days + BEFORE_SIGNED) % 365 < SLIP
    return signed if not slipped or (called and published.year not in titled) else None


def own_years(published: date | None, signed: date | None, url: str | None, title: Page) -> frozenset[int]:
    """The years that a notice calls its own: of its signature, else its title, else its office's page."""
    if signed:
        return frozenset({signed.year})
    named = years_titled(title)
    if not named and published and ISSUERS_SITE.match(url or ""):
        return frozenset({published.year})
    return frozenset(named)


def find_since(published: date | None, given: date | None, layout: Layout, url: str | None) -> date | None:
    """The day before which no deadline lies: publication, or weeks before a day that is not the issuer's.

    Other people's sites show a notice later, under addresses of their own day.
    """
    if given or published is None or _on_page(layout) or ISSUERS_SITE.match(url or ""):
        return published
    return published - DELAY


def _on_page(layout: Layout) -> date | None:
    return _in_furniture(layout) or layout.signed_on


def _in_furniture(layout: Layout) -> date | None:
    for line in layout.furniture:
        for mention in find_dates(line.text):
            whole = mention.day and mention.year and mention.start < 40
            if whole and not tells_today(line.text, mention):
                return mention.last_day(None)
    return None


def _in_url(url: str | None) -> date | None:
    for pattern in IN_URL:
        match = pattern.search(url or "")
        if match:
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                continue
    return None
