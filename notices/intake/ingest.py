"""From a page to a notice: a new one, a copy of a known one, or a new revision. One transaction."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum, auto

from django.db import transaction

from notices.intake.attachment_rows import plan as plan_attachments
from notices.intake.dates import date_of_url
from notices.intake.detail import Page
from notices.intake.feed_texts import LABEL
from notices.intake.identity import identities, own_doc_no, same_title, specific_issuer
from notices.intake.schedule import next_revisit
from notices.models import Item, Notice, Revision

BY_HAND = "manual"  # the slug of 人工录入, the source of what staff bring in
TITLE = 500  # characters that the column holds


class How(Enum):
    """What a page turned out to be."""

    NEW = auto()
    JOINED = auto()
    REVISED = auto()
    SAME = auto()


@dataclass(frozen=True, slots=True)
class Ingested:
    """The notice that a page belongs to, and how."""

    notice_id: int
    how: How


def ingest(item_id: int, page: Page, now: datetime, trouble: str = "") -> Ingested:
    """Keep a page: notice, revision and the item's link to it commit together, so twice is as good as once.

    `trouble` stays on the item: why its page could not be had and the notice was made from the list alone.
    """
    with transaction.atomic():
        item = Item.objects.select_for_update(of=("self",)).select_related("source").get(pk=item_id)
        if item.notice_id is not None:
            return _revisited(item, item.notice_id, page, now)
        brought = _brought_in(item)
        if brought is not None:
            return _published_after_all(item, brought, page, now)
        ingested = _first_visit(item, page, now)
        if ingested.how is How.JOINED and item.source.slug != BY_HAND:
            break_silence(ingested.notice_id, now)
        speaks = ingested.how is How.NEW  # only the page a notice was made from tells of its changes
        item.notice_id = ingested.notice_id
        item.next_try_at = next_revisit(item.first_seen_at, now) if speaks else None
        item.trouble = trouble
        item.save(update_fields=["notice", "next_try_at", "trouble"])
    return ingested


def break_silence(notice_id: int, now: datetime) -> bool:
    """What was taken in without telling anybody is news from now on; whether it was silent before."""
    silent = Notice.objects.filter(pk=notice_id, silent=True)
    return bool(silent.update(silent=False, matched_at=None, first_seen_at=now))


def content_hash(page: Page) -> str:
    """Of what a reader would notice: title, text and files."""
    files = "\n".join(f"{file.name} {file.url}" for file in page.attachments)
    return hashlib.sha256(f"{page.title}\n\n{page.text}\n\n{files}".encode("utf-8", "replace")).hexdigest()


def _brought_in(item: Item) -> int | None:
    """The notice that staff brought in by this very address, before its source published it."""
    same = Item.objects.filter(source__slug=BY_HAND, url_key=item.url_key).exclude(pk=item.pk)
    return same.values_list("notice", flat=True).first()


def _published_after_all(item: Item, notice_id: int, page: Page, now: datetime) -> Ingested:
    """The source's own page speaks for the notice from now on."""
    break_silence(notice_id, now)
    Item.objects.filter(pk=item.pk).update(notice=notice_id)
    return _revisited(item, notice_id, page, now)


def _first_visit(item: Item, page: Page, now: datetime) -> Ingested:
    names = _names(item, page)
    known = {notice.identity: notice for notice in Notice.objects.filter(identity__in=names)}
    for name in names:
        if name in known and same_title(known[name].title, page.title):
            return Ingested(known[name].pk, How.JOINED)
    free = next((name for name in names if name not in known), names[-1])
    notice, is_new = Notice.objects.get_or_create(identity=free, defaults=_fields(item, page, now))
    if is_new:
        _add_revision(notice, page, 1, now)
    return Ingested(notice.pk, How.NEW if is_new else How.JOINED)


def _names(item: Item, page: Page) -> tuple[str, ...]:
    return identities(
        source=item.source.slug,
        url=item.url,
        issuer=specific_issuer(page.issuer_hint, item.source.issuer),
        doc_no=own_doc_no(page.meta.get("文号", ""), page.text),
        title=page.title,
        published=page.published or item.published_on,
        text=page.text,
    )


def _fields(item: Item, page: Page, now: datetime) -> dict[str, object]:
    published = page.published or item.published_on or date_of_url(item.url)
    return {
        "title": page.title[:TITLE],
        "url": item.url,
        "source": item.source,
        "published_on": published,
        "first_seen_at": now,
    }


def _revisited(item: Item, notice_id: int, page: Page, now: datetime) -> Ingested:
    """A page seen again: a revision if it reads differently, and then the notice is read and matched anew."""
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    last = notice.revisions.order_by("-number").first()
    item.next_try_at = next_revisit(item.first_seen_at, now)
    item.trouble = ""
    item.save(update_fields=["next_try_at", "trouble"])
    if item.url != notice.url or (last and _says(last, page)):
        return Ingested(notice.pk, How.SAME)
    _add_revision(notice, page, last.number + 1 if last else 1, now)
    notice.title = page.title[:TITLE]
    notice.published_on = page.published or notice.published_on
    notice.read_at = notice.matched_at = None
    notice.save(update_fields=["title", "published_on", "read_at", "matched_at"])
    return Ingested(notice.pk, How.REVISED)


def _says(last: Revision, page: Page) -> bool:
    """Whether a page says what was kept, and as itself where that was."""
    return last.content_hash == content_hash(page) and (LABEL in last.meta) == (LABEL in page.meta)


def _add_revision(notice: Notice, page: Page, number: int, now: datetime) -> None:
    plan_attachments(notice, page.attachments, now)
    Revision.objects.create(
        notice=notice,
        number=number,
        title=page.title[:TITLE],
        text=page.text,
        html=page.html,
        meta=page.meta,
        attachments=[asdict(file) for file in page.attachments],
        content_hash=content_hash(page),
        seen_at=now,
    )
