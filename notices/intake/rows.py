"""The lines of an HTML list: by the recipe's XPaths, else found by their links.

Without XPaths a line is the largest piece of the page that holds one article link and no other; lines stand
in one container, and the container with the most dated lines is the list, not the side bar.
"""

from collections.abc import Sequence
from datetime import date

from notices.intake.absolute import absolute
from notices.intake.dates import date_in, date_of_url, month_day_in
from notices.intake.hosts import host_of, registered_host
from notices.intake.line_groups import Rows, groups_of, is_own
from notices.intake.listing import ListItem, MonthDay
from notices.intake.pins import without_pin
from notices.intake.recipes import Recipe
from notices.intake.row_looks import look_of
from notices.intake.titles_elsewhere import names_nothing
from notices.intake.tree import Element, clean, elements, text_at, text_of, xpath

LINKS = xpath(".//a[@href]")
DATE_TEXT = 20  # characters of a text that can be a date and nothing else


def read_rows(root: Element, url: str, recipe: Recipe) -> tuple[ListItem, ...]:
    """The lines of a list page in their order, each address once."""
    if recipe.rows:
        lines = [line for row in elements(recipe.rows, root) if (line := _line(row, url, recipe))]
        return _welcome_lines(lines, url, recipe)
    return _welcome_lines(_found_lines(groups_of(root, recipe), url, recipe), url, recipe)


def read_unless_known(root: Element, url: str, recipe: Recipe) -> tuple[tuple[ListItem, ...], str]:
    """As `read_rows`, and what the rows look like; no lines where they look as the recipe knows them."""
    if recipe.finds_lines_itself:
        return read_rows(root, url, recipe), ""
    groups = groups_of(root, recipe)
    look = look_of(groups, url, recipe.spelled)
    if look and look == recipe.known_look:
        return (), look
    return _welcome_lines(_found_lines(groups, url, recipe), url, recipe), look


def _line(row: Element, base: str, recipe: Recipe, links: Sequence[Element] = ()) -> ListItem | None:
    """The line of a row; `links` are its article links where they are known already."""
    link = _link(row, recipe, links)
    if link is None:
        return None
    title, pinned = without_pin(clean(text_at(recipe.title, row)) if recipe.title else _title(link))
    address = absolute(base, (link.get("href") or "").strip())
    if not title or not address or names_nothing(title):
        return None
    shown = _beside(row, link, recipe)
    if day := date_in(shown):
        return ListItem(title, address, day, pinned or "置顶" in shown)
    day, month_day = _lesser_day(shown, [] if recipe.date else _parts(link))
    day = day or date_of_url(address)
    return ListItem(title, address, day, pinned or "置顶" in shown, None if day else month_day)


def _beside(row: Element, link: Element, recipe: Recipe) -> str:
    """Where a row says its day, and whether it is pinned: beside its link."""
    if recipe.date is not None:
        return text_at(recipe.date, row)
    return "" if row is link else " ".join(_outside_links(row, []))


def _parts(link: Element) -> list[str]:
    """The texts within a link that can be a day and nothing else."""
    return [text for child in link.iterdescendants() if len((text := text_of(child)).strip()) <= DATE_TEXT]


def _outside_links(element: Element, found: list[str]) -> list[str]:
    """The texts of a row that are in none of its links, added to `found`."""
    if text := element.text:
        found.append(text)
    for child in element:
        if child.tag != "a":
            if len(child):
                _outside_links(child, found)
            elif text := child.text:
                found.append(text)
        if text := child.tail:
            found.append(text)
    return found


def _link(row: Element, recipe: Recipe, links: Sequence[Element]) -> Element | None:
    """The row's article link: as told, else the one with the longest text."""
    if row.tag == "a":
        return row
    if recipe.link:
        return next(iter(elements(recipe.link, row)), None)
    found = links or elements(LINKS, row)
    return found[0] if len(found) == 1 else max(found, key=lambda link: len(_title(link)), default=None)


def _title(link: Element) -> str:
    """The link's title attribute, since its text may be cut short; else its text without a date in it."""
    text, title = text_of(link), link.get("title") or ""
    shown = clean(text)
    if shown and title == text:
        return shown
    whole = clean(title)
    if whole and len(whole) >= len(shown.rstrip(".… ")):
        return whole
    for child in link.iterdescendants("span", "b", "i", "em", "time", "font", "p"):
        if _is_date(child):
            shown = shown.replace(clean(text_of(child)), "", 1)
    return shown.strip(" ·•")


def _is_date(element: Element) -> bool:
    text = clean(text_of(element))
    return len(text) <= DATE_TEXT and bool(date_in(text) or month_day_in(text))


def _lesser_day(shown: str, parts: Sequence[str]) -> tuple[date | None, MonthDay | None]:
    """Where no whole date stands beside the link: one within it, else a month and a day."""
    day = next(filter(None, map(date_in, parts)), None)
    if day:
        return day, None
    return None, next(filter(None, map(month_day_in, (shown.replace("置顶", ""), *parts))), None)


def _welcome_lines(lines: Sequence[ListItem], url: str, recipe: Recipe) -> tuple[ListItem, ...]:
    """The lines whose site the list may speak for, each address once."""
    sites = [line.url.split("/", 3)[2] for line in lines]
    welcome = {site for site in set(sites) if _is_welcome(site, url, recipe)}
    return tuple(
        {line.url: line for line, site in zip(lines, sites, strict=True) if site in welcome}.values()
    )


def _is_welcome(site: str, url: str, recipe: Recipe) -> bool:
    """Whether it is any government's site, the list's own house's, or one that is named."""
    host = host_of(f"http://{site}")
    return (
        host.endswith(".gov.cn")
        or registered_host(host) == registered_host(host_of(url))
        or host in recipe.hosts
    )


def _found_lines(groups: Sequence[Rows], url: str, recipe: Recipe) -> list[ListItem]:
    """The lines of the container that holds most; where the family's addresses are known, most of those.

    A line of that container belongs whatever its address: a list may link to a PDF or to another house.
    """
    own = [rows for rows in groups if any(is_own(link, recipe) for link, *_ in rows.values())]
    lists = [
        [line for row, links in rows.items() if (line := _line(row, url, recipe, links))]
        for rows in own or groups
    ]
    if len(lists) == 1:
        return lists[0]
    return max(lists, key=lambda lines: _weight(lines, recipe), default=[])


def _weight(lines: list[ListItem], recipe: Recipe) -> tuple[int, int]:
    own = [line for line in lines if recipe.links and recipe.links.search(line.url)]
    counted = own or lines
    dated = sum(bool(line.published or line.month_day) for line in counted)
    return dated, sum(len(line.title) for line in counted)
