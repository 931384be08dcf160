"""Many patterns at once: which of them may match a text at all, told by one look for the signs of all."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

K = TypeVar("K")


class Sieve(Generic[K]):
    """Keys, each with the signs of which a text must hold one to let it pass; without signs all do."""

    def __init__(self, signed: Iterable[tuple[K, frozenset[str]]]) -> None:
        self._keys: list[K] = []
        self._unsigned = 0
        bits: dict[str, int] = defaultdict(int)
        for n, (key, signs) in enumerate(signed):
            self._keys.append(key)
            self._unsigned |= 0 if signs else 1 << n
            for sign in signs:
                bits[sign] |= 1 << n
        self._bits = [*bits.values()]
        self._automaton = AhoCorasick([*bits], implementation=Implementation.ContiguousNFA)

    def passed(self, text: str) -> list[K]:
        """Those that the text lets pass, in the order in which they were given."""
        bits = self._unsigned
        for n, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            bits |= self._bits[n]
        found = []
        while bits:
            lowest = bits & -bits
            found.append(self._keys[lowest.bit_length() - 1])
            bits ^= lowest
        return found
