"""From when dates without a year are counted on a page that does not say when it was published."""

import re
from datetime import date

from notices.lexicon.mentions import Mention
from notices.reading.doc_number import numbers_in
from notices.reading.layout import Layout
from notices.reading.own_number import own_number
from notices.reading.page import Page

OF_ITS_YEAR = re.compile(r"评价|监测|统计")  # is done within the year that it is called by
IN_TITLE = re.compile(r"(?<![-~至到])(20\d\d)(?=年|-|~|至|[省市区县]级)")  # of 2023-2025年 the first
CALLED = re.compile(r"(?P<year>20\d\d)年[^《》]{0,60}(?:通知|公告|指南|函)》\($")
MONTH_SIGNED = re.compile(r"(20\d\d)年(\d{1,2})月")
ISSUERS_SITE = re.compile(r"https?://[^/]*\.gov\.cn(?:[:/]|$)")
MONTHS_FOLDER = re.compile(r"/(20\d\d)[-_/]?(0[1-9]|1[0-2])/")
TODAY = re.compile(  # a page's clock
    r"(?:今[天日](?:日期)?(?:是|为|:)|(?:现在|当前|系统|北京)(?:时间|日期)(?:是|为)?):?$"
)
OF_A_YEAR = {(1, 1), (12, 31)}  # between which conditions are met
Reach = tuple[date, date]
AUTUMN = 9  # the month from which calls for the next year's projects go out, and this year's still do


def years_titled(title: Page) -> set[int]:
    """The years that the title calls the notice by."""
    return {int(year) for year in IN_TITLE.findall(title.clean)}


def find_anchor(published: date | None, layout: Layout, title: Page, url: str | None) -> date | None:
    """The day from which dates without a year are counted: publication, else the month of the signature or of
    the office's page, else New Year of the latest year that can be the notice's own.

    None where two years are as likely.
    """
    if published:
        return published
    month = _month_of(layout, url)
    if month:
        return month
    titled, numbered, written = _years_told(layout, title)
    if not written and titled and numbered and max(titled) == max(numbered) + 1:
        return _of_next_year(layout, title, max(titled))
    own = written | numbered if written else titled | numbered
    return date(max(own), 1, 1) if own else None


def find_reach(published: date | None, layout: Layout, title: Page, url: str | None) -> Reach | None:
    """Within which days the deadlines of a page without a day lie: from its latest paper's year, or from the
    summer before its title's, to the end of the year after. None where its day or month is known.
    """
    if published or _month_of(layout, url):
        return None
    titled, numbered, written = _years_told(layout, title)
    latest = max(titled | numbered | written, default=None)
    if latest is None:
        return None
    told = max(numbered | written, default=None)
    return date(told, 1, 1) if told else date(latest - 1, 7, 1), date(latest + 1, 12, 31)


def _years_told(layout: Layout, title: Page) -> tuple[set[int], set[int], set[int]]:
    """The years of the title, of the papers cited at the head, and of whole dates."""
    titled = years_titled(title)
    numbered = {number.year for number in numbers_in(layout.page) if number.end < 2000}
    return titled, numbered, _years_written(layout, titled | numbered)


def _month_of(layout: Layout, url: str | None) -> date | None:
    lines = layout.body[len(layout.body) // 2 :]
    signed = next((found for line in lines if (found := MONTH_SIGNED.fullmatch(line.text))), None)
    found = signed or (MONTHS_FOLDER.search(url or "") if ISSUERS_SITE.match(url or "") else None)
    return date(int(found[1]), int(found[2]), 1) if found and 1 <= int(found[2]) <= 12 else None


def _years_written(layout: Layout, called: set[int]) -> set[int]:
    """The years of whole dates, less those in which conditions are met, far ahead or long before.

    A notice is not older than the year before that of its title or of a paper that it cites.
    """
    latest = max(called) + 1 if called else date.max.year
    earliest = max(called) - 1 if called else date.min.year
    dated = [m for m in layout.page.mentions if _is_whole(m) and not tells_today(layout.page.clean, m)]
    return {m.year for m in dated if m.year and earliest <= m.year <= latest}


def tells_today(text: str, mention: Mention) -> bool:
    """Whether a date is only that on which somebody looked at the page: 今天是:2025年12月06日."""
    return bool(TODAY.search(text[max(0, mention.start - 12) : mention.start]))


def _is_whole(mention: Mention) -> bool:
    return (mention.year or 0) > 1900 and bool(mention.day) and (mention.month, mention.day) not in OF_A_YEAR


def _of_next_year(layout: Layout, title: Page, year: int) -> date | None:
    """Where a notice called by a year cites papers of the one before: the call itself decides.

    The call's own number of the year before: it is for the next year's projects and went out late in that
    one. Another paper may be a year old: only what is due before autumn is of the year of the title.
    """
    if OF_ITS_YEAR.search(title.clean):
        return date(year, 1, 1)
    if own_number(layout) or _cites_call(layout.page, year):
        return date(year - 1, 7, 1)
    bare = [m.month for m in layout.page.mentions if m.year is None and m.month and m.day]
    return date(year, 1, 1) if max(bare, default=1) < AUTUMN else None


def hands_on(layout: Layout, year: int) -> bool:
    """Whether the latest paper that the page names is of this year: its own, or a call by that year."""
    page = layout.page
    latest = max((number.year for number in numbers_in(page)), default=0)
    return latest == year and (own_number(layout) is not None or _cites_call(page, year))


def _cites_call(page: Page, year: int) -> bool:
    """Whether the number cited is that of a call by this year: 《…2022年…通知》(〔2021〕316号)."""
    before = (page.clean[max(0, number.start - 100) : number.start] for number in numbers_in(page))
    calls = (CALLED.search(words) for words in before)
    return any(int(call["year"]) == year for call in calls if call)
