"""A probe's visit to a site, as polite as a poll's: one visitor at a time, the gap, robots.txt.

The rows are those of the poller (HostState, RobotsFile), so a probe waits for a poll that is on the site, and
a poll for a probe. They say nothing of sources: a probe still saves no source and no item.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from config.clock import machine_now
from notices.intake.answers import Answer, Failed
from notices.intake.fetching import Crawler
from notices.intake.host_leases import HostLeases
from notices.intake.hosts import host_of, registered_host
from notices.intake.manners import Manners, Request
from notices.intake.permits import Permits
from notices.intake.robots_book import RobotsBook
from notices.models import HostState

PATIENCE = 8.0  # seconds that a person waits for a poll to leave the site
STEP = 0.2
BUSY = "轮询正在访问这个网站，为不给它添负担没有同时去取；请过一分钟再试"
CLOSED = "网站要求稍后再来，请过 {minutes} 分钟再试"


class SiteTaken(Exception):
    """The site cannot be visited now; the message says in Chinese why, and when to try again."""


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """A visit to a site that is ours alone while it lasts. `heed` the robots.txt of where it redirects us."""

    crawler: Crawler
    leases: HostLeases
    book: RobotsBook
    heed: bool = True

    def fetch(self, request: Request) -> Answer:
        """One answer, at the host's pace."""
        [answer] = self.crawler.fetch([replace(request, heeds_robots=self.heed)])
        self.leases.renew()
        return answer

    def objection(self, request: Request) -> Failed | None:
        """Why the site's robots.txt keeps us out, asked over the same kind of line as the request."""
        self.book.look_up([request.url])
        self.book.ask(self.crawler, [request], self.leases.renew)
        return self.book.objection(request.url)


@contextmanager
def visiting(address: str, manners: Manners, *, heed: bool = True) -> Iterator[SiteVisit]:
    """The site of this address to ourselves; SiteTaken where others are on it for longer than people wait."""
    with Crawler(manners) as crawler, HostLeases.held(manners.host_gap) as leases:
        _wait_for(registered_host(host_of(address)), leases)
        book = RobotsBook(manners.agent)
        crawler.guide = Permits(crawler, leases, book, leases.renew)
        try:
            yield SiteVisit(crawler, leases, book, heed)
        finally:
            leases.close(crawler.closed())


def _wait_for(host: str, leases: HostLeases) -> None:
    until = time.monotonic() + PATIENCE
    while not leases.take({host}):
        if time.monotonic() > until:
            raise SiteTaken(_why_taken(host))
        time.sleep(STEP)


def _why_taken(host: str) -> str:
    left = HostState.objects.filter(host=host).values_list("not_before", flat=True).first() or 0.0
    seconds = left - machine_now()
    return CLOSED.format(minutes=int(seconds // 60) + 1) if seconds > 0 else BUSY
