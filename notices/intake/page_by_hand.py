"""One page that staff name by its address: fetched as politely as a poll would, read as a detail page."""

from dataclasses import replace
from urllib.parse import urlsplit

from notices.intake.answers import Answer, Failed, Fetched, Throttled
from notices.intake.attachments import is_file
from notices.intake.by_hand import Draft
from notices.intake.decoding import decode
from notices.intake.detail import HEADING, NOT_A_PAGE, PARTS, WINDOW_TITLE, NoPage, Page, read_page
from notices.intake.family_signs import GENERIC
from notices.intake.file_by_hand import draft_of_file
from notices.intake.hosts import host_of, registered_host
from notices.intake.manners import LEGACY, Request
from notices.intake.polling import manners_from_settings
from notices.intake.probe_visits import SiteTaken, SiteVisit, visiting
from notices.intake.recipes import Recipe, recipe_of
from notices.intake.tree import clean, elements, parse_html, text_at, text_of
from notices.intake.troubles import Why, explain
from notices.lexicon.host_regions import region_of_host
from notices.models import Source
from notices.reading.titles import best_title


class NotFetched(Exception):
    """The page could not be had; the message says why, in Chinese."""


def draft_of_url(url: str) -> Draft:
    """The notice at an address; NotFetched where its site does not give it."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotFetched(explain(Why.BAD_URL))
    answer = _fetched(url)
    if is_file(answer.url) or NOT_A_PAGE.search(answer.content_type):
        return _placed(replace(draft_of_file(answer.url.rpartition("/")[2], answer.body), url=url))
    return _placed(_read(url, answer))


def _fetched(url: str) -> Fetched:
    try:
        with visiting(url, manners_from_settings()) as site:
            answer = _answer(url, site)
    except SiteTaken as taken:
        raise NotFetched(str(taken)) from taken
    if isinstance(answer, Fetched):
        return answer
    if isinstance(answer, Failed):
        raise NotFetched(explain(answer.why, answer.detail))
    raise NotFetched(explain(Why.THROTTLED if isinstance(answer, Throttled) else Why.BROKEN_ANSWER))


def _answer(url: str, site: SiteVisit) -> Answer:
    """What the site gives, robots.txt heeded; one of old encryption is asked in its own way."""
    against = site.objection(url)
    if against is not None:
        return against
    answer = site.fetch(Request(url))
    old = isinstance(answer, Failed) and answer.why is Why.TLS
    return site.fetch(Request(url, tls=LEGACY)) if old else answer


def _read(url: str, answer: Fetched) -> Draft:
    recipe = _recipe(url)
    page = read_page(answer, recipe, _title(answer, recipe))
    if isinstance(page, NoPage):
        raise NotFetched(explain(page.why, page.detail))
    return _draft(url, page)


def _draft(url: str, page: Page) -> Draft:
    return Draft(
        title=page.title,
        text=page.text,
        url=url,
        html=page.html,
        issuer=page.issuer_hint,
        published=page.published,
        attachments=page.attachments,
        meta=tuple(page.meta.items()),
    )


def _title(answer: Fetched, recipe: Recipe) -> str:
    """The title by the page's headings, for a page without ArticleTitle."""
    root = parse_html(decode(answer.body, answer.content_type, recipe.charset))
    if root is None:
        return ""
    shown = [clean(text_of(heading)) for heading in elements(HEADING, root)]
    return best_title([*shown, *(clean(part) for part in PARTS.split(text_at(WINDOW_TITLE, root)))])


def _recipe(url: str) -> Recipe:
    """That of a source of the same house, else the general one."""
    source = _neighbour(url)
    return recipe_of(source.family, source.recipe) if source else recipe_of(GENERIC, {})


def _neighbour(url: str) -> Source | None:
    house = registered_host(host_of(url))
    near = Source.objects.filter(url__contains=house).order_by("-enabled", "pk")
    return next((source for source in near if registered_host(host_of(source.url)) == house), None)


def _placed(draft: Draft) -> Draft:
    """The draft with the region that its host tells, else that of a source of the same host."""
    host = host_of(draft.url)
    near = Source.objects.filter(url__contains=f"//{host}/").values_list("region", flat=True).first()
    return replace(draft, region=region_of_host(host) or near)
