"""Detail pages with the text that a person would copy from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from demo.web.families import FAMILIES
from demo.web.sites import Notice, Site, load_sites
from demo.web.visits import Request, Visit
from notices.intake.decoding import decode

NOW = datetime.fromisoformat("2019-12-01T09:00:00+08:00")
KEPT = Path(__file__).parent.parent / "tests" / "intake" / "pages"
# Sites of this family publish a feed; their detail pages have no marks that the product knows.
UNMARKED = {"jeecms": "feed"}


@dataclass(frozen=True, slots=True)
class DetailPage:
    """A page as it is served, which family the product takes it for, and the notice's own text."""

    url: str
    family: str
    title: str
    html: str
    text: str


def demo_pages() -> Iterator[DetailPage]:
    """Every notice of the small web as each of its sites would show it."""
    sites = load_sites()
    notices = [notice for site in sites for notice in site.notices]
    for site in sites:
        for notice in notices:
            yield _demo_page(site, notice)


def kept_pages() -> Iterator[DetailPage]:
    """The detail pages of tests/intake; what a person would copy from each stands beside it."""
    for file in sorted(KEPT.glob("*_detail.html")):
        text = file.with_suffix(".txt").read_text(encoding="utf-8")
        title, family = text.split("\n", 1)[0], file.name.split("_")[0]
        named = {"jcms": "hanweb_jcms", "old": "trs"}.get(family, family)
        yield DetailPage("https://www.a.gov.cn/1.html", named, title, _decoded(file), text.split("\n", 1)[1])


def _decoded(file: Path) -> str:
    return decode(file.read_bytes())


def _demo_page(site: Site, notice: Notice) -> DetailPage:
    request = Request(site.scheme, site.host, notice.path, {})
    visit = Visit(site, request, site.visible(NOW), NOW)
    html = FAMILIES[site.family].detail_page(visit, notice).text
    files = [file.name for file in notice.attachments if file.name in html]
    return DetailPage(
        notice.url,
        UNMARKED.get(site.family, site.family),
        notice.title,
        html,
        "\n".join([notice.text, *files]),
    )
