"""Which links of a page stand together as the lines of one list. Pure.

A row is the largest piece of the page that holds one article's link and no other; rows that stand in one
container, or in containers side by side, are one group.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from notices.intake.recipes import Recipe
from notices.intake.tree import Element, text_of

# A row never grows to one of these.
WHOLES = frozenset(["ul", "ol", "dl", "table", "tbody", "body", "form", "html"])
SHORTEST_TITLE = 6  # characters; links of navigation are shorter, titles of documents are not
NO_ARTICLE = ("#", "javascript:", "mailto:")

Rows = Mapping[Element, Sequence[Element]]
Place = tuple[object, ...]


def groups_of(root: Element, recipe: Recipe) -> list[Rows]:
    """The rows of each group, every row with its article links."""
    links = [link for link in root.iter("a") if _is_article(link, recipe)]
    groups: dict[Place, dict[Element, list[Element]]] = defaultdict(lambda: defaultdict(list))
    places: dict[Element | None, Place] = {}
    for row, link in _rows_around(links):
        container = row.getparent()
        if container not in places:
            places[container] = _place(container)
        groups[(*places[container], row.tag)][row].append(link)
    return list(groups.values())


def is_own(link: Element, recipe: Recipe) -> bool:
    """Whether a link has an address as the recipe's family gives them to its articles."""
    return bool(recipe.links and recipe.links.search(link.get("href") or ""))


def _is_article(link: Element, recipe: Recipe) -> bool:
    href = link.get("href")
    if href is None or href.startswith(NO_ARTICLE):
        return False
    if len(text_of(link).strip()) >= SHORTEST_TITLE or len(link.get("title") or "") >= SHORTEST_TITLE:
        return True
    return bool(recipe.links and recipe.links.search(href))


def _rows_around(links: Sequence[Element]) -> Iterator[tuple[Element, Element]]:
    """For each link the largest ancestor that holds no other article's link."""
    crowded = _crowded(links)
    for link in links:
        row = link
        for outer in link.iterancestors():
            if outer in crowded or outer.tag in WHOLES:
                break
            row = outer
        yield row, link


def _crowded(links: Sequence[Element]) -> set[Element]:
    """The elements that hold links to more than one address."""
    crowded: set[Element] = set()
    held: dict[Element, str] = {}
    for link in links:
        href = link.get("href") or ""
        for outer in link.iterancestors():
            if outer in crowded:
                break  # and so is all that it stands in
            if held.setdefault(outer, href) != href:
                crowded.add(outer)
                crowded.update(outer.iterancestors())
                break
    return crowded


def _place(container: Element | None) -> Place:
    """Where rows stand. Lists are often cut into several <ul>; those of one parent are one place."""
    if container is None:
        return ()
    return (container.getparent(), container.tag, container.get("class"))
