"""The region graph: 全国, provinces, cities, counties, zones, clusters (京津冀) and the 兵团.

Facts are in `data/regions.csv`, made by `data/build_regions.py`. Ids are ours and never change; codes were
used for several places over time, so nothing refers to a place by its code.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from notices.lexicon.normal import fold

NATIONAL = 1
TABLE = Path(__file__).parent / "data" / "regions.csv"
LADDER = ("province", "city", "county", "zone")


@dataclass(frozen=True, slots=True)
class Region:
    """A place, or a cluster of places, that a notice can be for or a filter can name."""

    id: int
    code: str
    kind: str
    name: str
    short: str
    aliases: tuple[str, ...]
    parents: tuple[int, ...]
    valid_from: int | None
    valid_to: int | None
    successors: tuple[int, ...]
    separate_plan: bool

    @property
    def retired(self) -> bool:
        """Whether the name is no longer in force (江干区 since 2021)."""
        return self.valid_to is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write it: the full name first."""
        return tuple(dict.fromkeys((self.name, self.short, *self.aliases)))


class Chain(NamedTuple):
    """The full names on the way down to a region; None where a level is missing (a 直辖市 has no city)."""

    province: str | None
    city: str | None
    county: str | None
    zone: str | None


@cache
def table() -> dict[int, Region]:
    """Every region by id, read once."""
    with TABLE.open(encoding="utf-8") as lines:
        return {region.id: region for region in map(_region, csv.DictReader(lines))}


def _region(row: dict[str, str]) -> Region:
    return Region(
        id=int(row["id"]),
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        short=row["short"],
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        parents=_ids(row["parents"]),
        valid_from=int(row["valid_from"]) if row["valid_from"] else None,
        valid_to=int(row["valid_to"]) if row["valid_to"] else None,
        successors=_ids(row["successors"]),
        separate_plan=bool(row["separate_plan"]),
    )


def _ids(cell: str) -> tuple[int, ...]:
    return tuple(int(part) for part in cell.split("|") if part)


def region(region_id: int) -> Region:
    """The region with this id; KeyError when there is none."""
    return table()[region_id]


@cache
def ancestors(region_id: int) -> frozenset[int]:
    """Everything above a region, clusters and 全国 included, itself not."""
    parents = region(region_id).parents
    return frozenset(parents).union(*(ancestors(parent) for parent in parents))


def lies_in(region_id: int, above: int) -> bool:
    """Whether a region is `above` or lies below it."""
    return region_id == above or above in ancestors(region_id)


@cache
def by_name() -> dict[str, tuple[int, ...]]:
    """Name (full, short or alias), also as a folded text has it (half-width brackets) → ids that carry it."""
    found: dict[str, list[int]] = {}
    for place in table().values():
        for name in dict.fromkeys((*place.names, *map(fold, place.names))):
            found.setdefault(name, []).append(place.id)
    return {name: tuple(ids) for name, ids in found.items()}


@lru_cache(maxsize=4096)  # a notice names the same few places again and again
def find(name: str, within: int | None = None) -> int | None:
    """The one region of this full or short name, in `within` when given; None when unknown or ambiguous.

    Names in force come before retired ones, full names before short ones, and of several places on one
    line of descent the topmost is meant (承德: the city, not its county).
    """
    candidates = [i for i in by_name().get(name.strip(), ()) if within is None or lies_in(i, within)]
    for narrower in (_in_force(candidates), candidates):
        for pool in (_fully_named(name, narrower), narrower):
            one = _one(pool)
            if one is not None:
                return one
        if narrower:
            return None
    return None


def _in_force(ids: Iterable[int]) -> list[int]:
    return [i for i in ids if not region(i).retired]


def _fully_named(name: str, ids: Iterable[int]) -> list[int]:
    return [i for i in ids if region(i).name == name]


def _one(ids: list[int]) -> int | None:
    """The topmost of places on one line of descent; a province's short name is the province (海南)."""
    if len(ids) < 2:
        return ids[0] if ids else None
    tops = [i for i in ids if not any(other in ancestors(i) for other in ids)]
    provinces = [i for i in tops if region(i).kind == "province"]
    for choice in (tops, provinces):
        if len(choice) == 1:
            return choice[0]
    return None


@cache
def only_above(ending: str) -> int | None:
    """The one province whose cities alone have names that end so (盟), None where several have."""
    cities = (one for one in table().values() if one.kind == "city" and not one.retired)
    named = [one for one in cities if one.name.endswith(ending)]
    above = {up for one in named for up in one.parents if region(up).kind == "province"}
    return above.pop() if len(above) == 1 else None


def in_force(region_id: int) -> int:
    """The region that stands for it today: itself, its one successor, or what its successors share."""
    place = region(region_id)
    if not place.successors:
        return region_id
    if len(place.successors) == 1:
        return in_force(place.successors[0])
    return shared_parent(place.successors)


@cache
def has_counties(city: int) -> bool:
    """Whether counties or districts lie in a city; towns lie right below Dongguan and Zhongshan."""
    return any(
        place.kind == "county" and not place.retired and city in place.parents for place in all_regions()
    )


def shared_parent(ids: Iterable[int]) -> int:
    """The lowest administrative region in which all of them lie."""
    lines = [[step.id for step in (*reversed(path(i)), region(NATIONAL))] for i in ids]
    return next(i for i in lines[0] if all(i in line for line in lines))


def path(region_id: int) -> tuple[Region, ...]:
    """The administrative line from the province down to the region itself; clusters stand alone."""
    return tuple(reversed([*_climb(region(region_id))]))


def _climb(place: Region) -> Iterator[Region]:
    while place.id != NATIONAL:
        yield place
        steps = [region(i) for i in place.parents]
        place = next((step for step in steps if step.kind in LADDER), region(NATIONAL))


def chain(region_id: int) -> Chain:
    """The full names of province, city, county and zone; the 兵团 is told by the province of its cities."""
    names: dict[str, str] = {}
    for step in path(region_id):
        corps = step.kind == "corps"
        names["province" if corps else step.kind] = _province_around(step.id) if corps else step.name
    return Chain(*(names.get(level) for level in LADDER))


@cache
def _province_around(corps: int) -> str:
    """The name of the province in which the cities of a 兵团 lie; GB/T 2260 knows no other place for it."""
    cities = (place for place in table().values() if corps in place.parents)
    above = (region(parent) for city in cities for parent in city.parents)
    return next(place.name for place in above if place.kind == "province")


def full_name(region_id: int) -> str:
    """安徽省淮北市; 浙江省宁波市余姚市; 京津冀; 全国."""
    return "".join(step.name for step in path(region_id)) or region(region_id).name


def all_regions() -> tuple[Region, ...]:
    """Every region, retired ones too, in the order of ids."""
    return tuple(table().values())
