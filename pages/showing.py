"""What the public pages show, loaded from rows: a constant number of queries each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, Q
from markupsafe import Markup

from alerts.cards import Card, card, web_links
from alerts.chinese_dates import full_day, local_day
from alerts.letter_items import LetterItem, NoticeFacts
from alerts.letters import Section, every_section, letter_kind
from alerts.models import DeliveryItem
from alerts.presenting import letter_orders, notice_facts
from alerts.wording import LETTER_NAMES
from notices.contact_lines import ContactLine, contact_lines
from notices.lexicon.kinds import Kind
from notices.models import Attachment, Deadline, Notice, Source
from pages.fulltext import full_text
from subscribers.models import Contact

NEWEST = 20
NEAREST = 8

FILE_NOTES: dict[str, str] = {
    Attachment.State.SCAN: "扫描件，没有读取文字",
    Attachment.State.UNREADABLE: "没有读出文字",
    Attachment.State.REFUSED: "这里没有取到，请在原网站打开",
}
EVIDENCE_NAMES = {
    "issuer": "发文机关", "doc_no": "文号", "kind": "类别", "region": "地区",
    "rolling": "全年受理", "follow_up": "变更",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How the sources do, in one line of numbers."""

    enabled: int
    troubled: int
    last_success: datetime | None


@dataclass(frozen=True, slots=True)
class Proof:
    """A value's name, the words of the notice that prove it, and the spot in a file where they stand."""

    name: str
    quote: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file's name and address, and what a reader must know: that it is a scan, or was not to be had."""

    name: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice with all that was understood of it."""

    card: Card
    facts: NoticeFacts
    attachments: tuple[FileLink, ...]
    deadlines: tuple[Deadline, ...]
    proofs: tuple[Proof, ...]
    contacts: tuple[ContactLine, ...]
    changes: Notice | None
    changed_by: tuple[Notice, ...]
    text: Markup

    @property
    def has_original(self) -> bool:
        """Whether it stands anywhere else: what staff pasted or uploaded does not."""
        return self.facts.source_url.lower().startswith(("http://", "https://"))


def newest(now: datetime) -> list[Card]:
    """The newest notices that have been read, news left out."""
    rows = Notice.objects.exclude(reading=None).exclude(reading__kind=Kind.NEWS)
    return cards(list(rows.order_by("-first_seen_at", "-pk").values_list("pk", flat=True)[:NEWEST]), now)


def nearest(now: datetime) -> list[Card]:
    """The notices whose main deadline comes next."""
    rows = Deadline.objects.filter(is_main=True, superseded_by=None, on__gte=local_day(now))
    return cards(list(rows.order_by("on", "at", "pk").values_list("notice_id", flat=True)[:NEAREST]), now)


def cards(notice_ids: Sequence[int], now: datetime) -> list[Card]:
    """The notices as cards, numbered in the order given."""
    shown = notice_facts(notice_ids)
    return [card(LetterItem(facts), number, now, "") for number, facts in enumerate(shown, start=1)]


def source_health() -> SourceHealth:
    """Counts over the sources that are switched on."""
    found = Source.objects.filter(enabled=True).aggregate(
        enabled=Count("pk"),
        troubled=Count("pk", filter=Q(failures__gt=0)),
        last_success=Max("last_success_at"),
    )
    return SourceHealth(**found)


def notice_page(notice_id: int, now: datetime) -> NoticePage | None:
    """Everything for the page of one notice; None where there is no such notice."""
    shown = notice_facts([notice_id])
    if not shown:
        return None
    (facts,) = shown
    notice = Notice.objects.select_related("reading", "follows").get(pk=notice_id)
    revision = notice.revisions.order_by("-number").first()
    return NoticePage(
        card=card(LetterItem(facts), 1, now, settings.BASE_URL),
        facts=facts,
        attachments=_file_links(notice, facts),
        deadlines=tuple(
            notice.deadlines.select_related("reading", "superseded_by").order_by("-is_main", "on", "pk")
        ),
        proofs=_proofs(notice),
        contacts=contact_lines(notice.reading.contacts) if notice.reading else (),
        changes=notice.follows,
        changed_by=tuple(notice.followers.order_by("first_seen_at")),
        text=full_text(revision, notice.url) if revision else Markup(),
    )


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter on the web: the same sections as in the mail, uncut."""

    name: str
    dated: str
    sections: tuple[Section, ...]

    @property
    def count(self) -> int:
        """How many cards it holds."""
        return sum(len(section.cards) for section in self.sections)


def letter_page(contact: Contact, delivery_id: int, now: datetime) -> LetterPage | None:
    """All that a letter to this contact said; None where it is not theirs or is kept no more."""
    if not DeliveryItem.objects.filter(delivery=delivery_id, delivery__contact=contact).exists():
        return None
    order = letter_orders([delivery_id])[delivery_id]
    sections = tuple(
        Section(section.title, tuple(replace(card, page_url=card.own_url) for card in section.cards))
        for section in every_section(order, now)
    )
    return LetterPage(LETTER_NAMES[letter_kind(order)], full_day(local_day(order.composed_at)), sections)


def _file_links(notice: Notice, facts: NoticeFacts) -> tuple[FileLink, ...]:
    states = dict(notice.files.values_list("url", "state"))
    links = web_links(facts.attachments)
    return tuple(FileLink(name, url, FILE_NOTES.get(states.get(url, ""), "")) for name, url in links)


def _proofs(notice: Notice) -> tuple[Proof, ...]:
    evidence = notice.reading.evidence if notice.reading else {}
    named = ((name, evidence.get(key) or {}) for key, name in EVIDENCE_NAMES.items())
    return tuple(
        Proof(name, found["quote"], found.get("where", "")) for name, found in named if found.get("quote")
    )
