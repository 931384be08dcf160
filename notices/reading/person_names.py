"""Names of people where a cue says that some follow: 王某某 张某, 综合处李明, 张老师. The unsure is none.

Words and family names: `lexicon/data/contact_cues.toml`.
"""

import re
from dataclasses import dataclass
from functools import cache

from notices.lexicon import regions
from notices.lexicon.normal import HAN
from notices.reading.contact_cues import cue_words

LONGEST = 3  # 汉字 of a name with a family name of one; 欧阳某某 has four
MINORITY = re.compile(rf"[{HAN}]{{1,6}}[·•][{HAN}]{{1,8}}")  # 阿依古丽·买买提
HIDDEN = "某×xX*＊○"  # how a name is kept half untold


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and the office before it where one is run together with it."""

    name: str
    office: str = ""


def read_name(word: str) -> Named | None:
    """The person that a word names, alone or behind an office; None unless that is sure."""
    if is_place(word):
        return None
    if _is_name(word):
        return Named(word)
    match = _run_together().fullmatch(word)
    if match and _is_name(match["name"]):
        return Named(match["name"], match["office"])
    return None


def is_office(word: str) -> bool:
    """Whether a word ends as offices do: 财金处, 政务服务大厅3号窗口."""
    return len(word) >= 2 and bool(_office_end().search(word))


def is_place(word: str) -> bool:
    """Whether a word names a place, as 惠阳 before a phone does; what may be either is no name."""
    return 2 <= len(word) <= 12 and regions.find(word) is not None


def joined(words: list[str]) -> list[str]:
    """The words, with the letters of a spaced name put together: 张 三 → 张三, 王 某某 → 王某某."""
    whole: list[str] = []
    lone = ""
    for word in words:
        if lone and len(word) <= 2 and len(lone) < 2:
            whole.append(lone + word)
            lone = ""
            continue
        whole += [lone] if lone else []
        lone = word if len(word) == 1 else ""
        whole += [] if lone else [word]
    return [*whole, lone] if lone else whole


def _is_name(word: str) -> bool:
    words = cue_words()
    if MINORITY.fullmatch(word):
        return True
    if word.startswith(words.not_names) or is_office(word):
        return False
    family = 2 if word[:2] in words.double_names else 1 if word[:1] in words.family_names else 0
    given = word[family:]
    if not family or not given:
        return False
    if given in words.titles:
        return True
    untitled = next((given.removesuffix(title) for title in words.titles if given.endswith(title)), given)
    return len(untitled) <= LONGEST - 1 and bool(re.fullmatch(rf"[{HAN}{re.escape(HIDDEN)}]*", given))


@cache
def _office_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(cue_words().offices)})$")


@cache
def _run_together() -> re.Pattern[str]:
    """An office and a name without a blank between: the name is what stands behind the last office word."""
    return re.compile(
        rf"(?P<office>[{HAN}\d]{{1,20}}(?:{'|'.join(cue_words().offices)}))(?P<name>[{HAN}]{{2,4}})"
    )
