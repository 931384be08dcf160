"""What a list page gives: lines, a further request that holds them, or the reason why there are none."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from notices.intake.troubles import Why

Form = tuple[tuple[str, str], ...]
MonthDay = tuple[int, int]


class ListItem(NamedTuple):
    """A line of a list: its title, absolute address and the day it shows (or its address carries).

    `pinned`: it is marked 置顶, so its place says nothing about its age. `month_day`: what the line shows
    where it names no year; `published` then has the year that its address or neighbours give (years.py).
    """

    title: str
    url: str
    published: date | None = None
    pinned: bool = False
    month_day: MonthDay | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """The lines of a page in its order, at least one, and the address of the next page if it can be told.

    A `next_form` is posted to `next_url`; without one the next page is a GET. `look`: a digest of the markup
    that the lines were found in, where they follow from that alone (row_looks.py). Rows that look as the
    reader said he knows them are not read: then there are no `items`.
    """

    items: tuple[ListItem, ...]
    next_url: str | None = None
    next_form: Form = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class NeedsMore:
    """The page is a shell: its lines come from `url`, to be asked with `Referer: base`; a form is posted.

    The answer is read by `families.parse_list(family, answer, recipe, base=base)`. The shell's validators and
    bytes say nothing about the lines.
    """

    url: str
    base: str
    form: Form = ()


@dataclass(frozen=True, slots=True)
class NoRows:
    """A page without lines, and why: container gone, nothing in it, a challenge, or not the type due."""

    why: Why
    detail: str = ""
