"""Readings that a page puts behind its characters: 關(guān)于, 通(tong)知(zhi).

Sites that show other people's notices again write so, having made traditional characters of the simplified.
Brackets that hold anything but one syllable, (GB), (LED), (app), are left alone; so is a syllable without its
tone, unless the page is full of readings.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from notices.lexicon.cuts import without

SYLLABLES = Path(__file__).parent / "data" / "syllables.txt"
FULL = 5  # so many different syllables in brackets are a page's disguise and no text
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u0306\u030c"))  # grave, acute, macron, breve, caron
LOOKALIKES = str.maketrans("ɡɑ", "ga")  # some fonts' letters for pinyin
NEUTRAL = frozenset(
    ("de", "le", "men", "zi", "ne", "ma", "ba", "zhe", "ge", "tou", "la", "me", "li")
)  # no tone
_LETTER = "a-zɡɑ\u00e0-\u00fc\u0100-\u01dc\u01f8\u01f9\u1e3e\u1e3f\u0300-\u030c"
# The bracket that opens may have been lost on the way: 請(qǐng)?jiān)
_BRACKET = re.compile(rf"(?P<open>[(（?？])(?P<reading>[{_LETTER}]{{1,9}}) ?[)）]")
_CHARACTER = re.compile("[\u3007\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff]")


class _Reading(NamedTuple):
    start: int
    end: int
    syllable: str
    toned: bool


def without_glosses(text: str) -> str:
    """The text less the readings behind its characters."""
    spans = gloss_spans(text)
    return without(text, spans).text if spans else text


def gloss_spans(text: str) -> list[tuple[int, int]]:
    """Where readings stand in brackets behind characters, in order; `text` as it was written, not folded."""
    if ")" not in text and "）" not in text:
        return []
    found = [one for run in _runs(text) if _CHARACTER.match(text, run[0].start - 1) for one in run]
    toned = any(one.toned for one in found)
    bare = _bare_allowed(found, toned)
    return [(one.start, one.end) for one in found if one.toned or one.syllable in bare]


def _bare_allowed(found: list[_Reading], toned: bool) -> frozenset[str]:
    """The syllables that are readings though no tone stands on them."""
    different = {one.syllable for one in found}
    if len(different) < FULL:
        return frozenset()
    return NEUTRAL if toned else frozenset(different)


def _runs(text: str) -> list[list[_Reading]]:
    """Readings, those side by side together: 行(háng)(xíng)."""
    readings = [one for match in _BRACKET.finditer(text) if (one := _reading(match))]
    runs: list[list[_Reading]] = []
    for one in readings:
        if runs and runs[-1][-1].end == one.start:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _reading(match: re.Match[str]) -> _Reading | None:
    syllable, toned = _sounded(match["reading"])
    if syllable not in syllables() or (match["open"] in "?？" and not toned):
        return None
    return _Reading(match.start(), match.end(), syllable, toned)


@lru_cache(maxsize=2048)
def _sounded(reading: str) -> tuple[str, bool]:
    """The syllable without its tone, and whether it had one."""
    apart = unicodedata.normalize("NFD", reading)
    bare = apart.translate(TONES)
    return unicodedata.normalize("NFC", bare).translate(LOOKALIKES), bare != apart


@cache
def syllables() -> frozenset[str]:
    """`lexicon/data/syllables.txt`, read once."""
    lines = (line.split() for line in SYLLABLES.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return frozenset(initial.strip("-") + final for initial, *finals in lines for final in finals)
