"""Rows into plain values: what a letter or a page says of notices. A constant number of queries each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from alerts import wording
from alerts.gist import gist_lines
from alerts.letter_items import LetterItem, LetterKind, LetterOrder, NoticeFacts
from alerts.models import Change, Delivery, DeliveryItem, DeliveryKind, Follow, State
from alerts.reasons import reason
from alerts.slots import Slot
from notices.lexicon import regions, topics
from notices.lexicon.kinds import Kind
from notices.models import Deadline, Notice, Reading, Revision
from subscribers.filters import FilterSpec, describe
from subscribers.models import Filter, Subscription


def notice_facts(notice_ids: Sequence[int]) -> list[NoticeFacts]:
    """Notices as they stand, in the order given."""
    rows = Notice.objects.select_related("source", "reading__revision", "follows").in_bulk(list(notice_ids))
    subjects = {row.follows_id or row.pk for row in rows.values()}
    standing = {
        deadline.notice_id: deadline
        for deadline in _deadlines().filter(notice__in=subjects, is_main=True, superseded_by=None)
    }
    return [
        facts(
            row,
            row.reading,
            row.reading.revision if row.reading else None,
            standing.get(row.follows_id or row.pk),
        )
        for row in (rows[pk] for pk in notice_ids if pk in rows)
    ]


def _deadlines() -> Any:
    return Deadline.objects.select_related("reading__notice", "supersedes")


def facts(
    notice: Notice, reading: Reading | None, revision: Revision | None, deadline: Deadline | None
) -> NoticeFacts:
    """One notice, by the reading and the deadline given, which need not be the newest."""
    if reading is None:
        return NoticeFacts(
            notice.pk, notice.title, notice.url, notice.source.name, Kind.OTHER, "", deadline_unsure=True
        )
    kind = Kind(reading.kind)
    return NoticeFacts(
        id=notice.pk,
        title=notice.title,
        source_url=notice.url,
        source_name=notice.source.name,
        kind=kind,
        section=reading.section,
        issuer=reading.issuer,
        doc_no=reading.doc_no,
        published=notice.published_on,
        places=tuple(regions.full_name(region) for region in reading.regions),
        topics=_leaf_topics(reading.topics),
        deadline_unsure=deadline is None and _expects_deadline(reading),
        rolling=reading.rolling,
        extract=tuple(reading.extract),
        gist=gist_lines(reading.gist),
        short_title=reading.short_title,
        attachments=tuple((file["name"], file["url"]) for file in (revision.attachments if revision else [])),
        **_deadline_facts(notice, reading, deadline),
    )


def _deadline_facts(notice: Notice, reading: Reading, deadline: Deadline | None) -> dict[str, Any]:
    """By the reading given, so that a letter said again says the same place."""
    if deadline is None:
        return {}
    before = getattr(deadline, "supersedes", None)
    by = deadline.reading.notice
    told_by_other = by.pk != notice.pk
    return {
        "deadline": deadline.on,
        "deadline_at": deadline.at,
        "deadline_who": deadline.who,
        "deadline_what": deadline.what,
        "deadline_quote": deadline.quote,
        "deadline_where": deadline.where if told_by_other else reading.where_read(deadline.on),
        "deadline_was": before.on if before else None,
        "changed_by_title": by.title if told_by_other else "",
        "changed_by_url": by.url if told_by_other else "",
    }


def _expects_deadline(reading: Reading) -> bool:
    """An application or consultation without a day that we are sure of: 截止待核."""
    return reading.kind in (Kind.APPLICATION, Kind.CONSULTATION, Kind.EXTENSION) and not reading.rolling


def _leaf_topics(ids: Iterable[int]) -> tuple[str, ...]:
    """Names of the topics found, without the broader ones that follow from them."""
    found = set(ids)
    broader = {up for topic in found for up in topics.closure([topic]) if up != topic}
    return tuple(topics.topic(topic).name for topic in sorted(found - broader))


def letter_orders(delivery_ids: Sequence[int]) -> dict[int, LetterOrder]:
    """All that the letters of these deliveries depend on, by delivery id."""
    deliveries = Delivery.objects.select_related("contact__subscriber", "stands_for").in_bulk(
        list(delivery_ids)
    )
    items = _items(delivery_ids)
    specs = _specs(item for rows in items.values() for item in rows)
    people = {delivery.contact.subscriber_id for delivery in deliveries.values()}
    wishes, follows = _wishes(people), _follows(people, items)
    return {
        pk: _order(
            delivery,
            items[pk],
            specs,
            wishes[delivery.contact.subscriber_id],
            follows[delivery.contact.subscriber_id],
        )
        for pk, delivery in deliveries.items()
    }


def _items(delivery_ids: Sequence[int]) -> dict[int, list[DeliveryItem]]:
    rows = list(DeliveryItem.objects.filter(delivery__in=list(delivery_ids)).order_by("pk"))
    _share(rows, "notice", _notices())
    _share(rows, "reading", Reading.objects.all())
    _share(rows, "revision", Revision.objects.defer("text"))
    _share(rows, "deadline", _deadlines())
    _name_what_changed(rows)
    grouped: dict[int, list[DeliveryItem]] = defaultdict(list)
    for row in rows:
        grouped[row.delivery_id].append(row)
    return grouped


def _share(rows: Sequence[DeliveryItem], name: str, found: QuerySet[Any]) -> None:
    """One object for all rows that name it: joined, a notice would be loaded once for each of its people."""
    shared = found.in_bulk({getattr(row, f"{name}_id") for row in rows} - {None})
    for row in rows:
        setattr(row, name, shared.get(getattr(row, f"{name}_id")))


def _name_what_changed(rows: Sequence[DeliveryItem]) -> None:
    """`changed_by`: the notice that a follow-up is about, which its reader must be able to open."""
    ids = {row.pk: _changed_by(row) for row in rows}
    found = Notice.objects.only("title", "url").in_bulk(set(ids.values()) - {None})
    for row in rows:
        row.changed_by = found.get(ids[row.pk] or 0)


def _changed_by(item: DeliveryItem) -> int | None:
    how, _, detail = item.change.partition(":")
    if how in wording.CHANGED:
        return int(detail)
    return getattr(item.notice, "withdrawn_by", None) if how == "new" else None


def _filter_ids(item: DeliveryItem) -> list[int]:
    return sorted(int(pk) for pk in item.filters.split(",") if pk)


def _specs(items: Iterable[DeliveryItem]) -> dict[int, FilterSpec]:
    wanted = {pk for item in items for pk in _filter_ids(item)}
    rows = Filter.objects.filter(pk__in=wanted).values_list("pk", "spec")
    return {pk: FilterSpec.from_json(spec) for pk, spec in rows}


def _wishes(subscriber_ids: Iterable[int]) -> dict[int, list[Subscription]]:
    rows = Subscription.objects.filter(subscriber__in=set(subscriber_ids)).order_by("pk")
    grouped: dict[int, list[Subscription]] = defaultdict(list)
    for row in rows.select_related("filter", "list"):
        grouped[row.subscriber_id].append(row)
    return grouped


def _follows(subscriber_ids: Iterable[int], items: dict[int, list[DeliveryItem]]) -> dict[int, list[Follow]]:
    notices = {item.notice_id for rows in items.values() for item in rows}
    grouped: dict[int, list[Follow]] = defaultdict(list)
    for row in Follow.objects.filter(subscriber__in=set(subscriber_ids), notice__in=notices):
        grouped[row.subscriber_id].append(row)
    return grouped


def _once(items: list[DeliveryItem]) -> list[DeliveryItem]:
    """Each notice once, by its withdrawal or else its last change; its facts show what they come to."""
    said: dict[int, DeliveryItem] = {}
    for item in sorted(items, key=_weight):
        said[item.notice_id] = item
    return [item for item in items if said[item.notice_id] is item]


def _weight(item: DeliveryItem) -> tuple[bool, int]:
    how, _, detail = item.change.partition(":")
    return how == "withdraws", int(detail.rpartition(":")[2] or 0)


def _notices() -> QuerySet[Notice]:
    gone = Change.objects.filter(notice=OuterRef("pk"), how="withdraws").order_by("at")
    return Notice.objects.select_related("source").annotate(
        withdrawn_at=Subquery(gone.values("at")[:1]), withdrawn_by=Subquery(gone.values("by")[:1])
    )


def _said_then(item: DeliveryItem, then: datetime) -> str:
    """What a letter says of a notice: that it is withdrawn, too, where its reader did not know it before."""
    gone = getattr(item.notice, "withdrawn_at", None)
    return "withdraws" if item.change == "new" and gone and gone <= then else item.change


def _followed_then(follows: list[Follow], then: datetime) -> set[int]:
    """What was followed when a letter was composed: a retry says the same."""
    standing = [row for row in follows if row.at <= then and not (row.ended_at and row.ended_at <= then)]
    return {row.notice_id for row in standing}


def _order(
    delivery: Delivery,
    items: list[DeliveryItem],
    specs: dict[int, FilterSpec],
    wishes: list[Subscription],
    follows: list[Follow],
) -> LetterOrder:
    followed = _followed_then(follows, delivery.composed_at)
    contact = delivery.contact
    lists = {wish.filter_id: wish.list.name for wish in wishes if wish.list}
    standing = [wish for wish in wishes if wish.began_at <= delivery.composed_at]
    standing = [wish for wish in standing if not wish.ended_at or wish.ended_at > delivery.composed_at]
    return LetterOrder(
        key=delivery.key,
        kind=cast(LetterKind, delivery.kind),
        cadence=delivery.cadence,
        name=contact.subscriber.name,
        composed_at=delivery.composed_at,
        items=tuple(
            _letter_item(
                item,
                _said_then(item, delivery.composed_at),
                specs,
                lists,
                item.notice_id in followed,
            )
            for item in _once(items)
        ),
        base_url=settings.BASE_URL,
        leave_url=f"{settings.BASE_URL}/u/{contact.leave_token}/",
        wishes=tuple(_wish(wish) for wish in standing),
        period=_period(delivery),
        extra=_stood_for(delivery),
        own_url=f"{settings.BASE_URL}/u/{contact.leave_token}",
        number=delivery.pk,
    )


def _stood_for(delivery: Delivery) -> dict[str, str]:
    """What a letter must say of the message that it stands in for: 微信, and which `Result` that had.

    The other side's own words are for staff: they speak of our account and of what is to be done there.
    """
    first = delivery.stands_for
    if first is None:
        return {}
    result = "contact" if first.state == State.CANCELLED else first.result
    return {"instead_of": first.get_channel_display(), "instead_why": result}


def _wish(wish: Subscription) -> str:
    through = f"（名单：{wish.list.name}）" if wish.list else ""
    return f"{wish.rhythm}：{describe(FilterSpec.from_json(wish.filter.spec))}{through}"


def _letter_item(
    item: DeliveryItem, said: str, specs: dict[int, FilterSpec], lists: dict[int, str], followed: bool
) -> LetterItem:
    change, _, detail = said.partition(":")
    found = facts(item.notice, item.reading, item.revision, item.deadline)
    by = item.changed_by
    if by and change in wording.CHANGED:
        found = replace(found, changed_by_title=by.title, changed_by_url=by.url)
    reading = item.reading
    reasons = [
        reason(specs[pk], reading.regions, reading.topics, lists.get(pk, ""))
        for pk in _filter_ids(item)
        if reading is not None and pk in specs
    ]
    return LetterItem(
        facts=found,
        change=change,
        days_ahead=int(detail.rpartition(":")[2]) if change == "remind" else None,
        reasons=tuple(dict.fromkeys(reasons)),
        followed=followed,
    )


_SPANS = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}


def _period(delivery: Delivery) -> tuple[date, date] | None:
    """The days that a digest covers: up to the day before its slot."""
    span = _SPANS.get(delivery.cadence)
    if span is None or delivery.kind != DeliveryKind.DIGEST:
        return None
    day = Slot("daily", date.fromisoformat(delivery.slot)).day
    return day - span, day - timedelta(days=1)
