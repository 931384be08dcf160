"""Which region a government host speaks for: DEPT.REGION.gov.cn, REGION spelt or abbreviated. Pure.

Precise rather than complete (facts/matching.md A3): it fills in a form that a person looks over, and where
several places could be meant it says nothing.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notices.lexicon.places import leading_place
from notices.lexicon.regions import NATIONAL, all_regions, find, lies_in, region

DATA = Path(__file__).parent / "data"
GOVERNMENT = ".gov.cn"
ENDINGS = ("省", "市", "县", "区", "州", "盟", "旗")
LEVELS_SPELT = {"xian": "县", "shi": "市", "qu": "区", "qi": "旗"}
SHORTEST_STEM = 5  # letters; shorter ones spell too much
LONGEST_NAME = 15  # characters


@dataclass(frozen=True, slots=True)
class HostNames:
    """The names that stand for 全国, those of one region, and those of the kinds of zones that a city has.

    `heads`: letters of provinces that stand for them before a county's own letters alone.
    """

    national: frozenset[str]
    regions: dict[str, int]
    zones: dict[str, tuple[str, ...]]
    heads: dict[str, tuple[int, ...]]


def region_of_host(host: str) -> int | None:
    """The region of a host, the narrowest that its labels name; None when undecided or no government's."""
    if not host.endswith(GOVERNMENT):
        return NATIONAL if host == GOVERNMENT[1:] else None
    known = names()
    *departments, name = host.removesuffix(GOVERNMENT).split(".")
    if name in known.national:
        return NATIONAL
    place = known.regions.get(name) or _spelt_with_level(name)
    if place is None or not departments:
        return place
    below = known.regions.get(f"{departments[-1]}.{name}") or known.regions.get(departments[-1])
    if below is not None and lies_in(below, place):
        return below
    return zone_in(place, known.zones.get(departments[-1], ())) or place


def _spelt_with_level(name: str) -> int | None:
    """The place whose whole name is spelt, its level too: cuoqinxian is 措勤县."""
    for spelt, level in LEVELS_SPELT.items():
        stem = name.removesuffix(spelt)
        place = names().regions.get(stem) if stem != name and len(stem) >= SHORTEST_STEM else None
        if place and region(place).name.endswith(level):
            return place
    return None


@cache
def zone_in(city: int, endings: tuple[str, ...]) -> int | None:
    """The zone of a city whose name has one of these endings: the one called after it, or the only one."""
    zones = [p for p in all_regions() if p.kind == "zone" and city in p.parents and p.name.endswith(endings)]
    called = [zone for zone in zones if zone.name in {region(city).short + end for end in endings}]
    chosen = called or zones
    return chosen[0].id if endings and len(chosen) == 1 else None


def region_of_title(title: str) -> int | None:
    """The region that a site's name begins with (余姚市人民政府); None where it is none, or not one alone."""
    beginnings = (title[:length] for length in range(min(len(title), LONGEST_NAME), 2, -1))
    found = (find(name) for name in beginnings if name.endswith(ENDINGS))
    return next((place for place in found if place is not None), None)


@cache
def names() -> HostNames:
    """All names, read once. KeyError names an entry that the region table does not have."""
    told = tomllib.loads((DATA / "hosts.toml").read_text(encoding="utf-8"))
    with (DATA / "pinyin.csv").open(encoding="utf-8") as lines:
        spelt = {row["name"]: int(row["region"]) for row in csv.DictReader(lines)}
    named = {name: _region(place) for part in ("names", "areas") for name, place in told[part].items()}
    zones = {name: tuple(endings) for name, endings in told["zones"].items()}
    heads = {name: tuple(map(_region, places)) for name, places in told["heads"].items()}
    return HostNames(frozenset(told["national"]), spelt | named, zones, heads)


def _region(name: str) -> int:
    place = leading_place(name)  # 北京市朝阳区: down the chain
    found = find(name) or (place.region if place and place.end == len(name) else None)
    if found is None:
        raise KeyError(name)
    return found
