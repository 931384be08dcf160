"""Loads what `alerts.explaining` decides from: one notice, one person, from rows alone."""

from datetime import datetime

from alerts import wording
from alerts.explaining import Case, NoticeStory, Reached, Said, Step, Wished, explain
from alerts.marks import standing
from alerts.match_proof import facts_of, failing
from alerts.models import Change, DeliveryItem, Match, PairStop, Refusal, Told
from alerts.wording_of_keys import own_words, region_key_words, topic_words
from notices.models import Notice
from subscribers.models import Contact, Subscriber, Subscription


def explanation(notice: Notice, subscriber: Subscriber, now: datetime) -> list[Step]:
    """Why this person did or did not get this notice, as far as the rows tell at `now`."""
    return explain(load(notice, subscriber), now)


def load(notice: Notice, subscriber: Subscriber) -> Case:
    """All that bears on the two. A notice that changes another is told under that other's name."""
    subject = notice.follows or notice
    contacts = subscriber.contacts.order_by("pk")
    mark, follow = standing(subscriber.pk, subject.pk)
    return Case(
        notice=NoticeStory(
            notice.title, notice.first_seen_at, notice.read_at, notice.matched_at,
            subject.title if subject != notice else "", notice.silent, _deadline(subject),
            *_change(notice),
        ),
        name=subscriber.name,
        wishes=tuple(_wished(row, notice) for row in _subscriptions(subscriber)),
        contacts=tuple(_reached(contact, subject) for contact in contacts),
        deliveries=tuple(_said(item) for item in _items(subscriber, subject)),
        paused_until=subscriber.paused_until,
        mark=mark.state if mark else "",
        mark_until=mark.until if mark else None,
        mark_at=mark.at if mark else None,
        followed_at=follow.at if follow else None,
    )  # fmt: skip


def _change(notice: Notice) -> tuple[str, datetime | None, bool]:
    """What it is in told rows that the notice changes another, since when, and whether it could not wait."""
    change = Change.objects.filter(by=notice).first()
    return (change.key, change.at, change.urgent) if change else ("", None, False)


def _deadline(notice: Notice) -> str:
    """截止 2019-10-29（见附件2，第3页）; nothing where none is in force."""
    standing = notice.deadlines.filter(is_main=True, superseded_by=None).select_related("reading").first()
    if standing is None:
        return ""
    where = f"（{wording.SEE.format(where=standing.where)}）" if standing.where else ""
    return f"截止 {standing.on}{where}"


def _subscriptions(subscriber: Subscriber) -> list[Subscription]:
    rows = subscriber.subscriptions.select_related("filter", "list")
    return list(rows.order_by("began_at", "pk"))


def _wished(row: Subscription, notice: Notice) -> Wished:
    match = Match.objects.filter(notice=notice, filter=row.filter).first()
    channels = [name for name, wanted in (("email", row.by_email), ("wechat", row.by_wechat)) if wanted]
    return Wished(
        asked=str(row.filter),
        cadence=row.cadence,
        rhythm=row.rhythm,
        channels=tuple(channels),
        counts_from=row.since or row.began_at,
        ended_at=row.ended_at,
        moved=row.moved,
        through=row.list.name if row.list else "",
        met_by=_met_by(match) if match else "",
        matched_at=match.matched_at if match else None,
        failing=failing(row.filter.spec, facts_of(notice)) if notice.reading and not match else None,
        filter_made=row.filter.created_at,
        with_last_week=row.with_last_week,
    )


def _met_by(match: Match) -> str:
    return f"{region_key_words(match.region_key)} · {topic_words(match.topic, own_words([match.topic]))}"


def _reached(contact: Contact, subject: Notice) -> Reached:
    stops = PairStop.objects.filter(contact=contact).values_list("kind", flat=True)
    return Reached(
        channel=contact.channel,
        address=contact.address,
        reachable_since=contact.reachable_since,
        suppressed_at=contact.suppressed_at,
        suppressed_why=contact.suppressed_why,
        left_at=contact.left_at,
        asked_at=contact.asked_at,
        confirmed_at=contact.confirmed_at,
        stopped_kinds=tuple(stops),
        refused=Refusal.objects.filter(contact=contact, notice=subject).exists(),
    )


def _items(subscriber: Subscriber, subject: Notice) -> list[DeliveryItem]:
    rows = DeliveryItem.objects.filter(delivery__contact__subscriber=subscriber, notice=subject)
    return list(rows.select_related("delivery__stands_for", "delivery__contact").order_by("pk"))


def _said(item: DeliveryItem) -> Said:
    delivery = item.delivery
    told = Told.objects.filter(
        notice=item.notice_id,
        subscriber=delivery.contact.subscriber_id,
        change=item.change,
        delivery=delivery,
    ).first()
    return Said(
        key=delivery.key,
        kind=delivery.kind,
        channel=delivery.channel,
        change=item.change,
        composed_at=delivery.composed_at,
        state=delivery.standing,
        attempts=delivery.attempts,
        settled_at=delivery.settled_at,
        outcome=delivery.outcome,
        told_for=told.channel if told else "",
        stands_for=delivery.stands_for.key if delivery.stands_for else "",
        result=delivery.get_result_display(),
        heard=tuple((row.at, row.said) for row in delivery.receipts.order_by("pk")),
    )
