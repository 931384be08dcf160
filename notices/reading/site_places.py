"""The place that a notice's address speaks for: whose site it is, whose name it bears."""

from functools import lru_cache

from notices.lexicon import issuers, regions
from notices.lexicon.host_initials import abbreviated_in
from notices.lexicon.host_regions import names, region_of_host
from notices.lexicon.issuers import national_body
from notices.reading.layout import Layout

SPELT = 5  # letters of a host's label that can spell a place
SPOKEN_OF = 1500  # characters of the body in which a place can stand for the issuer's


def host_place(url: str | None, layout: Layout) -> int | None:
    """The place whose government's site this is; None for national bodies and other people's sites."""
    known = _known_site(url)
    return known or abbreviated_in(issuers.host_of(url), layout.page.clean[:SPOKEN_OF])


@lru_cache(maxsize=64)
def _known_site(url: str | None) -> int | None:
    name, place = issuers.host_says(url), region_of_host(issuers.host_of(url))
    said = regions.find(name) if name and not national_body(name) else None
    if name and (said is None or place is None or not regions.lies_in(place, said)):
        return said
    return None if place == regions.NATIONAL else place


def named_site(url: str | None) -> int | None:
    """The province or city by which another people's site calls itself in full: tongling.kjzxfw.com."""
    labels = [label for label in issuers.host_of(url).split(".")[:-1] if len(label) >= SPELT]
    found = (names().regions.get(label) for label in labels)
    cities = [place for place in found if place and regions.region(place).kind in ("province", "city")]
    return cities[0] if cities and not issuers.host_of(url).endswith(".gov.cn") else None


def named_folder(url: str | None) -> int | None:
    """The city by which such a site calls a folder, in the province that it calls itself by."""
    site = named_site(url)
    parts = (part for part in issuers.path_of(url).split("/")[:-1] if site and len(part) >= SPELT)
    found = (names().regions.get(part) for part in parts)
    return next((place for place in found if place and site and regions.lies_in(place, site)), None)


def city_site(url: str | None, layout: Layout) -> int | None:
    """The city whose government's site this is, or by which other people's site calls a folder or itself."""
    found = (host_place(url, layout), named_folder(url), named_site(url))
    return next((place for place in found if place and regions.region(place).kind == "city"), None)
