"""When a busy host wants us back (RFC 9110 section 10.2.3, RFC 6585 section 4)."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

DEFAULT_WAIT = 15 * 60.0
LONGEST_WAIT = 24 * 3600.0


def seconds_to_wait(status: int, headers: Mapping[str, str]) -> float | None:
    """Seconds to stay away, between 1 and a day; None when the answer is not a request to come back later.

    429 always is one; 503 and 403 only with a Retry-After. A date is counted from the answer's own Date
    header, so that neither clock need be right.
    """
    asked = headers.get("retry-after", "").strip()
    if status != 429 and not (asked and status in {403, 503}):
        return None
    if asked.isdecimal():
        wait = float(asked)
    else:
        until, sent = _moment(asked), _moment(headers.get("date", ""))
        wait = (until - sent).total_seconds() if until and sent else DEFAULT_WAIT
    return min(max(wait, 1.0), LONGEST_WAIT)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
