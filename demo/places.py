"""Places by the names that people write: 余姚市, or the whole path 浙江省宁波市余姚市."""

from notices.lexicon import regions


def place(name: str) -> int:
    """The region's id; LookupError where the table has no such place, or several."""
    found = regions.find(name)
    if found is None:
        found = next(
            (known.id for known in regions.all_regions() if regions.full_name(known.id) == name), None
        )
    if found is None:
        raise LookupError(f"地区表里没有“{name}”")
    return found
