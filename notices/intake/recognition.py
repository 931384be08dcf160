"""Which lines of a list are new, and which are old acquaintances under another address or title. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from notices.intake.identity import place, plain, url_key
from notices.intake.listing import ListItem

# Titles this short (通知公告, 招聘公告, 名单公示) name no document; several cities use them on one day.
NAMELESS = 8  # characters, without punctuation
# A list of which this much shows known titles at unknown addresses was rebuilt (facts/feeds.md B).
REBUILT, AT_LEAST = 0.6, 3


@dataclass(frozen=True, slots=True)
class Known:
    """An item that the source showed before."""

    id: int
    url: str
    url_key: str
    title: str
    published: date | None


@dataclass(frozen=True, slots=True)
class Recognised:
    """`moved` and `changed` pair a known item's id with its line as it stands now.

    `history`: lines not seen before that are older than our acquaintance with the source: no news, and to be
    known from now on. `rebuilt`: the list has new addresses throughout.
    """

    new: tuple[ListItem, ...] = ()
    moved: tuple[tuple[int, ListItem], ...] = ()
    changed: tuple[tuple[int, ListItem], ...] = ()
    history: tuple[ListItem, ...] = ()
    rebuilt: bool = False


def recognise(lines: Sequence[ListItem], known: Iterable[Known], began: date | None = None) -> Recognised:
    """Sort the lines of a page. `known` are the source's items that these could be, by address or by title.

    A line whose address is unknown is an old item that moved if the title is the same and so is the date or
    the path, and the old address is gone from the page: two lines side by side are two items, however alike.
    In a rebuilt list the title alone is enough. `began`: the day of the source's first poll; see `_history`.
    """
    by_key = {item.url_key: item for item in known}
    keyed = {url_key(line.url): line for line in lines}
    strange = [line for key, line in keyed.items() if key not in by_key]
    gone = [item for key, item in by_key.items() if key not in keyed]
    rebuilt = _is_rebuilt(strange, gone, len(keyed))
    moved = _moves(strange, gone, rebuilt=rebuilt)
    found = {id(line) for _, line in moved}
    left = [line for line in strange if id(line) not in found]
    history = _history(left, list(keyed.values()), began)
    old = {id(line) for line in history}
    return Recognised(
        new=tuple(line for line in left if id(line) not in old),
        moved=tuple(moved),
        changed=tuple(_changes(keyed, by_key)),
        history=tuple(history),
        rebuilt=rebuilt,
    )


def _changes(keyed: dict[str, ListItem], by_key: dict[str, Known]) -> Iterable[tuple[int, ListItem]]:
    for key, line in keyed.items():
        if key in by_key and _reads_differently(by_key[key], line):
            yield by_key[key].id, line


def _reads_differently(item: Known, line: ListItem) -> bool:
    return item.title != line.title or (line.published is not None and not _same_day(item, line))


def _same_day(item: Known, line: ListItem) -> bool:
    """Whether both show one day; a year that was only guessed proves no difference."""
    if item.published is None or line.published is None:
        return False
    shown = (item.published.month, item.published.day)
    return item.published == line.published or line.month_day == shown


def _is_rebuilt(strange: Sequence[ListItem], gone: Sequence[Known], count: int) -> bool:
    titles = {plain(item.title) for item in gone}
    again = sum(plain(line.title) in titles for line in strange)
    return again >= AT_LEAST and again >= REBUILT * count


def _moves(
    strange: Sequence[ListItem], gone: Iterable[Known], *, rebuilt: bool
) -> list[tuple[int, ListItem]]:
    """The strange lines that are items whose address is gone, each item once."""
    left, moved = list(gone), []
    for line in strange:
        alike = [item for item in left if _is_same(item, line, rebuilt=rebuilt)]
        if alike:
            old = min(alike, key=lambda item: not _same_day(item, line))
            left.remove(old)
            moved.append((old.id, line))
    return moved


def _is_same(item: Known, line: ListItem, *, rebuilt: bool) -> bool:
    title = plain(item.title)
    if title != plain(line.title):
        return False
    if place(item.url) == place(line.url):
        return True
    return len(title) >= NAMELESS and (rebuilt or _same_day(item, line))


def _history(left: Sequence[ListItem], lines: Sequence[ListItem], began: date | None) -> list[ListItem]:
    """The unknown lines that were there before us: dated before we began, and below all that we know.

    So a list that travels back in time, or moves up when a line is deleted, is no news; an old date above a
    known line was put in since, and is.
    """
    if began is None:
        return []
    unknown = {id(line) for line in left}
    below: list[ListItem] = []
    for line in reversed(lines):
        if id(line) not in unknown and not line.pinned:
            break
        if id(line) in unknown and line.published is not None and line.published < began:
            below.append(line)
    return below[::-1]
