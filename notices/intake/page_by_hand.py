"""One page that staff name by its address: fetched as politely as a poll would, read as a detail page."""

from dataclasses import replace
from urllib.parse import urlsplit

from notices.intake.answers import Answer, Failed, Fetched, Throttled
from notices.intake.attachments import is_file
from notices.intake.by_hand import Draft
from notices.intake.confined import confined
from notices.intake.cpu_budget import TooSlow
from notices.intake.detail import NOT_A_PAGE, NoPage, Page
from notices.intake.family_signs import GENERIC
from notices.intake.file_by_hand import draft_of_file
from notices.intake.hosts import host_of, registered_host
from notices.intake.manners import LEGACY, Request
from notices.intake.polling import manners_from_settings
from notices.intake.probe_visits import SiteTaken, SiteVisit, visiting
from notices.intake.troubles import Why, explain
from notices.intake.untitled_page import read_untitled
from notices.lexicon.host_regions import region_of_host
from notices.models import Source

UNPINNED = "旧式加密的网站要先作为来源试取并登记指纹，再收录它的网页；也可以改为粘贴文字或上传文件"


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
        advice = f"；{UNPINNED}" if answer.why is Why.TLS else ""
        raise NotFetched(explain(answer.why, answer.detail) + advice)
    raise NotFetched(explain(Why.THROTTLED if isinstance(answer, Throttled) else Why.BROKEN_ANSWER))


def _answer(url: str, site: SiteVisit) -> Answer:
    """What the site gives, robots.txt heeded; one of old encryption only where a source has its pin."""
    old = _neighbour(url, tls_profile=LEGACY)
    request = Request(url, tls=LEGACY, pin=old.tls_pin) if old and old.tls_pin else Request(url)
    return site.objection(request) or site.fetch(request)


def _read(url: str, answer: Fetched) -> Draft:
    near = _neighbour(url)
    try:
        page = confined(read_untitled, answer, *((near.family, near.recipe) if near else (GENERIC, {})))
    except TooSlow as slow:
        raise NotFetched(explain(Why.TOO_SLOW)) from slow
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


def _neighbour(url: str, **columns: str) -> Source | None:
    """A source of the same house with these columns, first one of the same host."""
    host, house = host_of(url), registered_host(host_of(url))
    near = Source.objects.filter(url__contains=house, **columns).order_by("-enabled", "pk")
    at_home = [source for source in near if registered_host(host_of(source.url)) == house]
    return min(at_home, key=lambda source: host_of(source.url) != host, default=None)


def _placed(draft: Draft) -> Draft:
    """The draft with the region that its host tells, else that of a source of the same host."""
    host = host_of(draft.url)
    near = Source.objects.filter(url__contains=f"//{host}/").values_list("region", flat=True).first()
    return replace(draft, region=region_of_host(host) or near)
