"""Which of the places that a text names a government host abbreviates: fjyc.gov.cn is 永春县 in 福建. Pure.

Letters alone fit dozens of places, so a place counts only where the text names it in full, or cites a paper
that bears its letter (温政发: 温岭), and no other that fits.
"""

import csv
from collections import defaultdict
from functools import cache

from notices.lexicon.host_regions import DATA, GOVERNMENT, names
from notices.lexicon.regions import lies_in, path, region

SHORTEST = 2  # letters
SHORTEST_HEADED = 4  # letters of a place behind its province's or city's


def abbreviated_in(host: str, text: str) -> int | None:
    """The one place named in the text for whose initials the host stands, behind its province's or city's."""
    fitting = [place for place in _abbreviated(host) if region(place).name in text]
    return fitting[0] if len(fitting) == 1 else None


def abbreviated_by_letter(host: str, letters: str) -> int | None:
    """The one place for whose initials the host stands whose short name has one of these letters: wl, 温."""
    fitting = [place for place in _abbreviated(host) if any(one in region(place).short for one in letters)]
    return fitting[0] if letters and len(fitting) == 1 else None


def abbreviated_under(host: str, province: int) -> int | None:
    """The one place of a province for whose initials, behind others, the host stands: gzzn, 镇宁 in 贵州."""
    fitting = [place for place in _abbreviated(host) if lies_in(place, province)]
    headed = len(host.removesuffix(GOVERNMENT).rpartition(".")[2]) >= SHORTEST_HEADED
    return fitting[0] if headed and len(fitting) == 1 else None


def _abbreviated(host: str) -> tuple[int, ...]:
    """The places for whose initials the host can stand; none where it names a place in another way."""
    label = host.removesuffix(GOVERNMENT).rpartition(".")[2] if host.endswith(GOVERNMENT) else ""
    known = names()
    if len(label) < SHORTEST or label in known.national or label in known.regions:
        return ()
    return _abbreviations().get(label, ())


@cache
def _abbreviations() -> dict[str, tuple[int, ...]]:
    """Label → the places for which it can stand: yc, fjyc (福建), qzyc (泉州)."""
    with (DATA / "initials.csv").open(encoding="utf-8") as lines:
        letters = {int(row["region"]): row["initials"].split("|") for row in csv.DictReader(lines)}
    short = defaultdict(set)
    for name, place in names().regions.items():
        if region(place).kind == "province":
            short[place].add(name)
    for letters_of, places in names().heads.items():
        for place in places:
            short[place].add(letters_of)
    found: dict[str, set[int]] = defaultdict(set)
    for place, own in letters.items():
        above = [step.id for step in path(place)[:-1]]
        before = {"", *(name for step in above for name in (*short[step], *letters.get(step, ())))}
        for label in (head + tail for head in before for tail in own):
            found[label].add(place)
    return {label: tuple(places) for label, places in found.items()}
