"""Patterns that are searched for only where a word stands without which they cannot match."""

import re
from collections.abc import Callable, Iterator


class Gated:
    """A pattern, and signs of which whatever it matches holds one: a text without them is not searched.

    That nothing matches without a sign is shown of every gated pattern by `tests/lexicon/test_gated.py`.
    """

    __slots__ = ("pattern", "signs")

    def __init__(self, pattern: str, *signs: str) -> None:
        self.pattern = re.compile(pattern)
        self.signs = signs

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text."""
        for sign in self.signs:
            if sign in text:
                return self.pattern.search(text)
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Each match in the text."""
        for sign in self.signs:
            if sign in text:
                return self.pattern.finditer(text)
        return iter(())

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """The text with something new for each match."""
        for sign in self.signs:
            if sign in text:
                return self.pattern.sub(new, text)
        return text
