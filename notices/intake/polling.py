"""One poll: due sources → their lists → new items → their pages → notices (DESIGN 4.1, 4.2).

The event loop runs only inside the crawler's calls; the database is used only between them, never across
the network.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from notices.intake.addresses import networks, ports, rerouting
from notices.intake.answers import Answer
from notices.intake.fetching import Crawler, Manners
from notices.intake.host_leases import HostLeases
from notices.intake.item_visits import (
    Visited,
    claim_items,
    due_items,
    give_up,
    is_spent,
    record_failure,
    record_visit,
    request_of,
)
from notices.intake.permits import Permits
from notices.intake.robots_book import RobotsBook
from notices.intake.source_claims import claim_sources, due_sources
from notices.intake.source_lists import read_lists
from notices.intake.source_records import Polled
from notices.intake.troubles import Why
from notices.models import Item

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PollReport:
    """What a poll did. `troubles` are Chinese lines for staff, each naming its source.

    `items_held`: new lines that wait for staff, since too many came at once.
    """

    sources_polled: int = 0
    items_new: int = 0
    items_baseline: int = 0
    notices_new: int = 0
    troubles: tuple[str, ...] = ()
    revisions_new: int = 0
    items_held: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What a poll works with: its moment, how much it takes on, and its ways to the sites."""

    now: datetime
    limit: int
    crawler: Crawler
    leases: HostLeases
    book: RobotsBook

    def gap(self, host: str) -> float:
        """Seconds between visits to a registered host."""
        return max(self.crawler.manners.host_gap, self.book.gap(host))

    def still_here(self) -> None:
        """Keep the hosts that we hold, and pass on at once what they said about coming back."""
        self.leases.renew()
        self.leases.close(self.crawler.closed())


def poll(now: datetime, limit: int = 200) -> PollReport:
    """Poll at most `limit` due sources and visit at most `limit` waiting pages.

    May run twice, at once, or be killed: what was fetched and not yet kept is fetched again.
    """
    manners = manners_from_settings()
    with Crawler(manners) as crawler, HostLeases.held(manners.host_gap) as leases:
        work = Round(now, limit, crawler, leases, RobotsBook(manners.agent))
        crawler.guide = Permits(crawler, leases, work.book, work.still_here)
        lists = _poll_lists(work)
        visits = _visit_items(work)
        work.still_here()
    return _report(lists, visits)


def manners_from_settings() -> Manners:
    """How settings want us to behave; ValueError names an INTAKE_ value that cannot be read."""
    return Manners(
        contact=settings.INTAKE_CONTACT,
        host_gap=settings.INTAKE_HOST_GAP,
        allow_nets=networks(settings.INTAKE_ALLOW_NETS),
        allow_ports=ports(settings.INTAKE_ALLOW_PORTS),
        connect_to=rerouting(settings.INTAKE_CONNECT_TO),
        ca_file=settings.INTAKE_CA_FILE,
    )


def _poll_lists(work: Round) -> list[Polled]:
    due = due_sources(work.now, work.limit)
    work.book.look_up(source.url for source in due)
    sources = claim_sources(due, work.now, work.limit, work.gap, work.leases)
    let_go(sources)
    return read_lists(sources, work.crawler, work.book, work.now, work.still_here)


def _visit_items(work: Round) -> list[Visited]:
    due = due_items(work.now, work.limit)
    work.book.look_up(item.url for item in due)
    items = claim_items(due, work.now, work.limit, work.gap, work.leases)
    hopeful = [item for item in items if not is_spent(item)]
    let_go(hopeful)
    heeding = [request_of(item) for item in hopeful if not item.source.robots_override]
    work.book.ask(work.crawler, heeding, work.still_here)
    barred = {item.pk: why for item in hopeful if (why := _objection(work.book, item))}
    welcome = [item for item in hopeful if item.pk not in barred]
    visits = [_visit(item, barred[item.pk], work.now) for item in hopeful if item.pk in barred]
    for chunk in work.crawler.stream([request_of(item) for item in welcome]):
        work.still_here()
        visits += [_visit(welcome[number], answer, work.now) for number, answer in chunk]
    return visits + [give_up(item, work.now) for item in items if is_spent(item)]


def _objection(book: RobotsBook, item: Item) -> Answer | None:
    return None if item.source.robots_override else book.objection(item.url)


def let_go(wanted: Sequence[object]) -> None:
    """Let go of the database before going out; inside a caller's transaction there is nothing to let go."""
    if wanted and not connection.in_atomic_block:
        connection.close()


def _visit(item: Item, answer: Answer, now: datetime) -> Visited:
    """One item's poisonous page must not spoil the poll of the others."""
    try:
        return record_visit(item, answer, now)
    except Exception as error:
        logger.exception("item %s", item.url)
        return record_failure(item, Why.OUR_FAULT, type(error).__name__, now)


def _report(lists: Sequence[Polled], visits: Sequence[Visited]) -> PollReport:
    troubles = [polled.trouble for polled in lists] + [visited.trouble for visited in visits]
    return PollReport(
        sources_polled=len(lists),
        items_new=sum(polled.new for polled in lists),
        items_baseline=sum(polled.baseline for polled in lists),
        notices_new=sum(visited.new for visited in visits),
        troubles=tuple(filter(None, troubles)),
        revisions_new=sum(visited.revised for visited in visits),
        items_held=sum(polled.held for polled in lists),
    )
