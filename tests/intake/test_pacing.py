"""Gates: one visit at a time for each registered host, a rest after it, and peace where it was asked for."""

from notices.intake.pacing import Pace


def pace(*visits: tuple[str, str], gap: float = 2.0, connections: int = 64) -> Pace[str]:
    made: Pace[str] = Pace(gap, connections)
    for host, visit in visits:
        made.join(host, visit)
    return made


def gone_in(of: Pace[str], now: float) -> list[str]:
    found = []
    while (turn := of.next(now)) is not None:
        found.append(turn[1])
    return found


def test_one_visit_of_each_host_goes_in() -> None:
    assert gone_in(pace(("a", "a1"), ("a", "a2"), ("b", "b1")), now=10) == ["a1", "b1"]


def test_next_visit_goes_in_after_the_gap() -> None:
    busy = pace(("a", "a1"), ("a", "a2"))
    gate, _ = busy.next(10) or (None, "")
    assert gate is not None
    busy.leave(gate, now=11)
    assert (gone_in(busy, now=12.9), busy.next_turn()) == ([], 13.0)
    assert gone_in(busy, now=13) == ["a2"]


def test_host_that_asks_for_more_rest_gets_it() -> None:
    busy = pace(("a", "a1"), ("a", "a2"))
    busy.gaps["a"] = 30.0
    gate, _ = busy.next(0) or (None, "")
    assert gate is not None
    busy.leave(gate, now=0)
    assert busy.next_turn() == 30.0


def test_no_more_are_inside_than_there_are_connections() -> None:
    full = pace(("a", "a1"), ("b", "b1"), ("c", "c1"), connections=2)
    assert gone_in(full, now=0) == ["a1", "b1"]
    assert full.next_turn() is None


def test_those_before_a_closed_gate_are_told_at_once() -> None:
    shut = pace(("a", "a1"), ("a", "a2"))
    gate, _ = shut.next(0) or (None, "")
    assert gate is not None
    gate.close(600, now=0)
    shut.leave(gate, now=0)
    assert gone_in(shut, now=0.0) == ["a2"]
    assert shut.closed(now=100) == {"a": 500.0}
