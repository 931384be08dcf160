"""What a benchmark reports: figures beside a peer's, and whether their ratio keeps what was promised."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of var/bench/NAME.json (DESIGN section 8).

    `ratio` is against `peer_value`, and `goal` (">= 10", "<= 1.4") is about the ratio; a figure without a
    goal is told for comparison and cannot be missed.
    """

    figure: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    ratio: float | None = None
    goal: str = ""
    met: bool | None = None

    def row(self) -> dict[str, object]:
        """As it stands in the file."""
        return asdict(self)


def told(figure: str, value: float, unit: str) -> Figure:
    """A figure for comparison only."""
    return Figure(figure, round(value, 4), unit)


def beside(figure: str, value: float, unit: str, peer: str, peer_value: float) -> Figure:
    """A figure and its ratio to another, for comparison only."""
    return Figure(figure, round(value, 4), unit, peer, round(peer_value, 4), round(value / peer_value, 3))


def at_least(times: float, figure: str, value: float, unit: str, peer: str, peer_value: float) -> Figure:
    """We should need at most 1/`times` of what the peer needs."""
    ratio = peer_value / value
    return _judged(figure, value, unit, peer, peer_value, ratio, f">= {times:g}", met=ratio >= times)


def at_most(times: float, figure: str, value: float, unit: str, peer: str, peer_value: float) -> Figure:
    """We should need at most `times` what the peer needs; a fixed limit is a peer too."""
    ratio = value / peer_value
    return _judged(figure, value, unit, peer, peer_value, ratio, f"<= {times:g}", met=ratio <= times)


def no_less(share: float, figure: str, value: float, unit: str, peer: str, peer_value: float) -> Figure:
    """Our value should be at least `share` of the peer's: for figures of which more is better."""
    ratio = value / peer_value
    return _judged(figure, value, unit, peer, peer_value, ratio, f">= {share:g}", met=ratio >= share)


def _judged(
    figure: str, value: float, unit: str, peer: str, peer_value: float, ratio: float, goal: str, *, met: bool
) -> Figure:
    return Figure(figure, round(value, 4), unit, peer, round(peer_value, 4), round(ratio, 3), goal, met)


def seconds(action: Callable[[], object]) -> float:
    """How long one run of it takes."""
    begun = perf_counter()
    action()
    return perf_counter() - begun


def median_seconds(runs: int, action: Callable[[], object]) -> float:
    """The median of several runs."""
    return median(seconds(action) for _ in range(runs))


def medians_in_turn(runs: int, actions: Sequence[Callable[[], object]]) -> list[float]:
    """The median of each, run in turn: a machine whose speed wanders slows all of them alike."""
    spent = [[seconds(action) for action in actions] for _ in range(runs)]
    return [median(each) for each in zip(*spent, strict=True)]


def missed(figures: Sequence[Figure]) -> list[Figure]:
    """Those whose goal was not reached."""
    return [figure for figure in figures if figure.met is False]


def table(figures: Sequence[Figure]) -> str:
    """The figures for people, one a line."""
    rows = [("figure", "ours", "peer", "ratio", "goal", "met"), *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in [lines[0], "-" * len(lines[0]), *lines[1:]])


def _cells(figure: Figure) -> tuple[str, ...]:
    peer = "" if figure.peer_value is None else f"{figure.peer_value:g} {figure.peer}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:g}"
    met = {True: "yes", False: "MISSED", None: ""}[figure.met]
    return figure.figure, f"{figure.value:g} {figure.unit}", peer, ratio, figure.goal, met
