"""Any other list: by the XPaths of its own recipe, else found by its links and dates."""

from notices.intake.families.html_list import list_page
from notices.intake.listing import ListPage, NoRows
from notices.intake.recipes import Recipe


def parse_list(text: str, url: str, recipe: Recipe) -> ListPage | NoRows:
    """The lines of the list; the next page is linked."""
    return list_page(text, url, recipe)
