"""Where an office stands by its name, as people write the place."""

from notices.lexicon import regions
from notices.reading.office_names import region_of


def place_of(office: str, within: str | None = None) -> str | None:
    """The full name of its region, `within` that of its source; None where its name is no sure sign."""
    found = region_of(office, regions.find(within) if within else None)
    return regions.full_name(found) if found else None
