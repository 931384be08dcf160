"""How many days before a deadline someone is reminded, as people write it and as SQL asks it."""

import re

NONE_WORD = "无"
LONGEST = 30

# DESIGN 6.6: 7/3/1 by default, 3/1 for consultations.
DEFAULT = (7, 3, 1)
DEFAULT_CONSULTATION = (3, 1)


def mask(ahead: tuple[int, ...]) -> int:
    """Days ahead as bits: 7,3,1 → bits 7, 3 and 1."""
    return sum(1 << day for day in set(ahead))


def days(mask: int) -> list[int]:
    """The days ahead that a mask stands for, the nearest first."""
    return [ahead for ahead in range(LONGEST + 1) if mask >> ahead & 1]


def parse(written: str) -> int | None:
    """“7,3,1” as a mask; “无” is none at all; empty is None: the default of the notice's kind."""
    if not written.strip():
        return None
    if written.strip() == NONE_WORD:
        return 0
    numbers = [part for part in re.split(r"[,，、\s]+", written.strip()) if part]
    if not all(part.isdecimal() and 0 <= int(part) <= LONGEST for part in numbers):
        raise ValueError(f"提前天数应是 0 到 {LONGEST} 的整数，用逗号隔开，如 7,3,1；现在是“{written}”")
    return mask(tuple(int(part) for part in numbers))
