"""Makes pinyin.csv and initials.csv from the region table: what a government host may carry for a region.

Run by hand when the table changes, in an environment of its own, since pypinyin is no dependency of ours:
python -m venv /tmp/p && /tmp/p/bin/pip install pypinyin && PYTHONPATH=. /tmp/p/bin/python notices/lexicon/data/build_pinyin.py
"""  # noqa: E501, a command to copy

from collections import defaultdict
from itertools import product
from pathlib import Path

from pypinyin import Style, pinyin  # type: ignore[import-not-found]

from notices.lexicon.regions import Region, table

LEVELS = {"province": 0, "city": 1, "county": 2}
# 陕西 is spelt as no dictionary has it; these two go by their Chinese names.
HOST_NAMES = {"陕西": "shaanxi", "内蒙古": "neimenggu", "西藏": "xizang"}
LONGEST_PLAIN = 3  # characters: 清新区 is 清新 with its level, 滨海新区 is 滨海
OUT = Path(__file__).parent / "pinyin.csv"
INITIALS = Path(__file__).parent / "initials.csv"


def spellings(region: Region) -> set[str]:
    """The short name as a host may write it: 朝 may be chao or zhao, and ü is v or u."""
    if region.short in HOST_NAMES:
        return {HOST_NAMES[region.short]}
    readings = pinyin(region.short, style=Style.NORMAL, heteronym=True, v_to_u=False)
    whole = {"".join(parts) for parts in product(*readings)}
    return whole | {name.replace("v", "u") for name in whole}


def unique_names() -> dict[str, int]:
    """Spelling → region, where it is the only one of the highest level that carries it."""
    carried: dict[str, list[Region]] = defaultdict(list)
    for region in table().values():
        if region.kind in LEVELS and not region.retired and len(region.short) > 1:
            for name in spellings(region):
                carried[name].append(region)
    return {name: found[0].id for name, regions in carried.items() if len(found := highest(regions)) == 1}


def initials(region: Region) -> list[str]:
    """The first letters of the short name's syllables, in every reading: 永春 is yc, 滨海新区 bh or bhx."""
    whole = region.short == region.name and len(region.name) == LONGEST_PLAIN  # 中山区 of 大连; 赵县 is 赵县
    names = {region.name[:-1] if whole else region.short}
    if region.name.endswith("新区") and len(region.name) > LONGEST_PLAIN:
        names.add(region.name.removesuffix("新区"))
    spelt = (pinyin(name, style=Style.FIRST_LETTER, heteronym=True) for name in names)
    letters = ("".join(parts) for readings in spelt for parts in product(*readings))
    return sorted({whole for whole in letters if whole.isalpha()})


def abbreviated() -> list[str]:
    """A line for every city and county in force whose short name has more than one character."""
    places = [
        r for r in table().values() if r.kind in ("city", "county") and not r.retired and len(r.short) > 1
    ]
    return [f"{place.id},{'|'.join(initials(place))}" for place in places]


def highest(regions: list[Region]) -> list[Region]:
    """Those of the highest level among them: a host of that name is a city's before it is a county's."""
    top = min(LEVELS[region.kind] for region in regions)
    return [region for region in regions if LEVELS[region.kind] == top]


if __name__ == "__main__":
    lines = [f"{name},{region}" for name, region in sorted(unique_names().items()) if name.isascii()]
    OUT.write_text("name,region\n" + "\n".join(lines) + "\n", encoding="utf-8")
    INITIALS.write_text("region,initials\n" + "\n".join(abbreviated()) + "\n", encoding="utf-8")
