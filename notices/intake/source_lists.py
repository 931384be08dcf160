"""Reading the lists of claimed sources: page by page where need be, each as soon as it has come."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from config.clock import SHANGHAI
from notices.intake.answers import Answer, Failed, Throttled
from notices.intake.catching_up import MOST_PAGES, goes_on
from notices.intake.fetching import Crawler
from notices.intake.identity import url_key
from notices.intake.list_digests import Digests, is_same
from notices.intake.list_reading import Course, More, Read, Unchanged, begin, judge, next_page, turn_page
from notices.intake.listing import ListItem
from notices.intake.recognition import Known, Recognised, recognise
from notices.intake.robots_book import RobotsBook
from notices.intake.source_records import Ended, Gathered, Polled, record
from notices.intake.troubles import Why
from notices.models import Item, Source

logger = logging.getLogger(__name__)


def read_lists(
    sources: Sequence[Source],
    crawler: Crawler,
    book: RobotsBook,
    now: datetime,
    still_here: Callable[[], None],
) -> list[Polled]:
    """Fetch, read and record the lists of these sources; `still_here` is called while that takes its time."""
    begun = [(source, begin(source, now, settings.RSSHUB_BASE)) for source in sources]
    asking = [course.request for _, course in begun if isinstance(course, Course)]
    book.ask(crawler, [request for request in asking if request.heeds_robots], still_here)
    permitted = [(source, _permitted(course, book)) for source, course in begun]
    polled = record([Ended(source, why) for source, why in permitted if isinstance(why, Failed)], now)
    courses = [course for _, course in permitted if isinstance(course, Course)]
    while courses:
        courses, ended = _round(courses, crawler, now, still_here)
        polled += ended
    return polled


def _round(
    courses: list[Course], crawler: Crawler, now: datetime, still_here: Callable[[], None]
) -> tuple[list[Course], list[Polled]]:
    """One request of each course: those that go on, and what the others brought."""
    ahead: list[Course] = []
    polled: list[Polled] = []
    for chunk in crawler.stream([course.request for course in courses]):
        still_here()
        steps = [_step(courses[number], answer, now) for number, answer in chunk]
        ahead += [step for step in steps if isinstance(step, Course)]
        polled += record([step for step in steps if isinstance(step, Ended)], now)
    return ahead, polled


def _permitted(course: Course | Failed, book: RobotsBook) -> Course | Failed:
    if isinstance(course, Failed) or not course.request.heeds_robots:
        return course
    return book.objection(course.request.url) or course


def _step(course: Course, answer: Answer, now: datetime) -> Course | Ended:
    """One source's poisonous page must not spoil the poll of the others."""
    try:
        return _next_step(course, answer, now)
    except Exception as error:
        logger.exception("source %s", course.source.slug)
        return Ended(course.source, Failed(Why.OUR_FAULT, type(error).__name__))


def _next_step(course: Course, answer: Answer, now: datetime) -> Course | Ended:
    outcome = judge(course, answer, now.astimezone(SHANGHAI).date())
    match outcome:
        case More(course=further):
            return further
        case Read():
            return _after_page(course, outcome)
        case Failed() | Throttled() if course.first:  # what was read before is kept; staff hear of the rest
            found = _recognised(course.source, course.lines)
            return Ended(course.source, Gathered(course.first, course.lines, found, cut=True))
        case Unchanged() | Failed() | Throttled():
            return Ended(course.source, outcome)


def _after_page(course: Course, read: Read) -> Course | Ended:
    """The end of the course, or the page before: what was missed while nobody polled is read back."""
    source, first = course.source, course.first or read
    lines, pages = course.lines + read.page.items, course.pages + 1
    if source.baseline_at is None or (pages == 1 and _same_lines(source, read)):
        return Ended(source, Gathered(first, lines))
    found = _recognised(source, lines)
    further = next_page(course, read.page)
    goes_round = set(read.page.items) <= set(course.lines)
    unknown = set(found.new)
    if further and not goes_round and goes_on(lines, unknown, pages):
        return turn_page(course, read, further)
    cut = pages >= MOST_PAGES and goes_on(lines, unknown, MOST_PAGES - 1)
    return Ended(source, Gathered(first, lines, found, cut=cut))


def _same_lines(source: Source, read: Read) -> bool:
    return is_same(read.digests.lines, Digests.kept(source.items_hash).lines)


def _recognised(source: Source, lines: tuple[ListItem, ...]) -> Recognised:
    began = source.baseline_at.astimezone(SHANGHAI).date() if source.baseline_at else None
    return recognise(lines, _known(source, lines), began)


def _known(source: Source, lines: tuple[ListItem, ...]) -> Iterable[Known]:
    """The source's items that these lines could be: by address, by title, or by day."""
    keys, titles = [url_key(line.url) for line in lines], [line.title for line in lines]
    days = {line.published for line in lines if line.published}
    could_be = Q(url_key__in=keys) | Q(title__in=titles) | Q(published_on__in=days)
    found = Item.objects.filter(could_be, source=source)
    return [Known(*row) for row in found.values_list("pk", "url", "url_key", "title", "published_on")]
