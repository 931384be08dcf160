"""Trying an address before it becomes a source: what it is, what it gives, and whether we have it already.

Saves nothing. Uses the crawler with its usual manners, so robots.txt is asked first and hosts keep their gap.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings

from config.clock import SHANGHAI
from notices.intake.answers import Answer, Failed, Fetched, NotModified, Throttled
from notices.intake.blank_pages import told_apart
from notices.intake.decoding import decode
from notices.intake.families import parse_list
from notices.intake.family_signs import GENERIC
from notices.intake.fetching import Crawler
from notices.intake.host_regions import region_of_host
from notices.intake.hosts import host_of
from notices.intake.known_sources import sources_like
from notices.intake.listing import ListPage, NeedsMore, NoRows
from notices.intake.manners import LEGACY, Request
from notices.intake.page_trial import (
    Trial,
    charset_of,
    encoding_of_page,
    excerpt_of,
    feeds_named,
    title_of,
    try_page,
)
from notices.intake.polling import manners_from_settings
from notices.intake.probe_results import ProbeResult
from notices.intake.recipes import BadRecipe, recipe_of
from notices.intake.robots import Allowed, Disallowed, rules_of_answer
from notices.intake.robots import address as robots_address
from notices.intake.troubles import Why, explain
from notices.list_address import check_list_address, list_url

ALLOWED = "允许"
KEPT_OUT = "robots.txt 不允许取这个列表；确有必要时，写明不理会 robots.txt 的理由后再试取"


def probe(
    url: str,
    now: datetime,
    *,
    family: str = "",
    recipe: Mapping[str, Any] | None = None,
    despite_robots: bool = False,
) -> ProbeResult:
    """Fetch and read the list at `url` as a source of that family and recipe would be.

    Without `family` the page tells it. A list that robots.txt keeps from us is fetched only where staff say
    so. Every failure is words in the result, a recipe that cannot be used too, and then the page's excerpt
    shows what it should fit.
    """
    found = ProbeResult(url, now.astimezone(SHANGHAI).date(), region=region_of_host(host_of(url)))
    own, wrong = _usable(family, recipe or {})
    try:
        check_list_address(url)
        address = list_url(url, own, settings.RSSHUB_BASE)
    except ValueError as error:
        return replace(found, trouble=str(error))
    with Crawler(manners_from_settings()) as crawler:
        robots = _robots(crawler, address)
        found = replace(found, robots=ALLOWED if isinstance(robots, Allowed) else f"不允许（{robots.rule}）")
        if isinstance(robots, Disallowed) and not despite_robots:
            return replace(found, trouble=wrong or KEPT_OUT)
        found = _visited(found, address, family, own, crawler)
    if wrong:
        return replace(found, trouble=wrong, items=())
    return replace(found, duplicates=sources_like(url, found.items))


def _usable(family: str, recipe: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The recipe, or an empty one and what is wrong with the one that was given."""
    try:
        recipe_of(family or GENERIC, recipe)
    except BadRecipe as wrong:
        return {}, str(wrong)
    return dict(recipe), ""


def _robots(crawler: Crawler, address: str) -> Allowed | Disallowed:
    """What the site's robots.txt says; a site of old encryption is asked for it in its own way."""
    [answer] = crawler.fetch([Request(robots_address(address))])
    if isinstance(answer, Failed) and answer.why is Why.TLS:
        [answer] = crawler.fetch([Request(robots_address(address), tls=LEGACY)])
    return rules_of_answer(answer, crawler.manners.agent).verdict(address)


def _visited(
    found: ProbeResult, address: str, family: str, own: dict[str, Any], crawler: Crawler
) -> ProbeResult:
    """What the list's page brings; a site of old encryption is asked once more in its own way."""
    [answer] = crawler.fetch([Request(address)])
    if isinstance(answer, Failed) and answer.why is Why.TLS:
        [older] = crawler.fetch([Request(address, tls=LEGACY)])
        if isinstance(older, Fetched):
            found, answer = replace(found, tls_profile=LEGACY, tls_pin=older.fingerprint), older
    if not isinstance(answer, Fetched):
        return replace(found, trouble=failure_words(answer))
    trial = try_page(answer, own, found.today, family)
    if isinstance(trial.outcome, NeedsMore):
        trial = Trial(trial.family, _rest(trial, trial.outcome, own, found, crawler))
    return _read(found, answer, trial, own)


def _rest(
    trial: Trial, more: NeedsMore, own: dict[str, Any], found: ProbeResult, crawler: Crawler
) -> ListPage | NeedsMore | NoRows:
    """The lines that a shell's second request brings."""
    [answer] = crawler.fetch([_second(more, found)])
    if isinstance(answer, Fetched):
        return parse_list(trial.family, answer, own, base=more.base, today=found.today)
    return NoRows(answer.why if isinstance(answer, Failed) else Why.THROTTLED, f"第二次请求 {more.url}")


def _second(more: NeedsMore, found: ProbeResult) -> Request:
    return Request(more.url, form=more.form, referer=more.base, tls=found.tls_profile, pin=found.tls_pin)


def _read(found: ProbeResult, answer: Fetched, trial: Trial, own: dict[str, Any]) -> ProbeResult:
    """What the page gave."""
    text = decode(answer.body, answer.content_type, charset_of(own))
    found = replace(
        found,
        url=answer.url,
        moved_to=answer.moved_to,
        title=title_of(text),
        family=trial.family,
        encoding=encoding_of_page(answer, own),
        feeds=feeds_named(text, answer.url),
        excerpt=excerpt_of(text),
    )
    match trial.outcome:
        case ListPage(items=items, next_url=next_url):
            return replace(found, items=items, next_url=next_url or "")
        case NeedsMore(url=url):
            return replace(found, trouble=explain(Why.CONTAINER_GONE, f"又要求请求 {url}"))
        case NoRows() as nothing:
            told = told_apart(answer, nothing)
            return replace(found, trouble=explain(told.why, told.detail))


def failure_words(answer: Answer) -> str:
    """Why no page came, in Chinese."""
    match answer:
        case Failed(why=why, detail=detail):
            return explain(why, detail)
        case Throttled(after=after):
            return explain(Why.THROTTLED, f"{after:.0f} 秒后")
        case NotModified() | Fetched():
            return explain(Why.BROKEN_ANSWER, "HTTP 304")
