"""What may mend a source that changed, proposed to staff and done only when they accept it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from config.clock import SHANGHAI
from notices.intake import cpu_budget, titles_elsewhere
from notices.intake.answers import Fetched
from notices.intake.confined import confined
from notices.intake.decoding import decode
from notices.intake.doubts import Doubt
from notices.intake.families import ADAPTERS, parse_list
from notices.intake.families.html_list import read_tree
from notices.intake.family_signs import GENERIC
from notices.intake.kept_pages import unpack
from notices.intake.listing import ListItem, ListPage, NoRows
from notices.intake.shapes import Shape
from notices.intake.source_states import Sign
from notices.intake.troubles import Why
from notices.models import Incident, Source

# What another adapter or recipe may mend.
OF_THE_PAGE = frozenset({
    Why.CONTAINER_GONE, Why.NO_ITEMS, Why.WRONG_TYPE, Why.HTML_INSTEAD, Why.BROKEN_FEED, Why.BAD_RECIPE,
    Doubt.UNDATED, Doubt.COUNT_JUMP,
})  # fmt: skip
OF_THE_SHAPE = frozenset({Doubt.UNDATED, Doubt.COUNT_JUMP, Doubt.FOREIGN_HOST})
FEWEST, DATED = 5, 0.8  # lines, and the share of them with a date, that make a list (facts/feeds.md A1)
SHOWN = 10
# Families whose lists are pages, and whose articles are read by marks of their own.
HTML = frozenset({"trs", "ucap", "longxun", "gkmlpt", "generic"})
AFRESH: dict[str, Any] = {
    "next_poll_at": None, "etag": "", "last_modified": "", "items_hash": "", "moved_to": "", "moved_seen": 0,
}  # fmt: skip
ALLOWED = frozenset({"family", "recipe", "url", "tls_pin"})  # columns of a source that a repair may change


class Reading(NamedTuple):
    """A way to read a page, and the lines that it gives."""

    family: str
    recipe: dict[str, Any]
    lines: tuple[ListItem, ...]


def proposal(source: Source, sign: Sign, now: datetime) -> dict[str, Any] | None:
    """A repair as JSON: the columns of the source to change, and the `items` that it would then give."""
    match sign.kind:
        case Doubt.MOVED | Why.MOVED_AWAY:
            return {"url": sign.detail, "items": []}
        case Why.CHANGED_CERTIFICATE:
            return {"tls_pin": sign.detail, "items": []}
        case kind if kind in OF_THE_PAGE and sign.page:
            return _found_reading(source, sign.page, now.astimezone(SHANGHAI).date())
        case _:
            return None


def accept(incident: Incident, now: datetime) -> None:
    """Change the source as proposed, poll it soon and in full, and close the incident."""
    source = incident.source
    told = {name: value for name, value in (incident.proposal or {}).items() if name in ALLOWED}
    for name, value in told.items():
        setattr(source, name, value)
    source.full_clean(exclude=["slug"])
    for name, value in AFRESH.items():
        setattr(source, name, value)
    source.save(update_fields=[*told, *AFRESH])  # what a poll is writing meanwhile stays
    incident.closed_at = now
    incident.note = f"{incident.note}\n已采用修复建议。".strip()
    incident.save(update_fields=["closed_at", "note"])


def take_as_usual(incident: Incident, now: datetime) -> None:
    """What looks odd about the list is how it is from now on; closes the incident."""
    source = incident.source
    source.usual = _shape_now(incident, now.astimezone(SHANGHAI).date())
    source.doubts = {}
    source.save(update_fields=["usual", "doubts"])
    incident.closed_at = now
    incident.note = f"{incident.note}\n已照此为常。".strip()
    incident.save(update_fields=["closed_at", "note"])


def _shape_now(incident: Incident, today: date) -> dict[str, Any]:
    """The shape of the list on the incident's page; nothing where it cannot be read: the next poll tells."""
    if incident.after is None:
        return {}
    source = incident.source
    headers = {"content-type": incident.after_type}
    page = Fetched(source.url, 200, headers, unpack(bytes(incident.after)))
    try:
        found = confined(parse_list, source.family, page, source.recipe, today=today)
    except cpu_budget.TooSlow:
        return {}
    return Shape.of(found.items).as_json if isinstance(found, ListPage) else {}


def _found_reading(source: Source, page: Fetched, today: date) -> dict[str, Any] | None:
    """Another reading, if one is found in the time that a page may take."""
    try:
        with cpu_budget.within(cpu_budget.PER_PAGE):
            return _another_reading(source, page, today)
    except cpu_budget.TooSlow:
        return None


def _another_reading(source: Source, page: Fetched, today: date) -> dict[str, Any] | None:
    """The page as another family reads it by its defaults: the reading with most dated lines, if a list and
    if it gives more than the source's own way, which a doubt leaves working.
    """
    best = max(_readings(source, page, today), key=lambda reading: _worth(reading.lines), default=None)
    own = parse_list(source.family, page, source.recipe, today=today)
    if best is None or (isinstance(own, ListPage) and _worth(best.lines) <= _worth(own.items)):
        return None
    items = [
        {"title": line.title, "url": line.url, "published": line.published and line.published.isoformat()}
        for line in best.lines[:SHOWN]
    ]
    return {"family": best.family, "recipe": best.recipe, "items": items, "count": len(best.lines)}


def _worth(lines: tuple[ListItem, ...]) -> tuple[int, int]:
    return _dated(lines), len(lines)


def _readings(source: Source, page: Fetched, today: date) -> Iterator[Reading]:
    for family, recipe in _ways(source, page):
        if (family, recipe) == (source.family, source.recipe):
            continue  # that is what failed
        found = parse_list(family, page, recipe, today=today)
        if isinstance(found, ListPage) and _is_list(found.items):
            yield Reading(family, recipe, found.items)


def _ways(source: Source, page: Fetched) -> Iterator[tuple[str, dict[str, Any]]]:
    """By each family's defaults; and where links name no document, with the titles from beside them."""
    kept = _kept(source.recipe)
    yield from ((family, kept) for family in ADAPTERS)
    root = read_tree(decode(page.body, page.content_type, kept.get("charset", "")))
    beside = {} if isinstance(root, NoRows) else titles_elsewhere.recipe_for(root)
    if beside:
        yield source.family if source.family in HTML else GENERIC, {**kept, **beside}


def _kept(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """What of a recipe is true of any design: the encoding, and whose links are its own."""
    return {name: recipe[name] for name in ("charset", "hosts") if name in recipe}


def _is_list(lines: tuple[ListItem, ...]) -> bool:
    named = sum(not titles_elsewhere.names_nothing(line.title) for line in lines)
    return named >= FEWEST and named == len(lines) and _dated(lines) >= DATED * len(lines)


def _dated(lines: tuple[ListItem, ...]) -> int:
    return sum(line.published is not None for line in lines)
