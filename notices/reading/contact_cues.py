"""The words of `lexicon/data/contact_cues.toml`, as patterns over `Page.clean`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notices import lexicon
from notices.lexicon.gated import Gated
from notices.lexicon.signs import signs_of

WORDS = Path(lexicon.__file__ or "").parent / "data" / "contact_cues.toml"
KINDS = ("person", "phone", "fax", "email", "postcode", "address")
JOIN = r"[、/及和与或()]{1,2}(?:兼|联系)?"


@dataclass(frozen=True)
class CueWords:
    """What stands before a contact, and what may and may not be a person's name."""

    cue: re.Pattern[str]
    trigger: re.Pattern[str]
    sent_to: Gated
    advertising: re.Pattern[str]
    offices: tuple[str, ...]
    titles: tuple[str, ...]
    not_names: tuple[str, ...]
    family_names: frozenset[str]
    double_names: frozenset[str]


@cache
def cue_words() -> CueWords:
    """The file, read once."""
    told = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    cue, sent_to = _cue(told), re.compile(rf"(?:{'|'.join(told['sent_to'])})[:]?")
    return CueWords(
        cue=re.compile(cue),
        trigger=re.compile("|".join(words for kind in KINDS for words in told[kind])),
        sent_to=Gated(sent_to.pattern, *sorted(signs_of(sent_to))),
        advertising=re.compile("|".join(told["advertising"])),
        offices=tuple(sorted(told["offices"], key=len, reverse=True)),
        titles=tuple(sorted(told["titles"], key=len, reverse=True)),
        not_names=tuple(told["not_names"]),
        family_names=frozenset(told["family_names"].replace("\n", "")),
        double_names=frozenset(told["double_names"]),
    )


def _cue(told: dict[str, list[str]]) -> str:
    """A group for each kind of cue; 联系人及电话, 电话(传真) are of two kinds."""
    before = rf"(?:{'|'.join(sorted(told['before'], key=len, reverse=True))}){{0,6}}"
    kinds = "|".join(f"(?P<{kind}>{'|'.join(told[kind])})" for kind in KINDS)
    second = "|".join(f"(?P<{kind}2>{'|'.join(told[kind])})" for kind in KINDS)
    return rf"{before}(?:{kinds})(?:{JOIN}(?:{second}))?\)?"
