"""How to look for a pattern: only where a text begins, if it can match nowhere else.

`re` tries a pattern that begins with ^ at every place of a text all the same.
"""

import re
from collections.abc import Callable

_NO_SYNTAX = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")  # what stands for one character, whatever is in it
_INNERMOST = re.compile(r"\([^()]*\)")


def finder(pattern: re.Pattern[str]) -> Callable[[str], re.Match[str] | None]:
    """What finds the first match in a text, the pattern's `match` where that finds what `search` does."""
    return pattern.match if _begins_texts(pattern) else pattern.search


def _begins_texts(pattern: re.Pattern[str]) -> bool:
    """Whether each of its alternatives begins with ^, and ^ with the text."""
    plain = _NO_SYNTAX.sub("x", pattern.pattern)
    while (flat := _INNERMOST.sub("x", plain)) != plain:
        plain = flat
    return not pattern.flags & re.MULTILINE and all(part.startswith("^") for part in plain.split("|"))
