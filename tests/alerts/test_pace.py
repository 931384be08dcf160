"""Even pace: pure in its moments, kept together by all senders, and told apart from rest after trouble."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from alerts import delivering, lanes, ledger, pace
from alerts.compose import compose_alerts
from alerts.delivering import deliver
from alerts.models import Delivery, Lane, Outgoing, State
from alerts.outcomes import TryLater
from demo.sink import Sink
from subscribers.models import Cadence, Channel, Contact
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOW, T = at("2019-10-21", "10:06"), 1_000_000.0


def waiting(*domains: str) -> None:
    for domain in domains:
        someone = person()
        wish(someone, spec("余姚市"), Cadence.AT_ONCE)
        Contact.objects.filter(subscriber=someone).update(address=f"p{someone.pk}@{domain}")
    taken_in(notice())
    compose_alerts(at("2019-10-21", "10:05"))


@pytest.mark.parametrize(
    ("next_at", "rate", "wanted", "starts"),
    [
        (0.0, 2.0, 3, [T, T + 0.5, T + 1.0]),
        (T + 10, 2.0, 99, [T + 10 + place / 2 for place in range(11)]),
        (T + 15, 2.0, 3, [T + 15]),
        (T + 15.1, 2.0, 3, []),
        (T + 9999, 2.0, 1, [T]),
        (0.0, 1 / 60, 3, [T]),
    ],
    ids=["idle", "booked in part", "full but for one", "full", "clock set back", "slow"],
)
def test_moments_are_even_and_end_with_what_may_be_booked(
    next_at: float, rate: float, wanted: int, starts: list[float]
) -> None:
    assert pace.moments(next_at, T, rate, wanted) == starts


def test_two_senders_book_different_moments() -> None:
    first, second = pace.book("email", 4.0, 3, T), pace.book("email", 4.0, 2, T)
    assert first + second == [T + place / 4 for place in range(5)]


def test_domain_keeps_its_own_pace_within_the_channels(settings: Any) -> None:
    settings.PACE = ["email=10", "qq.com=0.1"]
    domains = {1: "email:qq.com", 2: "email:qq.com", 3: "email:qq.com", 4: "email:example.cn"}
    assert pace.plan("email", domains, T) == {1: T, 2: T + 10.0, 4: T + 0.1}


def test_without_a_pace_nothing_is_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert pace.plan("email", {1: "email:qq.com", 2: "email:qq.com"}, T) == {1: T, 2: T}


@pytest.mark.parametrize(
    ("written", "rates"),
    [
        ([], {}),
        (["email=20", "wechat=8"], {"email": 20.0, "wechat": 8.0}),
        (["QQ.com=0.5"], {"email:qq.com": 0.5}),
    ],
)
def test_rates_are_read_from_the_setting(settings: Any, written: list[str], rates: dict[str, float]) -> None:
    settings.PACE = written
    assert pace.rates() == rates


@pytest.mark.parametrize(
    "written", ["email", "email=fast", "email=0", "email=-1", "email=nan", "email=0.001"]
)
def test_rate_that_cannot_be_one_is_refused(settings: Any, written: str) -> None:
    settings.PACE = [written]
    with pytest.raises(pace.WrongPaceError):
        pace.rates()


def test_booked_lane_is_passed_by_and_others_are_served() -> None:
    waiting("qq.com", "example.cn")
    pace.book("email:qq.com", 1 / 60, 1, T)
    taken = Contact.objects.filter(deliveries__in=ledger.claim("email", "a", T)).values_list(
        "address", flat=True
    )
    assert [address.partition("@")[2] for address in taken] == ["example.cn"]
    assert len(ledger.claim("email", "a", T + 45)) == 1


def test_pace_and_rest_after_trouble_are_told_apart() -> None:
    pace.book("email", 1 / 60, 1, T)
    lanes.rest("email", TryLater("451", 300.0, "channel"), T)
    row = Lane.objects.get()
    assert (row.next_at, row.rests_until, row.why) == (T + 60, T + 300, "451")


@pytest.fixture
def sink(tmp_path: Path, settings: Any) -> Iterator[Sink]:
    running = Sink(tmp_path / "outbox")
    running.start()
    settings.SMTP_URL = running.url
    yield running
    running.stop()


def test_sender_starts_none_before_its_moment_over_real_smtp(
    sink: Sink, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PACE = ["email=20"]
    booked: list[tuple[float, float]] = []
    settle = delivering.Desk.settle

    def noted(desk: delivering.Desk, pk: int, outcome: Any) -> None:
        booked.append((desk._starts[pk], delivering.machine_now()))
        settle(desk, pk, outcome)

    monkeypatch.setattr("alerts.delivering.Desk.settle", noted)
    waiting(*["example.cn"] * 6)
    deliver(Channel.EMAIL, NOW)
    steps = [round(later[0] - earlier[0], 3) for earlier, later in pairwise(booked)]
    assert (steps, [moment <= done for moment, done in booked]) == ([0.05] * 5, [True] * 6)


def test_sender_leaves_what_the_domain_cannot_take_now_and_sends_the_rest(sink: Sink, settings: Any) -> None:
    settings.PACE = ["qq.com=0.02"]
    waiting("qq.com", "qq.com", "qq.com", "example.cn", "example.cn")
    deliver(Channel.EMAIL, NOW)
    rows = Delivery.objects.select_related("contact")
    sent = Counter(row.contact.address.partition("@")[2] for row in rows.filter(state=State.SENT))
    left = list(Outgoing.objects.values_list("attempts", "lease_owner"))
    assert (sent, left) == ({"qq.com": 1, "example.cn": 2}, [(0, ""), (0, "")])
