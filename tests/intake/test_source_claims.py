"""Due sources are read past the ORM on SQLite, and taken in one statement."""

from datetime import timedelta

import pytest

from notices.intake.host_leases import HostLeases
from notices.intake.source_claims import claim_sources, due_sources
from notices.models import Source
from tests.builders import START, source

pytestmark = pytest.mark.django_db


def test_due_sources_are_what_the_orm_gives() -> None:
    source()
    usual = {"lines": 30, "hosts": {"某.gov.cn": 1.0}}
    source(usual=usual, doubts={"flood": 1}, recipe={"x": "y"}, baseline_at=START, next_poll_at=START)
    found = {row.pk: vars(row) | {"_state": None} for row in due_sources(START, 10)}
    assert found == {row.pk: vars(row) | {"_state": None} for row in Source.objects.all()}


def test_due_sources_can_be_saved() -> None:
    source(usual={"lines": 30}, baseline_at=START)
    (due,) = due_sources(START, 10)
    due.name = "改过的名称"
    due.save()
    kept = Source.objects.get()
    assert (kept.name, kept.usual, kept.baseline_at) == ("改过的名称", {"lines": 30}, START)


def test_claiming_puts_each_source_off_by_its_own_time() -> None:
    well, failing = source(), source(failures=3)
    with HostLeases.held(0) as leases:
        claim_sources(due_sources(START, 10), START, 10, lambda _: 0.0, leases)
    minute = timedelta(minutes=1)
    quarter = Source.objects.filter(next_poll_at__range=(START + 15 * minute, START + 30 * minute))
    hours = Source.objects.filter(next_poll_at__range=(START + 120 * minute, START + 200 * minute))
    assert [quarter.get().pk, hours.get().pk] == [well.pk, failing.pk]


def test_a_source_that_another_poller_took_is_left_to_it() -> None:
    source()
    due = due_sources(START, 10)
    with HostLeases.held(0) as leases:
        first = claim_sources(due, START, 10, lambda _: 0.0, leases)
        second = claim_sources(due, START, 10, lambda _: 0.0, leases)
    assert [len(first), len(second)] == [1, 0]
