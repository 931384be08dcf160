"""Keeping what the lists of sources brought: many sources in few statements, state and items together."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, Field, IntegerField, TextField

from notices.intake import incidents
from notices.intake.answers import Failed, Fetched, Throttled
from notices.intake.doubts import Doubt
from notices.intake.flood import is_flood
from notices.intake.item_rows import NewItems, add_items, rename
from notices.intake.kinds_of_trouble import explain
from notices.intake.list_reading import Read, Unchanged, is_first_of_day
from notices.intake.listing import ListItem
from notices.intake.recognition import Recognised
from notices.intake.source_states import Change, Sign, failed, is_quiet, succeeded, throttled
from notices.intake.troubles import Why
from notices.models import KeptPage, Source

logger = logging.getLogger(__name__)

STATE = (
    "failures", "trouble", "last_success_at", "next_poll_at", "baseline_at", "etag", "last_modified",
    "items_hash", "usual", "doubts", "moved_to", "moved_seen",
)  # fmt: skip
LOOKS = ("etag", "last_modified", "items_hash")
KEEP_TIME = "UPDATE notices_source SET last_success_at = %s WHERE id IN ({ids})"
KEEP_LOOKS = """
UPDATE notices_source SET last_success_at = %s, etag = %s, last_modified = %s, items_hash = %s WHERE id = %s
"""
AS_IT_STANDS = (CharField, TextField, IntegerField)


@dataclass(frozen=True, slots=True)
class Polled:
    """What one source's poll brought; `trouble` is a line for staff that names the source."""

    new: int = 0
    baseline: int = 0
    held: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A list that was read: its first page, and the lines of all pages that were.

    `found`: which of them are new; None for a first poll, and where the lines are those of the last poll.
    `cut`: there were more pages to read back than could be.
    """

    first: Read = field(repr=False)
    lines: tuple[ListItem, ...]
    found: Recognised | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A source whose list has been dealt with, and how."""

    source: Source
    outcome: Unchanged | Gathered | Failed | Throttled


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written for one source."""

    source: Source
    change: Change
    polled: Polled = Polled()
    items: tuple[NewItems, ...] = ()
    found: Recognised | None = None
    well: Fetched | None = None


def record(ended: Sequence[Ended], now: datetime) -> list[Polled]:
    """Keep what came. Sources of which there is nothing to say share two statements."""
    quiet = {
        one.source.pk: one.outcome.columns
        for one in ended
        if isinstance(one.outcome, Unchanged) and is_quiet(one.source, one.outcome, now)
    }
    if quiet:
        _still_well([(one.source, quiet[one.source.pk]) for one in ended if one.source.pk in quiet], now)
    rest = [one for one in ended if one.source.pk not in quiet]
    return [Polled()] * len(quiet) + _record_together(rest, now)


def _still_well(quiet: Sequence[tuple[Source, Mapping[str, str]]], now: datetime) -> None:
    """Keep the time of success; and where a page looks otherwise with the same lines, what it looks like."""
    moment, same, others = connection.ops.adapt_datetimefield_value(now), [], []
    for source, columns in quiet:
        looks = [columns.get(name, getattr(source, name)) for name in LOOKS]
        if looks == [getattr(source, name) for name in LOOKS]:
            same.append(source.pk)
        else:
            others.append((moment, *looks, source.pk))
    with transaction.atomic(), connection.cursor() as cursor:
        if same:
            cursor.execute(KEEP_TIME.format(ids=", ".join(["%s"] * len(same))), [moment, *same])
        if others:
            cursor.executemany(KEEP_LOOKS, others)


def _record_together(ended: Sequence[Ended], now: datetime) -> list[Polled]:
    """All in one transaction; if one of them spoils it, each in its own."""
    try:
        return _write([_entry(one, now) for one in ended], now)
    except Exception as error:
        if len(ended) > 1:
            return [polled for one in ended for polled in _record_together([one], now)]
        (one,) = ended
        logger.exception("source %s", one.source.slug)
        fault = Ended(one.source, Failed(Why.OUR_FAULT, type(error).__name__))
        return _write([_entry(fault, now)], now)


def _write(entries: Sequence[Entry], now: datetime) -> list[Polled]:
    if not entries:
        return []
    with transaction.atomic():
        add_items([item for entry in entries for item in entry.items], now)
        for entry in entries:
            if entry.found:
                rename(entry.found, now)
        _set_states(entries)
        _tell(entries, now)  # first, so that an incident shows the page as it was before
        _keep_pages(entries, now)
    return [entry.polled for entry in entries]


def _entry(one: Ended, now: datetime) -> Entry:
    """What an outcome means for its source."""
    source = one.source
    match one.outcome:
        case Gathered() as gathered:
            return _gathered(source, gathered, now)
        case Unchanged(answer=answer, columns=columns):
            change = succeeded(source, now, answer, columns=columns)
            return Entry(source, change, _polled(source, change), well=answer)
        case Throttled(after=after):
            change = throttled(after, now)
        case Failed(why=why, detail=detail, page=page):
            change = failed(source, Sign(why, detail, page), now)
    return Entry(source, change, _polled(source, change))


def _gathered(source: Source, gathered: Gathered, now: datetime) -> Entry:
    first = gathered.first
    state = {"items_hash": first.digests.column, "baseline_at": source.baseline_at or now}
    change = succeeded(source, now, first.answer, first.page.items, {**first.validators, **state})
    if source.baseline_at is None:
        first_seen = NewItems(source.pk, gathered.lines, baseline=True)
        return Entry(source, change, _polled(source, change, baseline=len(gathered.lines)), (first_seen,))
    found = gathered.found or Recognised()
    held = is_flood(len(found.new), len(gathered.lines))
    items = (NewItems(source.pk, found.new, held=held), NewItems(source.pk, found.history, baseline=True))
    change = _with_signs(change, found, gathered, held=held)
    count = {"held" if held else "new": len(found.new)}
    well = None if change.state["doubts"] else first.answer
    return Entry(source, change, _polled(source, change, **count), items, gathered.found, well)


def _with_signs(change: Change, found: Recognised, gathered: Gathered, *, held: bool) -> Change:
    """Add what staff must hear of at once."""
    signs = []
    if held:
        detail = f"{len(gathered.lines)} 条中有 {len(found.new)} 条是新的"
        signs.append(Sign(Doubt.FLOOD, detail, gathered.first.answer))
    if gathered.cut:
        signs.append(Sign(Doubt.GAP, f"往前读到第 {len(gathered.lines)} 条为止", gathered.first.answer))
    said = [change.trouble, *(explain(sign.kind, sign.detail) for sign in signs)]
    return Change(change.state, (*change.signs, *signs), change.over, "；".join(filter(None, said)))


def _polled(source: Source, change: Change, **counts: int) -> Polled:
    return Polled(**counts, trouble=f"{source.name}：{change.trouble}" if change.trouble else "")


def _set_states(entries: Sequence[Entry]) -> None:
    """State is no edit by staff: it goes past the history."""
    columns = [column for column in Source._meta.fields if column.name in STATE]  # noqa: SLF001, documented
    rows = [[*(_prepared(entry, column) for column in columns), entry.source.pk] for entry in entries]
    assignments = ", ".join(f"{column.column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE notices_source SET {assignments} WHERE id = %s", rows)  # noqa: S608


def _prepared(entry: Entry, column: "Field[Any, Any]") -> Any:
    """The column's new value, or the one it has, as the database takes it; of most kinds as it stands."""
    state, name = entry.change.state, column.name
    value = state[name] if name in state else getattr(entry.source, name)
    return value if isinstance(column, AS_IT_STANDS) else column.get_db_prep_save(value, connection)


def _keep_pages(entries: Iterable[Entry], now: datetime) -> None:
    """A page is kept when its lines changed and on each day's first look, for the day when it breaks."""
    pages = [
        incidents.kept_page(entry.source, entry.well, now)
        for entry in entries
        if entry.well and (entry.found or is_first_of_day(entry.source, now))
    ]
    KeptPage.objects.bulk_create(
        pages,
        update_conflicts=True,
        unique_fields=["source"],
        update_fields=["url", "content_type", "body", "seen_at"],
    )


def _tell(entries: Iterable[Entry], now: datetime) -> None:
    for entry in entries:
        if entry.change.over:
            incidents.close(entry.source.pk, entry.change.over, now)
        for sign in entry.change.signs:
            incidents.seen(entry.source, sign, now)
