"""Digits that may be a damaged day: of none is it sure, but no later day is the main one beside them."""

import re
from collections.abc import Iterator

from notices.lexicon.lost_dates import readings
from notices.lexicon.mentions import Mention

# Digits that may be a damaged day, for all that is read of them: 填报入口1120关闭, 最晚到48日
_SUSPECT = re.compile(
    r"(?<![\d.年月第〔\[(号:/-])(?P<y>(?:20\d\d年?(?=\d{2}))?)(?P<rest>(?!(?:[0-2]\d|3[01])(?!\d))\d{2,4}|(?<=\d{4})\d\d|(?<=年)\d\d)"
    r"(?:日(?![元均报常程产志文内])|(?=[之以]?前(?!\d)|止|截|关闭|结束|\([周星]|(?:1\d|2[0-4])[:时]|为准|后不予"
    r"|[和、](?:20\d{5}|\d{3,4}[日前])|(?<=[到至批为]\d{3})[,。;)、\n]|(?<=[到至批为]\d{4})[,。;)、\n]))"
)
_RUN = re.compile(r"\d{2,8}")  # digits at which a suspect may begin


def suspects(text: str) -> Iterator[Mention]:
    """What may be a day, with all that its digits may mean."""
    for run in _RUN.finditer(text):
        match = _SUSPECT.match(text, run.start())
        found = tuple(sorted(set(readings(match["rest"], hours=False)))) if match else ()
        if match and found:
            year = int(match["y"][:4]) if match["y"] else None
            yield Mention(match.start(), match.end(), year, readings=found)
