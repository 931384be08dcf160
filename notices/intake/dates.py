"""Dates as lists, labels and addresses write them (facts/sources.yaml: formats seen, URL rules)."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from config.clock import SHANGHAI

WRITTEN = (
    # the day in a node of its own: "31 2024-01" and "2024-01 31"
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s+(?P<y>20\d\d)[-./年](?P<m>\d{1,2})(?![\d])(?!\s*[-./月]\s*\d)"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)[-./](?P<m>\d{1,2})\s+(?P<d>\d{1,2})(?![\d:])"),
    re.compile(r"(?<!\d)(?P<y>20\d\d)\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<![\d-])(?P<y>\d\d)[-./](?P<m>\d\d)[-./](?P<d>\d\d)(?![\d-])"),
)
# What most lists show, and nothing else in it that could be a date.
USUAL = re.compile(r"\D*(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\D*")
# Month and day alone, the whole of a short text: "01-31", "[1月31日]", "发布日期：01/31".
MONTH_DAY = re.compile(
    r"[^\w]*(?:发布)?(?:日期|时间)?\W*(?<!\d)(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})日?[^\w]*"
)
LEAP_YEAR = 2000
ALONE = 20  # characters of a text that is a date and little else
FUTURE = timedelta(days=2)  # a notice may be dated tomorrow; what lies further ahead is a slip of the pen
# Milliseconds anywhere, seconds only by themselves.
EPOCH = re.compile(r"(?<!\d)(1\d{9})\d{3}(?!\d)|\A\s*(1\d{9})\s*\Z")
# TRS; 大汉; eight-digit folders of 上海; 辽宁 eportal.
IN_URL = (
    re.compile(r"/t(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)_\d+\.s?html?(?:$|[?#])"),
    re.compile(r"/art/(?P<y>20\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})/art_"),
    re.compile(r"/(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)/[0-9a-f]{32}\.html"),
    re.compile(r"/(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)\d{5,}/index\.shtml"),
)
MONTH_IN_URL = re.compile(r"/(?P<y>20\d\d)[-/]?(?P<m>0[1-9]|1[0-2])/")


def date_in(text: str) -> date | None:
    """The first whole date in a short text. None without one: a month and day alone are not a date."""
    return _date_alone(text) if len(text) <= ALONE else _first_date(text)


@lru_cache(maxsize=4096)  # the lines of all lists show the same few days
def _date_alone(text: str) -> date | None:
    return _first_date(text)


def _first_date(text: str) -> date | None:
    usual = USUAL.fullmatch(text)
    if usual is not None and (day := _valid(usual)):
        return day
    for pattern in WRITTEN:
        for match in pattern.finditer(text):
            found = _valid(match)
            if found:
                return found
    stamp = EPOCH.search(text)
    if stamp is None:
        return None
    return datetime.fromtimestamp(int(stamp[1] or stamp[2]), UTC).astimezone(SHANGHAI).date()


def month_day_in(text: str) -> tuple[int, int] | None:
    """The month and day of a short text that holds nothing else."""
    match = MONTH_DAY.fullmatch(text.strip())
    if match is None:
        return None
    try:
        day = date(LEAP_YEAR, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return day.month, day.day


def is_future(day: date | None, today: date) -> bool:
    """Whether a line claims to be of a day that has not come: more than two days ahead."""
    return day is not None and day > today + FUTURE


def date_of_url(url: str) -> date | None:
    """The day that the CMS wrote into the address; None where there is none or only a month."""
    for pattern in IN_URL:
        match = pattern.search(url)
        if match:
            return _valid(match)
    return None


def month_of_url(url: str) -> tuple[int, int] | None:
    """The year and month of an address that carries no day (/202401/, /c100264/202401/)."""
    match = MONTH_IN_URL.search(url)
    return (int(match["y"]), int(match["m"])) if match else None


def _valid(match: re.Match[str]) -> date | None:
    year = int(match["y"])
    try:
        return date(year if year > 99 else 2000 + year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
