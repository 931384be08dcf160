"""The pages of items: whose turn it is, and what a fetched page means for its item and notice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from notices.intake import cpu_budget
from notices.intake.answers import Answer, Failed, Fetched, NotModified, Throttled
from notices.intake.detail import NoPage, Page, read_page
from notices.intake.feed_texts import page_in_feed
from notices.intake.fetching import Request
from notices.intake.host_leases import HostLeases
from notices.intake.hosts import host_of, registered_host
from notices.intake.ingest import How, ingest
from notices.intake.kept_pages import unpack
from notices.intake.recipes import BadRecipe, recipe_of
from notices.intake.schedule import ATTEMPTS, FURTHEST_VISIT, fair_share, next_attempt, next_revisit
from notices.intake.troubles import Why, item_trouble
from notices.models import Family, Item, KeptPage

CLAIM = """
UPDATE notices_item SET next_try_at = %s
WHERE id IN ({ids}) AND (next_try_at <= %s OR next_try_at > %s) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Visited:
    """What one visit brought: a notice that is new, a revision, or a trouble that names source and item."""

    new: bool = False
    revised: bool = False
    trouble: str = ""


def due_items(now: datetime, limit: int) -> list[Item]:
    """Twice as many items as a poll takes whose page is due, from this poll or any before.

    A next time further ahead than any visit is planned means that the clock was set back: due.
    """
    due = Q(next_try_at__lte=now) | Q(next_try_at__gt=now + FURTHEST_VISIT)
    waiting = Item.objects.filter(due, baseline=False, source__enabled=True).select_related("source")
    return list(waiting.order_by("next_try_at", "pk")[: limit * 2])


def claim_items(
    due: Sequence[Item], now: datetime, limit: int, gap: Callable[[str], float], leases: HostLeases
) -> list[Item]:
    """Take at most `limit` of the due items, of hosts that we may visit, and set each one's next time first.

    A visit that was begun counts as an attempt, so a page that kills us is not tried for ever. Of two pollers
    one gets an item, since the other then finds it no longer due.
    """
    held = leases.take({_house(item) for item in due})
    free = [item for item in due if _house(item) in held]
    chosen = sorted(fair_share(free, lambda item: item.url, gap, limit), key=lambda item: item.pk)
    if not chosen:
        return []
    moment = connection.ops.adapt_datetimefield_value
    with transaction.atomic(), connection.cursor() as cursor:
        statement = CLAIM.format(ids=", ".join(["%s"] * len(chosen)))
        until, ids = moment(now + timedelta(hours=1)), [item.pk for item in chosen]
        cursor.execute(statement, [until, *ids, moment(now), moment(now + FURTHEST_VISIT)])
        taken = {pk for (pk,) in cursor.fetchall()}
        mine = [_begun(item, now) for item in chosen if item.pk in taken]
        rows = [(item.attempts, moment(item.next_try_at), item.pk) for item in mine]
        cursor.executemany("UPDATE notices_item SET attempts = %s, next_try_at = %s WHERE id = %s", rows)
    return mine


def request_of(item: Item) -> Request:
    """How to ask for an item's page; on its source's own host with the source's TLS profile."""
    source = item.source
    if registered_host(host_of(source.url)) != _house(item):
        return Request(item.url, heeds_robots=not source.robots_override)
    return Request(
        item.url, tls=source.tls_profile, pin=source.tls_pin, heeds_robots=not source.robots_override
    )


def record_visit(item: Item, answer: Answer, now: datetime) -> Visited:
    """Keep what a visit brought, in one transaction."""
    match answer:
        case Fetched():
            page = _read(item, answer)
            return (
                _keep(item, page, now)
                if isinstance(page, Page)
                else record_failure(item, page.why, page.detail, now)
            )
        case Failed(why=why, detail=detail):
            return record_failure(item, why, detail, now)
        case Throttled(after=after):
            return record_failure(item, Why.THROTTLED, "", now, earliest=now + timedelta(seconds=after))
        case NotModified():
            return record_failure(item, Why.BROKEN_ANSWER, "HTTP 304", now)


def record_failure(
    item: Item, why: Why, detail: str, now: datetime, earliest: datetime | None = None
) -> Visited:
    """Try again later; after the last attempt the list alone makes the notice, so nothing is lost."""
    if item.notice_id is not None:
        return Visited()  # a revisit: the notice stands, and the next one is already planned
    next_at = next_attempt(now, item.attempts)
    if next_at is not None:
        next_at = max(next_at, earliest or next_at)
        trouble = item_trouble(why, detail, item.attempts, next_at)
        Item.objects.filter(pk=item.pk, notice=None).update(trouble=trouble, next_try_at=next_at)
        return Visited(trouble=f"{item.source.name}《{item.title}》：{trouble}")
    return _from_list_alone(item, why, detail, now)


def is_spent(item: Item) -> bool:
    """Whether all attempts were begun and none came back to say how it ended: the page kills us."""
    return item.notice_id is None and item.attempts > ATTEMPTS


def give_up(item: Item, now: datetime) -> Visited:
    """Make the notice of a spent item without fetching its page again."""
    return _from_list_alone(item, Why.OUR_FAULT, "处理中断", now)


def _from_list_alone(item: Item, why: Why, detail: str, now: datetime) -> Visited:
    """The notice as its list tells it; a feed may tell more than the title."""
    told = _told_by_feed(item)
    trouble = item_trouble(why, detail, item.attempts, None, told_by_feed=told is not None)
    ingested = ingest(item.pk, told or Page(item.title, item.published_on), now, trouble)
    return Visited(ingested.how is How.NEW, trouble=f"{item.source.name}《{item.title}》：{trouble}")


def _told_by_feed(item: Item) -> Page | None:
    """What the feed says of the item, as it was kept when its lines last changed."""
    source = item.source
    kept = KeptPage.objects.filter(source=source).first() if source.family == Family.FEED else None
    if kept is None:
        return None
    answer = Fetched(kept.url, 200, {"content-type": kept.content_type}, unpack(bytes(kept.body)))
    try:
        with cpu_budget.within(cpu_budget.PER_PAGE):
            recipe = recipe_of(source.family, source.recipe)
            return page_in_feed(answer, recipe, item.url, item.title, item.published_on)
    except (BadRecipe, cpu_budget.TooSlow):
        return None


def _begun(item: Item, now: datetime) -> Item:
    """The item as it stands when its visit has begun."""
    if item.notice_id is None:
        item.attempts += 1
        item.next_try_at = next_attempt(now, item.attempts) or now + timedelta(hours=1)
    else:
        item.next_try_at = next_revisit(item.first_seen_at, now)
    return item


def _house(item: Item) -> str:
    return registered_host(host_of(item.url))


def _read(item: Item, answer: Fetched) -> Page | NoPage:
    try:
        recipe = recipe_of(item.source.family, item.source.recipe)
    except BadRecipe as bad:
        return NoPage(Why.BAD_RECIPE, str(bad))
    try:
        with cpu_budget.within(cpu_budget.PER_PAGE):
            return read_page(answer, recipe, item.title)
    except cpu_budget.TooSlow:
        return NoPage(Why.TOO_SLOW)


def _keep(item: Item, page: Page, now: datetime) -> Visited:
    ingested = ingest(item.pk, page, now)
    return Visited(new=ingested.how is How.NEW, revised=ingested.how is How.REVISED)
