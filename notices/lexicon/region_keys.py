"""Region keys: how a notice's places and a filter's places meet in one table (DESIGN section 5).

A key is `region_id * 4 + letter`. At region n a notice carries d:a for every a from n upwards (what a filter
that wants things from below asks for), u:n (what a filter below n asks for) and s:n (this level only).
"""

from collections.abc import Iterable

from notices.lexicon.regions import ancestors

ANY = 0
LETTERS = {"d": 0, "u": 1, "s": 2}
WIDTH = 4


def key(letter: str, region_id: int) -> int:
    """The number of `letter:region_id`."""
    return region_id * WIDTH + LETTERS[letter]


def describe_key(number: int) -> tuple[str, int]:
    """The letter and region id of a key; ValueError for numbers that are no key."""
    region_id, digit = divmod(number, WIDTH)
    for letter, value in LETTERS.items():
        if value == digit and number != ANY:
            return letter, region_id
    raise ValueError(f"不是地区键：{number}")


def notice_keys(regions: Iterable[int]) -> frozenset[int]:
    """The keys that a notice for these regions carries; ANY always, for filters that name no region."""
    keys = {ANY}
    for place in regions:
        keys |= {key("u", place), key("s", place)}
        keys |= {key("d", above) for above in (place, *ancestors(place))}
    return frozenset(keys)


def filter_keys(regions: Iterable[int], below: bool, above: bool) -> frozenset[int]:
    """The keys that a filter on these regions asks for; no region named means any (ANY)."""
    keys: set[int] = set()
    for place in regions:
        keys.add(key("d" if below else "s", place))
        if above:
            keys |= {key("u", higher) for higher in ancestors(place)}
    return frozenset(keys or {ANY})
