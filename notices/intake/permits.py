"""Whether a redirect may be followed: its host must be ours to visit, and its robots.txt must let us in.

A redirect is a request like any other: to a host that another poll is on, or that asked to be left alone, it
waits, and what robots.txt keeps from us is not fetched by way of another address.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from notices.intake.answers import Answer, Throttled
from notices.intake.fetching import Crawler, Turning
from notices.intake.host_leases import LEASE, HostLeases
from notices.intake.hosts import host_of, registered_host
from notices.intake.manners import LEGACY, STRICT, Request
from notices.intake.robots_book import RobotsBook


@dataclass(frozen=True, slots=True)
class Permits:
    """A crawler's guide, as long as one poll holds its leases. `still_here` is called on the way."""

    crawler: Crawler
    leases: HostLeases
    book: RobotsBook
    still_here: Callable[[], None]

    def __call__(self, turnings: Sequence[Turning]) -> list[Answer | None]:
        """Why each of these turnings must not be taken now, or None."""
        self.still_here()
        held = self.leases.take({_house(turning.url) for turning in turnings})
        ours = [turning for turning in turnings if _house(turning.url) in held]
        heeding = [_asked(turning) for turning in ours if turning.request.heeds_robots]
        self.book.look_up(request.url for request in heeding)
        self.book.ask(self.crawler, heeding, self.still_here)
        return [self._objection(turning, held) for turning in turnings]

    def _objection(self, turning: Turning, held: frozenset[str]) -> Answer | None:
        if _house(turning.url) not in held:
            return Throttled(LEASE, 0)
        return self.book.objection(turning.url) if turning.request.heeds_robots else None


def _asked(turning: Turning) -> Request:
    """How the host there is asked for its robots.txt: the legacy profile is for the pinned site alone."""
    request = turning.request
    if request.tls == LEGACY and _house(request.url) == _house(turning.url):
        return replace(request, url=turning.url)
    return replace(request, url=turning.url, tls=STRICT, pin="")


def _house(url: str) -> str:
    return registered_host(host_of(url))
