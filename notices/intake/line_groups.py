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
    groups: dict[Place, dict[Element, list[Element]]] = defaultdict(dict)
    places: dict[Element | None, Place] = {}
    for row, container, link in rows_around(_article_links(root, recipe)):
        if container not in places:
            places[container] = _place(container)
        groups[(*places[container], row.tag)].setdefault(row, []).append(link)
    return list(groups.values())


def is_own(link: Element, recipe: Recipe) -> bool:
    """Whether a link has an address as the recipe's family gives them to its articles."""
    return bool(recipe.links and recipe.links.search(link.get("href") or ""))


def _article_links(root: Element, recipe: Recipe) -> list[Element]:
    """The links that can be of an article. One loop, the quick before the dear: each link is asked."""
    found, own = [], recipe.links
    for link in root.iter("a"):
        href = link.get("href")
        if href is None:
            continue
        text = link.text
        if (
            (text and len(text) >= SHORTEST_TITLE and len(text.strip()) >= SHORTEST_TITLE)
            or ((title := link.get("title")) and len(title) >= SHORTEST_TITLE)
            or (own and own.search(href))
            or (len(link) and len(text_of(link).strip()) >= SHORTEST_TITLE)
        ) and not href.startswith(NO_ARTICLE):
            found.append(link)
    return found


def rows_around(links: Sequence[Element]) -> Iterator[tuple[Element, Element | None, Element]]:
    """For each link the largest ancestor that holds no other article's link, and what that stands in."""
    crowded = _crowded(links)
    for link in links:
        row, outer = link, link.getparent()
        while outer is not None and outer not in crowded and outer.tag not in WHOLES:
            row, outer = outer, outer.getparent()
        yield row, outer, link


def _crowded(links: Sequence[Element]) -> set[Element]:
    """The elements that hold links to more than one address."""
    crowded: set[Element] = set()
    held: dict[Element, str] = {}
    for link in links:
        href, outer = link.get("href") or "", link.getparent()
        while outer is not None and outer not in crowded:  # what a crowded one stands in is crowded too
            if held.setdefault(outer, href) != href:
                crowded.add(outer)
                crowded.update(outer.iterancestors())
                break
            outer = outer.getparent()
    return crowded


def _place(container: Element | None) -> Place:
    """Where rows stand. Lists are often cut into several <ul>; those of one parent are one place."""
    if container is None:
        return ()
    return (container.getparent(), container.tag, container.get("class"))
