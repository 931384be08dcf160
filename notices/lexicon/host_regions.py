"""Which region a government host speaks for: DEPT.REGION.gov.cn, REGION spelt or abbreviated. Pure.

Precise rather than complete (facts/matching.md A3): it fills in a form that a person looks over, and where
several places could be meant it says nothing.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notices.lexicon.regions import NATIONAL, find, lies_in

DATA = Path(__file__).parent / "data"
GOVERNMENT = ".gov.cn"
ENDINGS = ("省", "市", "县", "区", "州", "盟", "旗")
LONGEST_NAME = 15  # characters


@dataclass(frozen=True, slots=True)
class HostNames:
    """The names that stand for 全国, and those of one region."""

    national: frozenset[str]
    regions: dict[str, int]


def region_of_host(host: str) -> int | None:
    """The region of a host, the narrowest that its labels name; None when undecided or no government's."""
    if not host.endswith(GOVERNMENT):
        return NATIONAL if host == GOVERNMENT[1:] else None
    known = names()
    *departments, name = host.removesuffix(GOVERNMENT).split(".")
    if name in known.national:
        return NATIONAL
    region = known.regions.get(name)
    if region is None or not departments:
        return region
    below = known.regions.get(departments[-1])
    return below if below is not None and lies_in(below, region) else region


def region_of_title(title: str) -> int | None:
    """The region that a site's name begins with (余姚市人民政府); None where it is none, or not one alone."""
    beginnings = (title[:length] for length in range(min(len(title), LONGEST_NAME), 2, -1))
    found = (find(name) for name in beginnings if name.endswith(ENDINGS))
    return next((region for region in found if region is not None), None)


@cache
def names() -> HostNames:
    """All names, read once. KeyError names an entry that the region table does not have."""
    told = tomllib.loads((DATA / "hosts.toml").read_text(encoding="utf-8"))
    with (DATA / "pinyin.csv").open(encoding="utf-8") as lines:
        spelt = {row["name"]: int(row["region"]) for row in csv.DictReader(lines)}
    return HostNames(frozenset(told["national"]), spelt | {k: _region(v) for k, v in told["names"].items()})


def _region(name: str) -> int:
    region = find(name)
    if region is None:
        raise KeyError(name)
    return region
