"""Synthetic filters and notices for the matching benchmarks (the mix of facts/matching.md C1).

Filters name 1–3 places (4 % 全国, 34 % provinces, 42 % cities, 20 % counties; provinces by Zipf) and 1–5 of
30,000 terms, as subscribers' own words, by Zipf; both switches on; 15 % name kinds.
Notices carry some ten terms.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from notices.lexicon import regions
from notices.lexicon.kinds import Kind
from notices.lexicon.region_keys import notice_keys
from subscribers.filters import FilterSpec

TERMS = 30_000
NAMING_KINDS = 0.15
SOME_KINDS = (Kind.POLICY, Kind.APPLICATION, Kind.CONSULTATION)
FIRST_TERM = 1_000_001  # Word.OWN_WORDS + 1
PLACES = {"nation": 4, "province": 34, "city": 42, "county": 20}
NOTICE_PLACES = {"nation": 10, "province": 25, "city": 40, "county": 25}


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter: places and terms."""

    regions: tuple[int, ...]
    topics: tuple[int, ...]
    kinds: tuple[Kind, ...] = ()

    @property
    def spec(self) -> FilterSpec:
        """As the product keeps it; terms stand for words of one's own."""
        return FilterSpec(regions=self.regions, topics=self.topics, kinds=self.kinds)


@dataclass(frozen=True, slots=True)
class Carried:
    """A notice: its place, what it carries as keys, and the terms found in it."""

    region: int
    keys: tuple[int, ...]
    topics: tuple[int, ...]


@cache
def _by_kind() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {kind: [] for kind in PLACES}
    for place in regions.table().values():
        if place.kind in found and not place.retired:
            found[place.kind].append(place.id)
    return found


@cache
def _zipf(size: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, size + 1)))


class FilterWorld:
    """Filters and notices of one seed: the same for every database and every peer."""

    def __init__(self, seed: int = 2019) -> None:
        self.dice = random.Random(seed)

    def filters(self, count: int) -> Iterator[Asked]:
        """So many filters."""
        for _ in range(count):
            places = {self._place(PLACES) for _ in range(self.dice.randint(1, 3))}
            kinds = SOME_KINDS if self.dice.random() < NAMING_KINDS else ()
            yield Asked(tuple(sorted(places)), self._terms(self.dice.randint(1, 5)), kinds)

    def notices(self, count: int) -> list[Carried]:
        """So many notices."""
        made = []
        for _ in range(count):
            place = self._place(NOTICE_PLACES)
            terms = self._terms(self.dice.randint(7, 13))
            made.append(Carried(place, tuple(sorted(notice_keys([place]))), terms))
        return made

    def _place(self, shares: dict[str, int]) -> int:
        kind = self.dice.choices(list(shares), list(shares.values()))[0]
        pool = _by_kind()[kind]
        if kind == "province":
            return self.dice.choices(pool, cum_weights=_zipf(len(pool)))[0]
        return self.dice.choice(pool)

    def _terms(self, count: int) -> tuple[int, ...]:
        ranks = self.dice.choices(range(TERMS), cum_weights=_zipf(TERMS), k=count)
        return tuple(sorted({FIRST_TERM + rank for rank in ranks}))
