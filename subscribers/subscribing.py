"""Subscriptions and memberships in time: begun, edited, ended (DESIGN section 5)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from subscribers.filters import FilterSpec, find_or_make
from subscribers.models import Filter, List, Membership, Subscriber, Subscription

LAST_WEEK = timedelta(days=7)


def subscribe(subscriber: Subscriber, spec: FilterSpec, now: datetime, **terms: Any) -> Subscription:
    """Begins a subscription; `terms` are the fields of `Wish`.

    Nothing older than `now` is inherited, unless `with_last_week` asks for the last seven days as a start.
    """
    if terms.get("with_last_week"):
        terms = {"since": now - LAST_WEEK, **terms}
    return Subscription.objects.create(
        subscriber=subscriber, filter=find_or_make(spec, now), began_at=now, **terms
    )


@transaction.atomic
def edit(subscription: Subscription, spec: FilterSpec, now: datetime, **terms: Any) -> Subscription:
    """Moves a subscription to another filter or other terms: ended here, begun there, matches kept.

    With the same filter it goes on counting from where it began. Reminders of what met the old filter go on,
    by the new terms. What is pending then goes as it was promised, unless by a channel that is not wanted any
    more: then as the new terms say.
    """
    same = spec.digest == subscription.filter.digest
    _end(
        Subscription.objects.filter(pk=subscription.pk),
        now,
        moved=not (same and _gives_up(subscription, terms)),
    )
    carried = {
        "list": subscription.list,
        "since": _counts_from(subscription) if same else None,
        "with_last_week": same and subscription.with_last_week,
    }
    return subscribe(subscription.subscriber, spec, now, **{**subscription.terms, **terms, **carried})


def _gives_up(subscription: Subscription, terms: dict[str, Any]) -> bool:
    """Whether the new terms leave out a channel of the old."""
    return any(getattr(subscription, way) and not terms.get(way, True) for way in ("by_email", "by_wechat"))


def _counts_from(subscription: Subscription) -> datetime:
    return subscription.since or subscription.began_at


@transaction.atomic
def unsubscribe(subscription: Subscription, now: datetime) -> None:
    """Ends a subscription; what is matched and not told yet will not be told through it.

    Nor through the rows that it was before it was edited.
    """
    _end(Subscription.objects.filter(pk=subscription.pk), now, moved=False)
    after = subscription
    while before := _moved_to(after):
        Subscription.objects.filter(pk=before.pk).update(moved=False)
        after = before


def _moved_to(row: Subscription) -> Subscription | None:
    """What an edit made this row of: it ended when this one began; of several, that with the same filter."""
    ended = Subscription.objects.filter(
        subscriber=row.subscriber_id, list=row.list_id, ended_at=row.began_at, moved=True
    )
    return ended.filter(filter=row.filter_id).first() or ended.first()


def _end(subscriptions: Any, now: datetime, *, moved: bool) -> None:
    subscriptions.filter(ended_at=None).update(ended_at=now, moved=moved)


@transaction.atomic
def join(list_: List, subscriber: Subscriber, now: datetime, **terms: Any) -> Membership:
    """Puts someone on a list; where the list has a filter, the subscription comes with it."""
    membership = Membership.objects.create(list=list_, subscriber=subscriber, began_at=now, **terms)
    if list_.filter is not None:
        _follow(membership, list_.filter, now)
    return membership


@transaction.atomic
def drop(membership: Membership, now: datetime) -> None:
    """Takes someone off a list, and ends what came with it."""
    Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=now)
    _end(_brought_by(membership), now, moved=False)
    _brought_by(membership).update(moved=False)


@transaction.atomic
def set_list_filter(list_: List, spec: FilterSpec | None, now: datetime) -> None:
    """Gives a list another filter, or none, for all its members from now on."""
    List.objects.filter(pk=list_.pk).update(filter=find_or_make(spec, now) if spec else None)
    list_.refresh_from_db()
    _end(Subscription.objects.filter(list=list_), now, moved=True)
    if list_.filter is not None:
        for membership in list_.memberships.filter(ended_at=None):
            _follow(membership, list_.filter, now)


def _follow(membership: Membership, filter_: Filter, now: datetime) -> None:
    Subscription.objects.create(
        subscriber=membership.subscriber,
        filter=filter_,
        list=membership.list,
        began_at=now,
        **membership.terms,
    )


def _brought_by(membership: Membership) -> Any:
    return Subscription.objects.filter(list=membership.list, subscriber=membership.subscriber)
