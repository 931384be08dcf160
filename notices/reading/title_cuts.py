"""Where a title may be cut: not in a name, a number, a quotation or a word."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from notices import lexicon

LIMIT = 20
ELLIPSIS = "…"
WORDS = Path(lexicon.__file__ or "").parent / "data" / "title_words.txt"

_OPENERS = {"《": "》", "（": "）", "“": "”", "【": "】", "(": ")", "〈": "〉", "「": "」"}
_DANGLING = "、，：；的和及与（《“【( "
WHOLE = tuple(map(re.compile, (r"“[^”]+”", r"20\d\d年度?", r"[A-Za-z0-9]+")))  # what is not cut in two


def cut(text: str, limit: int = LIMIT, names: Iterable[str] = ()) -> str:
    """The text's beginning with `…`, at most `limit` characters, ending before a name rather than in it."""
    if len(text) <= limit:
        return text
    end = _before_word(text, limit - len(ELLIPSIS))
    for start, stop in sorted(_spans(text, names), reverse=True):
        if 0 < start < end < stop:
            end = start
    return balanced(text[:end].rstrip(_DANGLING)) + ELLIPSIS


def balanced(text: str) -> str:
    """Without a bracket whose partner was cut off."""
    for opener, closer in _OPENERS.items():
        if text.count(opener) > text.count(closer):
            at = text.rindex(opener)
            text = text[:at] + text[at + 1 :]
        elif text.count(closer) > text.count(opener):
            at = text.index(closer)
            text = text[:at] + text[at + 1 :]
    return text


def _before_word(text: str, end: int) -> int:
    """The end, or the place before the word that it would cut in two."""
    words, longest = _words()
    for start in range(max(1, end - longest + 1), end):
        if any(text[start:stop] in words for stop in range(end + 1, start + longest + 1)):
            return start
    return end


@cache
def _words() -> tuple[frozenset[str], int]:
    """The words of titles, and the length of the longest."""
    words = frozenset(WORDS.read_text(encoding="utf-8").split())
    return words, max(map(len, words))


def _spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where in the text the names, quoted names, numbers and Latin words stand."""
    spans = [found.span() for pattern in WHOLE for found in pattern.finditer(text)]
    return spans + [span for name in names if name for span in _each(name, text)]


def _each(name: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + len(name))
