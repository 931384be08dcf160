"""Attached files are fetched as politely as pages, opened by a child process, and kept (facts/feeds.md C3).

Notices never wait for them: what a file says comes as a later reading.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from notices.intake import attachment_rows as rows
from notices.intake.answers import Answer, Failed, Fetched, NotModified, Throttled
from notices.intake.fetching import Crawler, Request
from notices.intake.files.reader import FileReader
from notices.intake.host_leases import HostLeases
from notices.intake.hosts import host_of, registered_host
from notices.intake.polling import let_go, manners_from_settings
from notices.intake.robots_book import RobotsBook
from notices.intake.troubles import Why
from notices.models import Attachment

LARGEST = 16 << 20  # bytes; what is larger is a picture book, and its link stays
UNPACKED = 100.0  # times what was sent; an honest sheet of equal rows packs so well
SECONDS = 60.0  # for one file; some sites send 100 KB a second
AT_ONCE = 4  # downloads; so many whole files are held at most
LIMIT = 12  # files of one task: ten seconds each at worst, within the task's limit

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Fetching:
    """What a round works with, how many files it took on, and how many of them said something."""

    now: datetime
    crawler: Crawler
    leases: HostLeases
    book: RobotsBook
    reader: FileReader
    taken: int = 0
    told: int = 0

    def gap(self, host: str) -> float:
        """Seconds between visits to a registered host."""
        return max(self.crawler.manners.host_gap, self.book.gap(host))

    def still_here(self) -> None:
        """Keep the hosts that we hold, and pass on what they said about coming back."""
        self.leases.renew()
        self.leases.close(self.crawler.closed())


def any_due(now: datetime) -> bool:
    """Whether a file waits to be fetched."""
    return bool(rows.due(now, 1))


@dataclass(frozen=True, slots=True)
class FilesReport:
    """How many files were taken on, and how many of them said something."""

    taken: int
    told: int


def fetch_files(now: datetime, limit: int = LIMIT) -> FilesReport:
    """Fetch and read at most `limit` of the files that are due.

    May run twice, at once, or be killed: what was begun and not kept is begun again.
    """
    manners = manners_from_settings()
    manners = replace(
        manners, max_bytes=LARGEST, max_ratio=UNPACKED, total=max(SECONDS, manners.total), connections=AT_ONCE
    )
    with Crawler(manners) as crawler, HostLeases.held(manners.host_gap) as leases, FileReader() as reader:
        work = Fetching(now, crawler, leases, RobotsBook(manners.agent), reader)
        _fetch(work, limit)
        work.still_here()
    return FilesReport(work.taken, work.told)


def _fetch(work: Fetching, limit: int) -> None:
    due = rows.due(work.now, limit)
    work.book.look_up(row.url for row in due)
    taken = rows.claim(due, work.now, limit, work.gap, work.leases)
    work.taken = len(taken)
    for row in filter(rows.is_spent, taken):
        rows.fail(row, Why.OUR_FAULT, "处理中断", work.now)
    hopeful = [row for row in taken if not rows.is_spent(row)]
    let_go(hopeful)
    heeding = [request_of(row) for row in hopeful if not row.notice.source.robots_override]
    work.book.ask(work.crawler, heeding, work.still_here)
    welcome = [row for row in hopeful if not _barred(row, work)]
    for chunk in work.crawler.stream([request_of(row) for row in welcome]):
        work.still_here()
        for number, answer in chunk:
            _keep(welcome[number], answer, work)


def _barred(row: Attachment, work: Fetching) -> bool:
    objection = None if row.notice.source.robots_override else work.book.objection(row.url)
    if objection is not None:
        rows.fail(row, objection.why, objection.detail, work.now)
    return objection is not None


def request_of(row: Attachment) -> Request:
    """How to ask for a file: as one who came from its page, which many sites insist on."""
    source = row.notice.source
    if registered_host(host_of(source.url)) != rows.house(row):
        return Request(row.url, referer=row.notice.url)
    return Request(row.url, referer=row.notice.url, tls=source.tls_profile, pin=source.tls_pin)


def _keep(row: Attachment, answer: Answer, work: Fetching) -> None:
    """One file that breaks our code must not stop the others."""
    try:
        _record(row, answer, work)
    except Exception as error:
        logger.exception("attachment %s", row.url)
        rows.fail(row, Why.OUR_FAULT, type(error).__name__, work.now)


def _record(row: Attachment, answer: Answer, work: Fetching) -> None:
    match answer:
        case Fetched(body=body) if rows.digest_of(body) == row.digest:
            rows.leave(row, work.now)
        case Fetched(body=body):
            paper = work.reader.read(rows.file_name(row), body)
            work.told += rows.settle(row, paper, body, work.now)
        case Failed(why=why, detail=detail):
            rows.fail(row, why, detail, work.now)
        case Throttled(after=after):
            rows.fail(row, Why.THROTTLED, "", work.now, earliest=work.now + timedelta(seconds=after))
        case NotModified():
            rows.fail(row, Why.BROKEN_ANSWER, "HTTP 304", work.now)
