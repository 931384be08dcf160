"""Whatever happens in whatever order: looks remembered and changes closed spare work and lose nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import marks
from alerts.compose import compose_due
from alerts.models import Change, Delivery, DeliveryItem, Look
from alerts.taking_in import take_in
from alerts.told import release
from notices.models import Notice
from subscribers.models import Cadence, Subscriber, Subscription
from subscribers.subscribing import edit
from tests.builders import START, notice, person, spec, wish

pytestmark = pytest.mark.django_db
PLACES = ("余姚市", "浙江省")
CADENCES = (Cadence.AT_ONCE, Cadence.DAILY, Cadence.WEEKLY)
HOURS = st.integers(1, 40)
WHO = st.integers(0, len(CADENCES) - 1)

WHICH = st.integers(0, 5)
LIKELY = (
    st.tuples(st.just("come"), HOURS, st.integers(-200, 30)),  # by a clock that may be wrong, in hours
    st.tuples(st.just("compose"), HOURS, st.just(0)),
)
RARE = [
    *(st.tuples(st.just(what), HOURS, WHO) for what in ("pause", "edit", "release")),
    *(st.tuples(st.just(what), HOURS, WHICH) for what in ("change", "turn", "mute", "unmute", "follow")),
]
EVENTS = st.lists(st.one_of(*LIKELY, *LIKELY, *LIKELY, *RARE), min_size=12, max_size=40)
Event = tuple[str, int, int]


class Story:
    """One telling of the events; `forgetful` looks at everything each time."""

    def __init__(self, *, forgetful: bool) -> None:
        self.forgetful, self.now = forgetful, START
        self.people = [person(f"人{number}") for number in range(len(CADENCES))]
        self.wishes = [
            wish(who, spec(PLACES[number % 2]), cadence)
            for number, (who, cadence) in enumerate(zip(self.people, CADENCES, strict=True))
        ]
        self.notices: list[Notice] = []

    def happen(self, event: Event) -> None:
        what, hours, number = event
        self.now += timedelta(hours=hours)
        action: Callable[[int], Any] = getattr(self, what)
        action(number)

    def come(self, wrong_by: int) -> None:
        near = (self.now + timedelta(days=5)).date() if wrong_by % 2 else None
        row = notice(f"通知{len(self.notices)}", seen=self.now, deadline=near)
        self._keep(row, self.now + timedelta(hours=wrong_by))

    def change(self, number: int) -> None:
        if self.notices:
            earlier = self.notices[number % len(self.notices)]
            subject = earlier.follows or earlier
            row = notice(f"通知{len(self.notices)}", seen=self.now)
            Notice.objects.filter(pk=row.pk).update(follows=subject, follows_how="corrects")
            self._keep(row, self.now)

    def turn(self, number: int) -> None:
        """A page that is read anew turns out to change another."""
        if len(self.notices) > 1:
            first, *_, last = self.notices[number % (len(self.notices) - 1) :]
            if first.follows_id is None and not Notice.objects.filter(follows=last).exists():
                rows = Notice.objects.filter(pk=last.pk)
                rows.update(follows=first, follows_how="corrects", matched_at=None)
                take_in(last.pk, self.now)

    def compose(self, _: int) -> None:
        if self.forgetful:
            Look.objects.all().delete()
            Change.objects.update(is_open=True)
        compose_due(self.now)

    def pause(self, who: int) -> None:
        Subscriber.objects.filter(pk=self.people[who].pk).update(paused_until=self.now + timedelta(hours=30))

    def edit(self, who: int) -> None:
        old = Subscription.objects.get(pk=self.wishes[who].pk)
        self.wishes[who] = edit(old, spec(PLACES[0]), self.now, cadence=CADENCES[(who + 1) % 3])

    def release(self, who: int) -> None:
        own = Delivery.objects.filter(contact__subscriber=self.people[who])
        release(list(own.values_list("pk", flat=True)))
        DeliveryItem.objects.filter(delivery__in=own).delete()

    def mute(self, number: int) -> None:
        if self.notices:
            marks.mute(self.people[number % 3].pk, self.notices[number % len(self.notices)].pk, self.now)

    def unmute(self, number: int) -> None:
        if self.notices:
            marks.clear(self.people[number % 3].pk, self.notices[number % len(self.notices)].pk)

    def follow(self, number: int) -> None:
        if self.notices:
            row = self.notices[number % len(self.notices)]
            marks.follow(self.people[number % 3].pk, row.pk, "email", self.now)

    def said(self) -> list[tuple[Any, ...]]:
        rows = DeliveryItem.objects.values_list(
            "delivery__contact__subscriber__name",
            "delivery__slot",
            "delivery__kind",
            "notice__title",
            "change",
        )
        return sorted((*row, change.split(":")[0]) for *row, change in rows)

    def _keep(self, row: Notice, now: datetime) -> None:
        take_in(row.pk, now)
        self.notices.append(Notice.objects.get(pk=row.pk))


def told(events: list[Event], *, forgetful: bool) -> list[tuple[Any, ...]]:
    """What is said in the end, after ten more days."""
    with transaction.atomic():
        story = Story(forgetful=forgetful)
        for event in [*events, *[("compose", 24, 0)] * 10]:
            story.happen(event)
        said = story.said()
        transaction.set_rollback(True)
    return said


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
def test_remembering_looks_tells_what_looking_at_all_tells(events: list[Event]) -> None:
    assert told(events, forgetful=False) == told(events, forgetful=True)
