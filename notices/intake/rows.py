"""The lines of an HTML list: by the recipe's XPaths, else found by their links.

Without XPaths a line is the largest piece of the page that holds one article link and no other; lines stand
in one container, and the container with the most dated lines is the list, not the side bar.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from notices.intake.absolute import absolute
from notices.intake.dates import date_in, date_of_url, month_day_in
from notices.intake.hosts import host_of, registered_host
from notices.intake.listing import ListItem, MonthDay
from notices.intake.pins import without_pin
from notices.intake.recipes import Recipe
from notices.intake.tree import Element, clean, elements, text_at, text_of, xpath

LINKS = xpath(".//a[@href]")
# A line never grows to one of these.
WHOLES = frozenset(["ul", "ol", "dl", "table", "tbody", "body", "form", "html"])
DATE_TEXT = 20  # characters of a text that can be a date and nothing else
SHORTEST_TITLE = 6  # characters; links of navigation are shorter, titles of documents are not


def read_rows(root: Element, url: str, recipe: Recipe) -> tuple[ListItem, ...]:
    """The lines of a list page in their order, each address once."""
    if recipe.rows:
        lines = [line for row in elements(recipe.rows, root) if (line := _line(row, url, recipe))]
    else:
        lines = _found_lines(root, url, recipe)
    return tuple({line.url: line for line in lines if _belongs(line.url, url, recipe)}.values())


def _line(row: Element, base: str, recipe: Recipe, links: Sequence[Element] = ()) -> ListItem | None:
    """The line of a row; `links` are its article links where they are known already."""
    link = _link(row, recipe, links)
    if link is None:
        return None
    title, pinned = without_pin(clean(text_at(recipe.title, row)) if recipe.title else _title(link))
    address = absolute(base, (link.get("href") or "").strip())
    if not title or not address:
        return None
    shown, inside = _beside(row, link, recipe)
    day, month_day = _day(shown, inside)
    day = day or date_of_url(address)
    return ListItem(title, address, day, pinned or "置顶" in shown, None if day else month_day)


def _beside(row: Element, link: Element, recipe: Recipe) -> tuple[str, list[str]]:
    """Where a row says its day, and whether it is pinned: beside its link, else in a part of the link."""
    if recipe.date is not None:
        return text_at(recipe.date, row), []
    shown = "" if row is link else " ".join(_outside_links(row))
    return shown, [text_of(child) for child in link.iterdescendants()] if len(link) else []


def _outside_links(element: Element) -> Iterator[str]:
    """The texts of a row that are in none of its links."""
    if element.text:
        yield element.text
    for child in element:
        if child.tag != "a":
            yield from _outside_links(child)
        if child.tail:
            yield child.tail


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
    whole = shown if title == text else clean(title)
    if whole and len(whole) >= len(shown.rstrip(".… ")):
        return whole
    for child in link.iterdescendants("span", "b", "i", "em", "time", "font", "p"):
        if _is_date(child):
            shown = shown.replace(clean(text_of(child)), "", 1)
    return shown.strip(" ·•")


def _is_date(element: Element) -> bool:
    text = clean(text_of(element))
    return len(text) <= DATE_TEXT and bool(date_in(text) or month_day_in(text))


def _day(shown: str, inside: Sequence[str]) -> tuple[date | None, MonthDay | None]:
    """A whole date if there is one, outside the link before within it; else a month and a day."""
    short = [text for text in inside if len(text.strip()) <= DATE_TEXT]
    day = next(filter(None, map(date_in, (shown, *short))), None)
    if day:
        return day, None
    return None, next(filter(None, map(month_day_in, (shown.replace("置顶", ""), *short))), None)


def _belongs(address: str, base: str, recipe: Recipe) -> bool:
    """Whether the list may speak for this host: its own house, any government's, or one that is named."""
    host = host_of(address)
    at_home = registered_host(host) == registered_host(host_of(base))
    return at_home or host.endswith(".gov.cn") or host in recipe.hosts


def _found_lines(root: Element, url: str, recipe: Recipe) -> list[ListItem]:
    """The lines of the container that holds most; where the family's addresses are known, most of those.

    A line of that container belongs whatever its address: a list may link to a PDF or to another house.
    """
    links = [link for link in elements(LINKS, root) if _is_article(link, recipe)]
    groups: dict[tuple[object, ...], dict[Element, list[Element]]] = defaultdict(lambda: defaultdict(list))
    for row, link in _rows_around(links):
        groups[_place(row)][row].append(link)
    own = [rows for rows in groups.values() if any(_is_own(link, recipe) for (link, *_) in rows.values())]
    lists = [
        [line for row, links in rows.items() if (line := _line(row, url, recipe, links))]
        for rows in own or groups.values()
    ]
    return max(lists, key=lambda lines: _weight(lines, recipe), default=[])


def _is_own(link: Element, recipe: Recipe) -> bool:
    return bool(recipe.links and recipe.links.search(link.get("href") or ""))


def _is_article(link: Element, recipe: Recipe) -> bool:
    href = link.get("href") or ""
    if href.startswith(("#", "javascript:", "mailto:")):
        return False
    title = link.get("title") or ""
    if len(title) >= SHORTEST_TITLE or len(text_of(link).strip()) >= SHORTEST_TITLE:
        return True
    return _is_own(link, recipe)


def _rows_around(links: list[Element]) -> Iterator[tuple[Element, Element]]:
    """For each link the largest ancestor that holds no other article's link."""
    inside: dict[Element, set[str]] = defaultdict(set)
    for link in links:
        for outer in link.iterancestors():
            inside[outer].add(link.get("href") or "")
    for link in links:
        row = link
        for outer in link.iterancestors():
            if outer.tag in WHOLES or len(inside[outer]) > 1:
                break
            row = outer
        yield row, link


def _place(row: Element) -> tuple[object, ...]:
    """Where a row stands. Lists are often cut into several <ul>; those of one parent are one place."""
    container = row.getparent()
    if container is None:
        return (row.tag,)
    return (container.getparent(), container.tag, container.get("class"), row.tag)


def _weight(lines: list[ListItem], recipe: Recipe) -> tuple[int, int]:
    own = [line for line in lines if recipe.links and recipe.links.search(line.url)]
    counted = own or lines
    dated = sum(bool(line.published or line.month_day) for line in counted)
    return dated, sum(len(line.title) for line in counted)
