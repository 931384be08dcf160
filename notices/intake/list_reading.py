"""What a fetched page of a list means for its source. Pure: looks at the source's row and writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from config.clock import SHANGHAI
from notices.intake import cpu_budget
from notices.intake.answers import Answer, Failed, Fetched, NotModified, Throttled
from notices.intake.blank_pages import is_down, told_apart
from notices.intake.decoding import decode
from notices.intake.families import parse_list
from notices.intake.fetching import Request
from notices.intake.list_digests import NONE, Digests, is_same, of_bytes, of_lines, of_links
from notices.intake.listing import ListItem, ListPage, NeedsMore
from notices.intake.manners import LEGACY
from notices.intake.troubles import Why
from notices.list_address import RSSHUB, list_url
from notices.models import Source

ETAG, LAST_MODIFIED = 300, 100  # characters that the columns hold


@dataclass(frozen=True, slots=True)
class Course:
    """Reading one source's list: what is asked next, and what the pages before it gave.

    `base`: the list's own page where `request` asks for its lines or a further page. `is_shell`: the lines do
    not stand in the page itself. `in_full`: whether to look at more than its links, though they be the same.
    `first`: the first page, once it was read.
    """

    source: Source
    request: Request
    base: str = ""
    is_shell: bool = False
    in_full: bool = True
    first: "Read | None" = None
    lines: tuple[ListItem, ...] = ()
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing new since the last poll. `columns` of the source: validators and digests as they are now."""

    columns: Mapping[str, str] = field(default_factory=dict)
    moved_to: str = ""
    answer: Fetched | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A page with lines, and what it looks like."""

    page: ListPage
    answer: Fetched = field(repr=False)
    digests: Digests
    validators: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class More:
    """The course goes on with another request."""

    course: Course


Outcome = Unchanged | Read | More | Failed | Throttled


def begin(source: Source, now: datetime, rsshub_base: str) -> Course | Failed:
    """Ask conditionally, but once a day in full: a wrong validator would freeze a source for ever.

    Also in full while a doubt about the last page waits for a second look.
    """
    try:
        url = list_url(source.url, source.recipe, rsshub_base)
    except ValueError as wrong:
        return Failed(Why.BAD_URL, str(wrong))
    if source.tls_profile == LEGACY and not source.tls_pin:
        return Failed(Why.NO_PIN)
    in_full = source.baseline_at is None or is_first_of_day(source, now) or is_pending(source)
    request = Request(
        url,
        etag="" if in_full else source.etag,
        last_modified="" if in_full else source.last_modified,
        tls=source.tls_profile,
        pin=source.tls_pin,
        stay=True,
        heeds_robots=asks_robots(source),
    )
    return Course(source, request, in_full=in_full)


def asks_robots(source: Source) -> bool:
    """Staff may overrule robots.txt with a reason; the RSSHub is the operator's own."""
    return not source.robots_override and not source.url.startswith(RSSHUB)


def judge(course: Course, answer: Answer, today: date) -> Outcome:
    """What the answer to a course's request means."""
    match answer:
        case NotModified() if course.source.baseline_at is None or course.first or course.is_shell:
            return Failed(Why.BROKEN_ANSWER, "HTTP 304")
        case NotModified():
            return Unchanged()
        case Failed(page=page) if page and page.status >= 500 and is_down(_text(page)):
            return replace(answer, why=Why.MAINTENANCE)
        case Failed() | Throttled():
            return answer
        case Fetched():
            return _judge_page(course, answer, today)


def turn_page(course: Course, read: Read, request: Request) -> Course:
    """The course after a page was read, asking for the next."""
    return replace(
        course,
        request=request,
        base=course.base or course.request.url,
        first=course.first or read,
        lines=course.lines + read.page.items,
        pages=course.pages + 1,
    )


def next_page(course: Course, page: ListPage) -> Request | None:
    """How to ask for the page after this one; None when there is none, or it is this one."""
    if not page.next_url or (page.next_url == course.request.url and page.next_form == course.request.form):
        return None
    home = course.base or course.request.url
    return replace(
        course.request, url=page.next_url, form=page.next_form, referer=home, etag="", last_modified=""
    )


def is_pending(source: Source) -> bool:
    """Whether something odd was seen once and waits for the second look."""
    return any(seen == 1 for seen in source.doubts.values())


def is_first_of_day(source: Source, now: datetime) -> bool:
    """Whether the source has not been polled with success today."""
    seen = source.last_success_at
    return seen is None or seen.astimezone(SHANGHAI).date() != now.astimezone(SHANGHAI).date()


def _judge_page(course: Course, answer: Fetched, today: date) -> Outcome:
    """What a page means; the dearer looks are spared where a cheaper one tells that nothing changed."""
    source, before = course.source, Digests.kept(course.source.items_hash)
    may_skip = source.baseline_at and not course.first and not is_pending(source)
    looks = Digests() if course.is_shell else Digests(of_bytes(source, answer.body))
    if may_skip and is_same(looks.raw, before.raw):
        return _unchanged(course, answer)
    may_skip = may_skip and not source.doubts
    in_part = may_skip and not course.in_full
    if not course.is_shell and not (in_part and before.links == NONE):
        looks = looks._replace(links=of_links(source, answer.body))
    if in_part and is_same(looks.links, before.links):
        return _unchanged(course, answer)
    outcome = _parse(course, answer, today, looks, before if in_part else Digests())
    if may_skip and isinstance(outcome, Read) and is_same(outcome.digests.lines, before.lines):
        # Links that change while the lines do not are not asked again before the next full reading.
        links = NONE if in_part else looks.links
        return _unchanged(course, answer, outcome.digests._replace(links=links))
    return outcome


def _unchanged(course: Course, answer: Fetched, looks: Digests | None = None) -> Unchanged:
    """The page says nothing new, whether it looks as it did or otherwise."""
    digests = {"items_hash": looks.column} if looks else {}
    return Unchanged({**_validators_of(course, answer), **digests}, answer.moved_to, answer)


def _parse(course: Course, answer: Fetched, today: date, looks: Digests, before: Digests) -> Outcome:
    """The page's lines, or what became of them; rows that look as they did `before` say what they said."""
    source = course.source
    known = "" if course.is_shell or before.rows == NONE else before.rows
    try:
        with cpu_budget.within(cpu_budget.PER_PAGE):
            page = parse_list(
                source.family, answer, source.recipe, course.base, today=today, known_look=known
            )
    except cpu_budget.TooSlow:
        return Failed(Why.TOO_SLOW, "", answer)
    match page:
        case NeedsMore() if course.is_shell or course.first:
            return Failed(Why.CONTAINER_GONE, "", answer)
        case NeedsMore(url=url, base=base, form=form):
            request = replace(course.request, url=url, form=form, referer=base, etag="", last_modified="")
            return More(replace(course, request=request, base=base, is_shell=True))
        case ListPage():
            rows = NONE if course.is_shell else page.look or NONE
            lines = of_lines(page.items) if page.items else before.lines
            digests = looks._replace(rows=rows, lines=lines)
            return Read(page, answer, digests, _validators_of(course, answer))
        case _:
            found = told_apart(answer, page)
            return Failed(found.why, found.detail, answer)


def _validators_of(course: Course, answer: Fetched) -> dict[str, str]:
    """Those of the page that is asked for next time; a shell's say nothing about the lines."""
    return _validators(None if course.is_shell else answer)


def _validators(answer: Fetched | None) -> dict[str, str]:
    """The answer's validators; one that the column cannot hold whole is worth nothing."""
    headers = answer.headers if answer else {}
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return {
        "etag": etag if len(etag) <= ETAG else "",
        "last_modified": modified if len(modified) <= LAST_MODIFIED else "",
    }


def _text(page: Fetched) -> str:
    return decode(page.body[:100_000], page.content_type)
