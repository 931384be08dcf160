"""Notices that staff bring in: as drafts while they are looked over, then by the same ingest as any other.

They belong to the source 人工录入, which is never polled. What we have already is found and not doubled.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from notices.intake.attachments import AttachmentLink
from notices.intake.detail import Page
from notices.intake.identity import identities, own_doc_no, plain, same_title, specific_issuer, url_key
from notices.intake.ingest import BY_HAND, How, Ingested, break_silence, ingest
from notices.lexicon.regions import NATIONAL
from notices.models import Family, Item, Notice, Revision, Source

NAME = "人工录入"
ADDRESS = "https://manual.invalid/"  # no site: RFC 2606
TEXT_ALONE = "urn:kuaixun:text:"
REGION, SECTION, ISSUE = "录入地区", "录入栏目", "出自快讯"  # labels of a revision that staff gave


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as it was given, not saved yet. `region` is its place where the text does not say one."""

    title: str
    text: str = ""
    url: str = ""
    html: str = ""
    issuer: str = ""
    published: date | None = None
    region: int | None = None
    section: str = ""
    issue: str = ""
    attachments: tuple[AttachmentLink, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Its web address, or a name of its own where it has none."""
        return self.url or f"{TEXT_ALONE}{hashlib.sha256(plain(self.title + self.text).encode()).hexdigest()}"

    @property
    def page(self) -> Page:
        """The draft as a fetched page would be."""
        given = {
            REGION: str(self.region or ""),
            SECTION: self.section,
            ISSUE: self.issue,
        }
        meta = {**dict(self.meta), **{name: words for name, words in given.items() if words}}
        return Page(self.title, self.published, self.issuer, self.html, self.text, self.attachments, meta)

    def row(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {**asdict(self), "published": self.published.isoformat() if self.published else None}


def draft_of(row: Mapping[str, Any]) -> Draft:
    """The draft of a `row()`."""
    return Draft(**{
        **row,
        "published": date.fromisoformat(row["published"]) if row["published"] else None,
        "attachments": tuple(AttachmentLink(**file) for file in row["attachments"]),
        "meta": tuple((name, words) for name, words in row["meta"]),
        "doubts": tuple(row["doubts"]),
    })  # fmt: skip


def source_by_hand() -> Source:
    """The source of all that staff bring in, made when first needed."""
    source, _ = Source.objects.get_or_create(
        slug=BY_HAND,
        defaults={
            "name": NAME,
            "url": ADDRESS,
            "family": Family.GENERIC,
            "region": NATIONAL,
            "enabled": False,
        },
    )
    return source


def known(draft: Draft) -> Notice | None:
    """The notice that we have already: at this address in any source, or the same document elsewhere."""
    item = (
        Item.objects.filter(url_key=url_key(draft.address))
        .exclude(notice=None)
        .select_related("notice")
        .first()
    )
    if item is not None:
        return item.notice
    names = identities(
        source=BY_HAND,
        url=draft.address,
        issuer=specific_issuer(draft.issuer, ""),
        doc_no=own_doc_no(dict(draft.meta).get("文号", ""), draft.text),
        title=draft.title,
        published=draft.published,
        text=draft.text,
    )
    same = Notice.objects.filter(identity__in=names)
    return next((notice for notice in same if same_title(notice.title, draft.title)), None)


@transaction.atomic
def bring_in(draft: Draft, now: datetime, *, tell: bool) -> Ingested:
    """Keep a draft as a notice, told to nobody unless `tell`; one that we have is left as it is."""
    item = _item(draft, now)
    there = item.notice_id or getattr(known(draft), "pk", None)
    if there is not None:
        ingested = Ingested(there, How.SAME)
        Item.objects.filter(pk=item.pk).update(notice=there, next_try_at=None)
    else:
        ingested = ingest(item.pk, draft.page, now)
        Item.objects.filter(pk=item.pk).update(next_try_at=None)  # nothing of this source is ever visited
    if ingested.how is How.NEW and not tell:
        Notice.objects.filter(pk=ingested.notice_id).update(silent=True)
    elif tell:
        break_silence(ingested.notice_id, now)
    return ingested


def _item(draft: Draft, now: datetime) -> Item:
    item, _ = Item.objects.get_or_create(
        source=source_by_hand(),
        url_key=url_key(draft.address),
        defaults={
            "url": draft.address,
            "title": draft.title[:500],
            "published_on": draft.published,
            "first_seen_at": now,
        },
    )
    return item


def told_region(revision: Revision) -> int | None:
    """The region that staff gave a notice whose text says none."""
    told = revision.meta.get(REGION, "")
    return int(told) if told else None


def told_section(revision: Revision) -> str:
    """The section in which a past newsletter printed it."""
    return str(revision.meta.get(SECTION, ""))[:40]
