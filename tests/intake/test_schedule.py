"""When sources and pages are visited next."""

from datetime import datetime, timedelta

import pytest

from config.clock import SHANGHAI
from notices.intake.retry_after import seconds_to_wait
from notices.intake.schedule import (
    BY_DAY,
    BY_NIGHT,
    LONGEST,
    fair_share,
    next_attempt,
    next_poll,
    next_revisit,
)

NOON = datetime(2019, 10, 21, 12, tzinfo=SHANGHAI)
MIDNIGHT = datetime(2019, 10, 21, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("now", "interval"), [(NOON, BY_DAY), (MIDNIGHT, BY_NIGHT)])
def test_next_poll_is_near_the_interval_of_the_hour(now: datetime, interval: timedelta) -> None:
    assert 0.9 * interval <= next_poll(now, "mee") - now <= 1.1 * interval


def test_next_poll_differs_between_sources_and_not_between_days() -> None:
    times = {next_poll(NOON, f"source-{n}") for n in range(20)}
    assert len(times) > 10
    assert next_poll(NOON, "mee") == next_poll(NOON + timedelta(days=1), "mee") - timedelta(days=1)


def test_failures_double_the_wait_up_to_a_day() -> None:
    waits = [next_poll(NOON, "mee", failures) - NOON for failures in (0, 1, 2, 99)]
    assert waits[1] == waits[0] * 2
    assert waits[2] == waits[0] * 4
    assert waits[3] == LONGEST


def test_third_failed_attempt_is_the_last() -> None:
    assert [next_attempt(NOON, n) is None for n in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize(("age", "next_age"), [(0, 1), (1, 3), (2, 3), (5, 7), (8, None)])
def test_notice_is_revisited_while_young(age: int, next_age: int | None) -> None:
    expected = None if next_age is None else NOON + timedelta(days=next_age)
    assert next_revisit(NOON, NOON + timedelta(days=age)) == expected


def test_fair_share_gives_a_host_what_its_gap_allows() -> None:
    urls = [f"http://a{n}.x.gov.cn/" for n in range(50)] + ["http://y.gov.cn/"]
    assert len(fair_share(urls, str, lambda _: 6.0, 100)) == 11
    assert len(fair_share(urls, str, lambda _: 0.0, 100)) == 51
    assert len(fair_share(urls, str, lambda _: 0.0, 5)) == 5


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"retry-after": "120"}, 120),
        (429, {}, 900),
        (503, {"retry-after": "0"}, 1),
        (503, {}, None),
        (200, {"retry-after": "120"}, None),
        (503, {"retry-after": "Mon, 21 Oct 2019 02:01:00 GMT", "date": "Mon, 21 Oct 2019 02:00:00 GMT"}, 60),
        (429, {"retry-after": "soon"}, 900),
        (429, {"retry-after": "99999999"}, 86400),
    ],
)
def test_retry_after_is_read_in_seconds(status: int, headers: dict[str, str], wait: float | None) -> None:
    assert seconds_to_wait(status, headers) == wait
