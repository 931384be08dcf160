"""What every family has in common: templates, the cut of a list into pages, and the shape of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.web.sites import Notice, Site
from demo.web.visits import Visit

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
RELATED = 4


@dataclass(frozen=True, slots=True)
class Document:
    """Text that a site answers with, before it is encoded."""

    text: str
    content_type: str = "text/html"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: its rows, which page it is (from 1), of how many, of how many rows in all."""

    rows: tuple[Notice, ...]
    page: int
    pages: int
    total: int


class Family(Protocol):
    """How one CMS serves a site."""

    def page_number(self, visit: Visit) -> int | None:
        """Which page of the site's list is asked for (from 1), or None where it is no list page."""

    def list_page(self, visit: Visit, shown: Listing) -> Document:
        """The list page (or feed)."""

    def detail_page(self, visit: Visit, notice: Notice) -> Document:
        """The page of one notice."""

    def service(self, visit: Visit) -> Document | None:  # noqa: ARG002 - for those who override it
        """What the CMS answers at its other addresses (JSON, XML, feeds), or None where there is nothing."""
        return None


def listing(site: Site, visible: Sequence[Notice], page: int) -> Listing | None:
    """The rows of that page, or None beyond the last. An empty list has one empty page."""
    pages = max(1, -(-len(visible) // site.per_page))
    if not 1 <= page <= pages:
        return None
    first = (page - 1) * site.per_page
    return Listing(tuple(visible[first : first + site.per_page]), page, pages, len(visible))


def related(site: Site, notice: Notice) -> tuple[Notice, ...]:
    """What stood on the list when the notice went up: so its page never changes by what comes later."""
    return tuple(other for other in site.notices if other.appears_at < notice.appears_at)[:RELATED]


def rendered(template: str, **values: object) -> str:
    """That template's text. A name that the template asks for and nobody gave raises UndefinedError."""
    return TEMPLATES.get_template(template).render(**values)


def detail(template: str, visit: Visit, notice: Notice) -> Document:
    """A notice's page by that template."""
    around = related(visit.site, notice)
    return Document(rendered(template, site=visit.site, notice=notice, related=around, now=visit.now))
