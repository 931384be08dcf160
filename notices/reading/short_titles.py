"""Titles short enough for a `thing` field, with the place and the project's noun left whole.

A card has room for 20 characters and Tencent refuses the 21st, while official titles run to 50. The steps
(`title_steps`) take away what carries least, one after the other, and stop as soon as the title fits.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from notices.lexicon.normal import HAN, fold
from notices.reading.title_cuts import LIMIT, balanced, cut
from notices.reading.title_steps import CONSULTS, EXPLAINS, PLACE_PART, STEPS, TRIMS

__all__ = ["LIMIT", "cut", "place_names", "short_title", "shorten"]

LONGEST = 300  # characters of a title that are looked at; beyond stands a page, not a title
_HAN = re.compile(f"[{HAN}]")
_SIGNS = {"(": "（", ")": "）", ":": "：", "!": "！"}


def shorten(title: str, limit: int = LIMIT, names: Iterable[str] = ()) -> str:
    """The title in at most `limit` characters; unchanged when it fits.

    `names` are the notice's places and topics, in the order of their weight: none of them is cut in two,
    and one that the title says is still said when the end has to go.
    """
    text, names = " ".join(title[:LONGEST].split()), list(names)
    for step in STEPS:
        if len(text) <= limit:
            return text
        text = _unless_lost(text, balanced(step(text)).strip(), names if step in TRIMS else ())
    text = text if len(text) <= limit else _clause_of(text, names)
    return text if len(text) <= limit else _keep(text, limit, _said(text, names))


def _unless_lost(text: str, less: str, names: Iterable[str]) -> str:
    """What a step left of the text; the text itself where a name would go with what was taken away."""
    return text if any(name in text and name not in less for name in names) else less


def _clause_of(text: str, names: Sequence[str]) -> str:
    """Of a headline in several clauses the first that says all the names that the headline says."""
    said = [name for name in names if name in text]
    clauses = [clause for clause in re.split("[ ！？!?，；]", text) if len(clause) >= len("某地某事某某")]
    return next((clause for clause in clauses if said and all(name in clause for name in said)), text)


def place_names(places: Iterable[str]) -> tuple[str, ...]:
    """安徽省淮北市 → 淮北市, 淮北, 安徽省, 安徽: the names under which a title may mention the place."""
    parts = [part for place in places for part in reversed(PLACE_PART.findall(place) or [place])]
    shorts = [(part, re.sub(r"(?:省|市|区|县)$", "", part)) for part in parts]
    return tuple(name for pair in shorts for name in dict.fromkeys(pair) if len(name) > 1)


def _said(text: str, names: Iterable[str]) -> list[str]:
    """Those names that the text says, without the ones that are a part of another."""
    said = [name for name in dict.fromkeys(names) if name and name in text]
    return [name for name in said if not any(name != other and name in other for other in said)]


def _keep(text: str, limit: int, names: list[str]) -> str:
    """Cut the end off; a name that would go with it is moved to the front while there is room."""
    short = cut(text, limit, names)
    for wanted in (names, names[:2]):
        starts = (cut(start, limit, wanted) for start in _later_starts(text, wanted))
        whole = next((start for start in starts if all(name in start for name in wanted)), None)
        if whole is not None:
            return whole
    for name in reversed([name for name in names if name not in short]):
        moved = cut(name + text.replace(name, "", 1), limit, names)
        if all(kept in moved for kept in names if kept in short):
            short, text = moved, name + text.replace(name, "", 1)
    return short


def _later_starts(text: str, names: Sequence[str]) -> Iterator[str]:
    """The text itself, then from each of its names on, what goes before left out; 征求意见： stays."""
    yield text
    mark = next((mark for mark in (CONSULTS, EXPLAINS) if text.startswith(mark)), "")
    rests = [_from(text, start) for start in sorted(text.find(name) for name in names)]
    yield from (mark + rest for rest in rests)
    for name in names:  # one name, and the text from the next on
        yield from (mark + name + rest for rest in rests if name not in rest)


def _from(text: str, start: int) -> str:
    """The text from there on, with the quotation mark in front of it."""
    first = start - 1 if text[start - 1 : start] in {"“", "《"} else start
    return balanced(text[first : first + 6 * LIMIT])


def short_title(title: str, places: Sequence[Sequence[str]], nouns: Sequence[str], limit: int = LIMIT) -> str:
    """The title in at most `limit` characters that still says its place and its matter.

    `places` are the names of the notice's place and of those above it, the finest first, each in all its
    forms; `nouns` are the words for its matter. Of the finest place and of the nouns that the title says, one
    form each is kept whole, in its own name or its short one.
    """
    plain, back = _in_plain_script(" ".join(title[:LONGEST].split()))
    if len(plain) <= limit:
        return plain.translate(back)
    as_said = {_in_plain_script(noun)[0]: noun for noun in nouns}
    short = _short(plain, places, [*as_said], limit).translate(back)
    for noun, said in as_said.items():
        short = short.replace(noun, said)
    return short


def _in_plain_script(title: str) -> tuple[str, dict[int, str]]:
    """The title in simplified characters and Chinese brackets, and the way back to its own."""
    plain = "".join(
        new if _HAN.match(old) else _SIGNS.get(old, old) for old, new in zip(title, fold(title), strict=True)
    )
    return plain, {
        ord(new): old
        for old, new in zip(title, plain, strict=True)
        if old != new and new not in f"：！{title}"
    }


def _short(whole: str, places: Sequence[Sequence[str]], nouns: Sequence[str], limit: int) -> str:
    finest = next((said for forms in places if (said := [form for form in forms if form in whole])), [])
    said = [noun for noun in nouns if noun in whole]
    wanted = [*finest[:1], *nouns[:1]]
    short = shorten(whole, limit, [*wanted, *(form for forms in places for form in forms), *nouns])
    groups = [group for group in (finest, said) if group]
    names = [_fitting(group, short, limit // len(groups)) for group in groups]
    if sum(map(len, names)) > limit:
        return _shortest_of(groups, short, limit)
    moved = _led_by([name for name in names if name not in short], names, short, limit)
    return moved if all(name in moved for name in names) else _led_by(names, names, short, limit)


def _fitting(names: Sequence[str], short: str, room: int) -> str:
    """The name that the short title says already, else the first that fits, else the shortest."""
    there = [name for name in names if name in short]
    fit = [name for name in names if len(name) <= room]
    return next(iter([*there, *fit]), min(names, key=len))


def _shortest_of(groups: Sequence[Sequence[str]], short: str, limit: int) -> str:
    """Where the names as they stand have no room side by side, the shortest of each comes in their place."""
    for form in sorted((form for group in groups for form in group), key=len, reverse=True):
        short = short.replace(form, "")
    names = [min(group, key=len) for group in groups]
    return _led_by(names, names, short, limit)


def _led_by(leading: list[str], names: list[str], short: str, limit: int) -> str:
    """The leading names first, then as much of the rest as there is room for; none of the names is cut."""
    if not leading:
        return short
    mark = next((mark for mark in (CONSULTS, EXPLAINS) if short.startswith(mark)), "")
    lead, rest = "".join(dict.fromkeys(leading)), short.removeprefix(mark)
    lead = mark + lead if len(mark + lead) < limit else lead
    for name in leading:
        rest = rest.replace(name, "", 1)
    return cut(lead + rest, limit, [lead, *names]) if len(lead) < limit else lead[:limit]
