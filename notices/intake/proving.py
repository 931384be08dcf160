"""Proving a shipped source where it will be polled: two looks, apart, that show the same list.

The bar is that of facts/feeds.md A1: a page that can be read, five lines, four in five with a day, the newest
within 400 days, and the same lines when it is looked at again. What was known of a site may be old, so a list
that does not pass as told is tried without its own selectors, then as the page itself tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from config.clock import SHANGHAI
from notices.intake.identity import url_key
from notices.intake.probe_results import ProbeResult
from notices.intake.probing import probe
from notices.models import Found, Proving, Source

LINE_KEYS = frozenset({"rows", "link", "title", "date", "next", "container", "links"})
SAME = 0.8  # of the shorter list: between two looks a list may gain a line and push one out


@dataclass(frozen=True, slots=True)
class Passed:
    """A list that may go live, and how it is read."""

    family: str
    recipe: dict[str, Any]
    found: ProbeResult

    @property
    def lines(self) -> list[str]:
        """The identities of what it shows."""
        return [url_key(item.url) for item in self.found.items]


@dataclass(frozen=True, slots=True)
class NotPassed:
    """A list that may not, and why, in Chinese."""

    why: str


def look(source: Source, now: datetime) -> Passed | NotPassed:
    """One look at a source's list. Saves nothing. Says what was wrong with the list as it was told."""
    first = ""
    for family, recipe in ways(source.family, source.recipe):
        found = probe(source.url, now, family=family, recipe=recipe, known_as=source.pk)
        why = objection(found)
        if not why:
            return Passed(found.family, recipe, found)
        first = first or why
        if not found.excerpt:
            break  # no page came: another way to read it changes nothing
    return NotPassed(first)


def ways(family: str, recipe: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """How a list may be read: as told; found by its links; as the page tells."""
    yield family, dict(recipe)
    plain = {key: value for key, value in recipe.items() if key not in LINE_KEYS}
    if plain != recipe:
        yield family, plain
    yield "", plain


def objection(found: ProbeResult) -> str:
    """Why a list may not go live, in Chinese; empty when it may."""
    if found.trouble:
        return found.trouble
    if found.tls_profile:
        return f"网站只会旧式加密，须由人核对证书指纹 {found.tls_pin} 后启用"
    if found.duplicates:
        return "与已有来源重复：" + "、".join(one.name for one in found.duplicates)
    return "；".join(found.shortcomings)


def same_list(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether two looks showed one list."""
    shorter = min(len(set(before)), len(set(after)))
    return bool(shorter) and len(set(before) & set(after)) >= SAME * shorter


def settle(proving: Proving, seen: Passed | NotPassed, now: datetime, *, switch_on: bool) -> Proving:
    """Record a look in one transaction. The second that shows the same list proves the source."""
    proving.tried_at = now
    match seen:
        case NotPassed(why=why):
            proving.found, proving.why, proving.lines = Found.FAILED, why, []
        case Passed() if proving.found != Found.ONCE:
            proving.found, proving.why, proving.lines = Found.ONCE, "", seen.lines
        case Passed() if not same_list(proving.lines, seen.lines):
            proving.found, proving.lines = Found.FAILED, []
            proving.why = "两次取到的不是同一份列表，网站可能轮流给出不同的页面"
        case Passed():
            proving.found, proving.lines = Found.PROVEN, []
            proving.proven_on = now.astimezone(SHANGHAI).date()
            return _proven(proving, seen, now, switch_on=switch_on)
    proving.save()
    return proving


def _proven(proving: Proving, seen: Passed, now: datetime, *, switch_on: bool) -> Proving:
    """Keep how it is read, and switch it on the first time; after that it is staff who decide."""
    source = proving.source
    first = switch_on and not source.enabled and proving.switched_on_at is None
    if first:
        proving.switched_on_at = now
        source.enabled, source.family, source.recipe = True, seen.family, seen.recipe
    with transaction.atomic():
        proving.save()
        if first:
            source.save(update_fields=["enabled", "family", "recipe"])
    return proving
