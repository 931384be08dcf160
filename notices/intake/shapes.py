"""What a list looks like from afar, and whether that is usual for it. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from notices.intake.doubts import Doubt
from notices.intake.hosts import registered_host
from notices.intake.listing import ListItem

UNDATED = 0.2  # share of lines without a date, beyond what is usual
TIMES, AT_LEAST = 2, 5  # a count is odd when it is half or twice the usual one and at least so many off
FOREIGN = 0.5  # share of links to houses that the list did not link to before


@dataclass(frozen=True, slots=True)
class Shape:
    """How many lines, the share with a date, and the registered hosts that they link to, with their share."""

    lines: int
    dated: float
    hosts: Mapping[str, float]

    @classmethod
    def of(cls, items: Sequence[ListItem]) -> Self:
        """The shape of a page's lines, of which there is at least one."""
        houses: Counter[str] = Counter()
        for site, count in Counter(item.url.split("/", 3)[2] for item in items).items():
            houses[registered_host(_host(site))] += count
        dated = sum(item.published is not None for item in items)
        shares = {house: count / len(items) for house, count in houses.items()}
        return cls(len(items), dated / len(items), shares)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self | None:
        """What `as_json` gave; None for nothing."""
        return cls(kept["lines"], kept["dated"], kept["hosts"]) if kept else None

    @property
    def as_json(self) -> dict[str, Any]:
        """For a column of JSON."""
        return {"lines": self.lines, "dated": round(self.dated, 3), "hosts": dict(self.hosts)}


def doubts(now: Shape, usual: Shape | None) -> dict[Doubt, str]:
    """What is odd about a list, each with its numbers in Chinese; without a usual shape only its dates."""
    found = {}
    if (usual.dated if usual else 1.0) - now.dated > UNDATED:
        found[Doubt.UNDATED] = f"{now.lines} 条中只有 {round(now.dated * now.lines)} 条有日期"
    if usual and _jumps(now.lines, usual.lines):
        found[Doubt.COUNT_JUMP] = f"往常 {usual.lines} 条，现在 {now.lines} 条"
    strangers = [host for host in now.hosts if usual and host not in usual.hosts]
    if sum(now.hosts[host] for host in strangers) > FOREIGN:
        found[Doubt.FOREIGN_HOST] = "、".join(strangers)
    return found


def _jumps(lines: int, usual: int) -> bool:
    few, many = sorted((lines, usual))
    return many >= TIMES * few and many - few >= AT_LEAST


def _host(site: str) -> str:
    """The host of what stands between an address's scheme and its path."""
    return site.rpartition("@")[2].partition(":")[0].lower()
