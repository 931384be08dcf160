"""Where the notice stands on its page: by marks in the source, by XPaths, else by density, else by a library.

Markers alone are right wherever they are known and find nothing on old table pages; density alone fails
half of the pages; the ladder of both reached F1 0.989 (facts/feeds.md C1).
"""

from notices.intake.density import densest
from notices.intake.furniture import strip_furniture
from notices.intake.library_body import by_library
from notices.intake.recipes import Recipe
from notices.intake.tree import Element, clean, elements, parse_html, text_of

LEAST = 10  # characters of a body; a marked element with less is an empty frame


def find_body(text: str, root: Element, title: str, recipe: Recipe) -> Element | None:
    """The element that holds the notice, furniture stripped; None for a page without a text."""
    body = _between_marks(text, recipe) if recipe.between else None
    body = body if body is not None else _marked(root, recipe)
    if body is None:
        whole = next(root.iter("body"), root)
        strip_furniture(whole)
        dense = densest(whole, title)
        return dense if dense is not None else by_library(text)
    strip_furniture(body)
    return body


def _between_marks(text: str, recipe: Recipe) -> Element | None:
    for begin, end in recipe.between:
        first = begin.search(text)
        last = end.search(text, first.end()) if first else None
        if first and last:
            body = parse_html(f"<div>{text[first.end() : last.start()]}</div>")
            if body is not None and _length(body) >= LEAST:
                return body
    return None


def _marked(root: Element, recipe: Recipe) -> Element | None:
    """By the first XPath that finds a filled element, the fullest of what it finds."""
    for path in recipe.body:
        fullest = max(elements(path, root), key=_length, default=None)
        if fullest is not None and _length(fullest) >= LEAST:
            return fullest
    return None


def _length(element: Element) -> int:
    return len(clean(text_of(element)))
