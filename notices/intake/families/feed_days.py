"""The dates of tidy feeds, in the two spellings that the formats ask for."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from config.clock import SHANGHAI
from notices.intake.dates import date_in

CLOCK = r"(?P<H>\d\d):(?P<M>\d\d)(?::(?P<S>\d\d))?"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
RFC822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(?P<d>\d{1,2}) (?P<b>[A-Z][a-z]{2}) (?P<y>\d{4})"
    rf" {CLOCK} (?P<zone>GMT|UT|Z|[+-]\d{{4}})",
    re.ASCII,
)
W3CDTF = re.compile(
    rf"(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)T{CLOCK}(?:\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)",
    re.ASCII,
)
ZONELESS = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?", re.ASCII)


def day_of(text: str) -> date | None:
    """The day in Shanghai of a date as RFC 822 or W3C's profile of ISO 8601 writes it; None for any other.

    A time without a zone is Shanghai's.
    """
    if ZONELESS.fullmatch(text):
        return date_in(text)
    found = W3CDTF.fullmatch(text) or RFC822.fullmatch(text)
    return _day(found) if found else None


def _day(found: re.Match[str]) -> date | None:
    given = found.groupdict()
    hour, minute, second = int(given["H"]), int(given["M"]), int(given["S"] or 0)
    try:
        month = int(given["m"]) if "m" in given else MONTHS.index(given["b"]) + 1
        zone = _zone(given["zone"])
        moment = datetime(int(given["y"]), month, int(given["d"]), hour, minute, second, tzinfo=zone)
        return moment.astimezone(SHANGHAI).date()
    except (ValueError, OverflowError):  # no such day or zone, or beyond the calendar's end
        return None


def _zone(written: str) -> timezone:
    if not written.startswith(("+", "-")):
        return UTC
    digits = written[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(ahead if written.startswith("+") else -ahead)
