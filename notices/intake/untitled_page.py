"""A detail page of which no list told the title: by its headings, where its labels do not say. Pure."""

from collections.abc import Mapping
from typing import Any

from notices.intake.answers import Fetched
from notices.intake.decoding import decode
from notices.intake.detail import HEADING, PARTS, WINDOW_TITLE, NoPage, Page, read_page
from notices.intake.recipes import Recipe, recipe_of
from notices.intake.tree import clean, elements, parse_html, text_at, text_of
from notices.reading.titles import best_title


def read_untitled(answer: Fetched, family: str, own: Mapping[str, Any]) -> Page | NoPage:
    """The notice on a fetched page, read by a family and a source's `own` recipe."""
    recipe = recipe_of(family, own)
    return read_page(answer, recipe, _title(answer, recipe))


def _title(answer: Fetched, recipe: Recipe) -> str:
    root = parse_html(decode(answer.body, answer.content_type, recipe.charset))
    if root is None:
        return ""
    shown = [clean(text_of(heading)) for heading in elements(HEADING, root)]
    return best_title([*shown, *(clean(part) for part in PARTS.split(text_at(WINDOW_TITLE, root)))])
