"""One poller at a time per registered host, and what a host said is kept between polls."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from config.clock import machine_now
from notices.intake.host_leases import LEASE, HostLeases
from notices.intake.polling import PollReport, poll
from notices.models import HostState, Source
from tests.intake.conftest import Reply, Web, list_html

HOSTS = {"yy.gov.cn", "mee.gov.cn"}
pytestmark = pytest.mark.django_db


def test_host_is_leased_to_one_poller_at_a_time() -> None:
    with HostLeases.held(0) as one, HostLeases.held(0) as other:
        assert one.take({"yy.gov.cn"}) == {"yy.gov.cn"}
        assert other.take(HOSTS) == {"mee.gov.cn"}


def test_released_host_is_free_after_its_gap() -> None:
    with HostLeases.held(gap=0) as one:
        one.take(HOSTS)
    with HostLeases.held(gap=60) as other:
        assert other.take(HOSTS) == HOSTS
    with HostLeases.held(gap=0) as third:
        assert third.take(HOSTS) == frozenset()


@pytest.mark.parametrize("seconds", [-1, 2 * LEASE + 1])
def test_lease_that_ran_out_or_is_out_of_reach_counts_for_nothing(seconds: float) -> None:
    HostState.objects.create(host="yy.gov.cn", lease="dead", leased_until=machine_now() + seconds)
    with HostLeases.held(0) as leases:
        assert leases.take({"yy.gov.cn"}) == {"yy.gov.cn"}


def test_lease_is_renewed_while_we_work(monkeypatch: pytest.MonkeyPatch) -> None:
    with HostLeases.held(0) as leases:
        leases.take({"yy.gov.cn"})
        later = machine_now() + 30
        monkeypatch.setattr("notices.intake.host_leases.machine_now", lambda: later)
        leases.renew()
        assert HostState.objects.get().leased_until == later + LEASE


def test_hosts_are_taken_in_one_statement(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with HostLeases.held(0) as leases, django_assert_num_queries(1):
        leases.take({f"s{number}.gov.cn" for number in range(100)})


def test_retry_after_holds_for_later_polls_and_all_sources_of_the_host(
    on_the_web: Web, source: Source, now: datetime
) -> None:
    on_the_web["/tzgg/index.html"] = Reply(status=429, headers={"Retry-After": "7200"})
    poll(now)
    Source.objects.create(
        slug="b", name="乙", url="http://kjj.yy.gov.cn/b/", family="trs", region=1, enabled=True
    )
    assert poll(now + timedelta(hours=5)).sources_polled == 0
    assert on_the_web.paths() == ["/tzgg/index.html"]


def test_host_is_visited_again_when_its_time_has_come(
    on_the_web: Web, source: Source, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_web["/tzgg/index.html"] = Reply(status=503, headers={"Retry-After": "600"})
    poll(now)
    on_the_web["/tzgg/index.html"] = list_html(("/1.html", "关于开展申报的通知", "2019-10-21"))
    later = machine_now() + 601
    monkeypatch.setattr("notices.intake.host_leases.machine_now", lambda: later)
    assert poll(now + timedelta(hours=1)).items_baseline == 1


def test_source_whose_host_is_leased_stays_due(on_the_web: Web, source: Source, now: datetime) -> None:
    on_the_web["/tzgg/index.html"] = list_html(("/1.html", "关于开展申报的通知", "2019-10-21"))
    with HostLeases.held(0) as other:
        other.take({"yy.gov.cn"})
        assert poll(now).sources_polled == 0
    assert poll(now).sources_polled == 1


@pytest.mark.django_db(transaction=True)
def test_two_pollers_at_once_visit_a_host_one_at_a_time(
    on_the_web: Web, source: Source, now: datetime
) -> None:
    on_the_web["/tzgg/index.html"] = Reply(
        list_html(("/1.html", "关于开展申报的通知", "2019-10-21")), hold=0.3
    )

    def alone() -> PollReport:
        try:
            return poll(now)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        reports = [future.result() for future in [pool.submit(alone), pool.submit(alone)]]
    assert sorted(report.items_baseline for report in reports) == [0, 1]
    assert on_the_web.paths() == ["/tzgg/index.html"]
