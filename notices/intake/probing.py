"""Trying an address before it becomes a source: what it is, what it gives, and whether we have it already.

Saves no source and no item. It visits a site as a poll does (`probe_visits`).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings

from config.clock import SHANGHAI
from notices.intake.answers import Failed, Fetched, NotModified, Throttled
from notices.intake.blank_pages import told_apart
from notices.intake.confined import confined
from notices.intake.cpu_budget import TooSlow
from notices.intake.decoding import decode
from notices.intake.families import parse_list
from notices.intake.family_signs import GENERIC
from notices.intake.hosts import host_of
from notices.intake.known_sources import sources_like
from notices.intake.listing import ListPage, NeedsMore, NoRows
from notices.intake.manners import LEGACY, Request
from notices.intake.page_trial import Look, Trial, excerpt_of, look_at
from notices.intake.polling import manners_from_settings
from notices.intake.probe_results import ProbeResult
from notices.intake.probe_visits import SiteTaken, SiteVisit, visiting
from notices.intake.recipes import BadRecipe, recipe_of
from notices.intake.troubles import Why, explain
from notices.lexicon.host_regions import region_of_host, region_of_title
from notices.list_address import RSSHUB, check_list_address, list_url

ALLOWED = "允许"
OWN = "不适用（运维自己的 RSSHub）"
KEPT_OUT = "robots.txt 不允许取这个列表；确有必要时，写明不理会 robots.txt 的理由后再试取"


def probe(
    url: str,
    now: datetime,
    *,
    family: str = "",
    recipe: Mapping[str, Any] | None = None,
    despite_robots: bool = False,
    known_as: int | None = None,
) -> ProbeResult:
    """Fetch and read the list at `url` as a source of that family and recipe would be.

    Without `family` the page tells it. A list that robots.txt keeps from us is fetched only where staff say
    so. Every failure is words in the result, a recipe that cannot be used too, and then the page's excerpt
    shows what it should fit. `known_as`: the id of the source that it is already.
    """
    found = ProbeResult(url, now.astimezone(SHANGHAI).date(), region=region_of_host(host_of(url)))
    own, wrong = _usable(family, recipe or {})
    try:
        check_list_address(url)
        address = list_url(url, own, settings.RSSHUB_BASE)
    except ValueError as error:
        return replace(found, why=Why.BAD_URL, trouble=str(error))
    try:
        heed = not despite_robots and not url.startswith(RSSHUB)
        with visiting(address, manners_from_settings(), heed=heed) as site:
            found = _asked(found, address, family, own, site, heed=not despite_robots)
    except SiteTaken as taken:
        return replace(found, why=Why.THROTTLED, trouble=str(taken))
    if wrong:
        return replace(found, why=Why.BAD_RECIPE, trouble=wrong, items=())
    return (
        found
        if found.trouble == KEPT_OUT
        else replace(found, duplicates=sources_like(url, found.items, known_as))
    )


def _asked(
    found: ProbeResult, address: str, family: str, own: dict[str, Any], site: SiteVisit, *, heed: bool
) -> ProbeResult:
    """What robots.txt says, and what the list brings where it lets us in."""
    if found.asked.startswith(RSSHUB):
        return _visited(replace(found, robots=OWN), address, family, own, site)
    against = site.objection(Request(address))
    if against and against.why is Why.TLS:
        against = site.objection(Request(address, tls=LEGACY))
    found = replace(found, robots=_robots_words(against))
    if against and (heed or against.why is not Why.ROBOTS):
        words = KEPT_OUT if against.why is Why.ROBOTS else explain(against.why, against.detail)
        return replace(found, why=against.why, trouble=words)
    return _visited(found, address, family, own, site)


def _robots_words(against: Failed | None) -> str:
    if against is None:
        return ALLOWED
    if against.why is Why.ROBOTS:
        return f"不允许（{against.detail}）"
    return "没有读到，这时按不允许处理（RFC 9309）"


def _usable(family: str, recipe: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The recipe, or an empty one and what is wrong with the one that was given."""
    try:
        recipe_of(family or GENERIC, recipe)
    except BadRecipe as wrong:
        return {}, str(wrong)
    return dict(recipe), ""


def _visited(
    found: ProbeResult, address: str, family: str, own: dict[str, Any], site: SiteVisit
) -> ProbeResult:
    """What the list's page brings; a site of old encryption is asked once more in its own way."""
    answer = site.fetch(Request(address))
    if isinstance(answer, Failed) and answer.why is Why.TLS:
        older = site.fetch(Request(address, tls=LEGACY))
        if isinstance(older, Fetched):
            found, answer = replace(found, tls_profile=LEGACY, tls_pin=older.fingerprint), older
    if not isinstance(answer, Fetched):
        return _failed(found, answer)
    try:
        look = confined(look_at, answer, own, found.today, family)
        if isinstance(look.trial.outcome, NeedsMore):
            rest = _rest(look.trial, look.trial.outcome, own, found, site)
            look = replace(look, trial=Trial(look.trial.family, rest))
    except TooSlow:
        return replace(found, why=Why.TOO_SLOW, trouble=explain(Why.TOO_SLOW))
    return _read(found, answer, look)


def _rest(
    trial: Trial, more: NeedsMore, own: dict[str, Any], found: ProbeResult, site: SiteVisit
) -> ListPage | NeedsMore | NoRows:
    """The lines that a shell's second request brings."""
    answer = site.fetch(_second(more, found))
    if isinstance(answer, Fetched):
        return confined(parse_list, trial.family, answer, own, base=more.base, today=found.today)
    return NoRows(answer.why if isinstance(answer, Failed) else Why.THROTTLED, f"第二次请求 {more.url}")


def _second(more: NeedsMore, found: ProbeResult) -> Request:
    return Request(more.url, form=more.form, referer=more.base, tls=found.tls_profile, pin=found.tls_pin)


def _read(found: ProbeResult, answer: Fetched, look: Look) -> ProbeResult:
    """What the page gave."""
    found = replace(
        found,
        url=answer.url,
        moved_to=answer.moved_to,
        title=look.title,
        region=found.region or region_of_title(look.title),
        family=look.trial.family,
        told_family=look.told_family,
        encoding=look.encoding,
        feeds=look.feeds,
        excerpt=look.excerpt,
    )
    match look.trial.outcome:
        case ListPage(items=items, next_url=next_url):
            return replace(found, items=items, next_url=next_url or "")
        case NeedsMore(url=url):
            return replace(
                found, why=Why.CONTAINER_GONE, trouble=explain(Why.CONTAINER_GONE, f"又要求请求 {url}")
            )
        case NoRows() as nothing:
            told = told_apart(answer, nothing)
            return replace(found, why=told.why, trouble=explain(told.why, told.detail))


def _failed(found: ProbeResult, answer: Failed | Throttled | NotModified) -> ProbeResult:
    """Why no page came, with the beginning of what came in its place."""
    match answer:
        case Failed(why=why, detail=detail, page=page):
            shown = excerpt_of(decode(page.body, page.content_type)) if page else ""
            return replace(found, why=why, trouble=explain(why, detail), excerpt=shown)
        case Throttled(after=after):
            words = explain(Why.THROTTLED, f"{after:.0f} 秒后")
            return replace(found, why=Why.THROTTLED, trouble=words)
        case NotModified():
            return replace(found, why=Why.BROKEN_ANSWER, trouble=explain(Why.BROKEN_ANSWER, "HTTP 304"))
