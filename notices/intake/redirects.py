"""Where a redirect leads, and whether we go there. Pure."""

import re
from collections.abc import Mapping

from yarl import URL

from notices.intake.answers import Failed
from notices.intake.hosts import registered_host
from notices.intake.troubles import Why

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def next_hop(status: int, target: URL, headers: Mapping[str, str], *, stay: bool) -> Failed | URL:
    """The address to ask next; Failed where a redirect must not or cannot be followed.

    With `stay` a site that says it has moved for good to another registered domain is not followed there:
    that is for staff to decide, and the failure names the new address.
    """
    step = _location(target, headers.get("location", ""))
    if step is None:
        return Failed(Why.BAD_REDIRECT, _spelled(headers.get("location", "")))
    if target.scheme == "https" and step.scheme == "http":
        return Failed(Why.DOWNGRADE, str(step))
    if stay and status in PERMANENT and _house(step) != _house(target):
        return Failed(Why.MOVED_AWAY, str(step))
    return step


def _location(target: URL, location: str) -> URL | None:
    try:
        step = target.join(URL(_spelled(location))) if location else None
    except ValueError:
        return None
    if step is None or step.scheme not in {"http", "https"} or not step.host:
        return None
    return step.with_fragment(None)


def _spelled(location: str) -> str:
    """As browsers do: bytes beyond ASCII stand for themselves, escaped, unless they are UTF-8."""
    try:
        location.encode()
    except UnicodeEncodeError:
        sent = location.encode("utf-8", "surrogateescape")
        return BEYOND_ASCII.sub(lambda byte: f"%{byte[0][0]:02X}".encode(), sent).decode("ascii")
    return location


def _house(url: URL) -> str:
    return registered_host(url.host or "")
