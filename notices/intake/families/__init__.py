"""One adapter per family of site: the text of a list becomes a `ListPage`, or the reason why it has no lines.

An adapter promises `parse_list(text, url, recipe) -> ListPage | NoRows`: pure, no network. One whose page is
only a shell answers `NeedsMore`: what to ask next. What a family
does by default stands as data in recipes.toml. The names are those of `notices.models.Family`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from lxml import etree

from notices.intake.answers import Fetched
from notices.intake.decoding import decode
from notices.intake.families import (
    feed,
    generic,
    gkmlpt,
    govcn_library,
    hanweb_jcms,
    hanweb_jpaas,
    longxun,
    trs,
    ucap,
)
from notices.intake.listing import ListPage, NeedsMore, NoRows
from notices.intake.recipes import BadRecipe, Recipe, recipe_of
from notices.intake.troubles import Why
from notices.intake.years import with_years
from notices.list_address import list_url

__all__ = ["ADAPTERS", "list_url", "parse_list"]

ADAPTERS: Mapping[str, Callable[[str, str, Recipe], ListPage | NeedsMore | NoRows]] = {
    "feed": feed.parse_list,
    "trs": trs.parse_list,
    "hanweb_jcms": hanweb_jcms.parse_list,
    "hanweb_jpaas": hanweb_jpaas.parse_list,
    "ucap": ucap.parse_list,
    "longxun": longxun.parse_list,
    "gkmlpt": gkmlpt.parse_list,
    "govcn_library": govcn_library.parse_list,
    "generic": generic.parse_list,
}
LONGEST_TITLE, LONGEST_URL = 500, 1000  # characters


def parse_list(
    family: str,
    answer: Fetched,
    own: Mapping[str, Any],
    base: str = "",
    *,
    today: date | None = None,
    known_look: str = "",
) -> ListPage | NeedsMore | NoRows:
    """The lines of a fetched list page, read by its family's adapter and the source's `own` recipe.

    `base` is the list's own page where `answer` came by a second request. `today`, in Shanghai, gives lists
    of month and day their years; without it they stay undated. Rows that have the `known_look` are not read.
    """
    try:
        recipe = recipe_of(family, own)
        recipe = replace(recipe, known_look=known_look) if known_look else recipe
    except BadRecipe as bad:
        return NoRows(Why.BAD_RECIPE, str(bad))
    text = decode(answer.body, answer.content_type, recipe.charset)
    try:
        page = _read(family, text, answer.url, base, recipe)
    except etree.XPathError as error:
        return NoRows(Why.BAD_RECIPE, f"XPath 走到一半走不下去：{error}")
    return _fitting(page, today) if isinstance(page, ListPage) and page.items else page


def _read(family: str, text: str, url: str, base: str, recipe: Recipe) -> ListPage | NeedsMore | NoRows:
    if base and family == "hanweb_jpaas":
        return hanweb_jpaas.parse_unit(text, url, base, recipe)
    return ADAPTERS[family](text, url, recipe)


def _fitting(page: ListPage, today: date | None) -> ListPage | NoRows:
    """The lines as the columns hold them, so that they compare equal when they are seen again."""
    items = with_years(page.items, today) if today else page.items
    held = tuple(
        item if len(item.title) <= LONGEST_TITLE else item._replace(title=item.title[:LONGEST_TITLE])
        for item in items
        if len(item.url) <= LONGEST_URL and item.url.isprintable()
    )
    return replace(page, items=held) if held else NoRows(Why.NO_ITEMS, "链接都不能用")
