"""A page tells by signs which family made it. The signs are data: families/signs.toml. Pure."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Signs:
    """What is looked for in the text and in the address of a family's pages."""

    page: tuple[re.Pattern[str], ...]
    url: tuple[re.Pattern[str], ...]

    def found(self, text: str, url: str) -> int:
        """How many of them a page shows."""
        in_page = sum(sign.search(text) is not None for sign in self.page)
        return in_page + sum(sign.search(url) is not None for sign in self.url)


def families_of(text: str, url: str) -> tuple[str, ...]:
    """The families that a page can be of, the likeliest first; `generic` is always the last."""
    shown = {family: signs.found(text, url) for family, signs in all_signs().items()}
    likely = sorted((family for family in shown if shown[family]), key=lambda family: -shown[family])
    return (*likely, GENERIC)


@cache
def all_signs() -> dict[str, Signs]:
    """The signs of each family, read once."""
    told = tomllib.loads((Path(__file__).parent / "families" / "signs.toml").read_text(encoding="utf-8"))
    return {
        family: Signs(_compiled(signs["page"]), _compiled(signs["url"])) for family, signs in told.items()
    }


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.DOTALL) for pattern in patterns)
