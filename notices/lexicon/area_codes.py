"""The place that a telephone's area code speaks for (`data/area_codes.toml`)."""

import re
import tomllib
from functools import cache
from pathlib import Path

from notices.lexicon import regions

TABLE = Path(__file__).parent / "data" / "area_codes.toml"
CODE = re.compile(r"(?<![\d.])\(?(?P<code>0(?:10|2\d|[3-9]\d{2}))\)?[- ]{0,2}[2-9]\d{6,7}(?!\d)")


def place_of_phones(text: str) -> int | None:
    """The one place of all area codes in the text: a city, or what the cities of a code share; else None."""
    codes = {match["code"] for match in CODE.finditer(text)}
    places = {_places()[code] for code in codes if code in _places()}
    return places.pop() if len(places) == 1 else None


@cache
def _places() -> dict[str, int]:
    """Code → its city, or the province in which its cities lie. KeyError names an entry without a region."""
    told: dict[str, list[str]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["codes"]
    return {code: regions.shared_parent([_region(name) for name in names]) for code, names in told.items()}


def _region(name: str) -> int:
    region = regions.find(name)
    if region is None:
        raise KeyError(name)
    return region
