"""What a poll's outcome changes about a source's row, and what there is to tell staff. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from notices.intake.answers import Fetched
from notices.intake.doubts import Doubt
from notices.intake.kinds_of_trouble import explain
from notices.intake.list_reading import Unchanged, is_first_of_day, is_pending
from notices.intake.listing import ListItem
from notices.intake.schedule import next_poll
from notices.intake.shapes import Shape
from notices.intake.shapes import doubts as doubts_of
from notices.intake.troubles import Why, source_trouble
from notices.models import Source

RAISED_BY = 2  # polls in trouble
MOVED_AFTER = 3  # polls in a row that say so


@dataclass(frozen=True, slots=True)
class Sign:
    """A trouble or doubt that staff should know of; `page` is what the site showed."""

    kind: Why | Doubt
    detail: str = ""
    page: Fetched | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """`state`: the columns of the source that change. `signs` are raised, the kinds in `over` have ended.

    `trouble`: a line for the poll's report, without the source's name.
    """

    state: Mapping[str, Any]
    signs: tuple[Sign, ...] = ()
    over: frozenset[str] = frozenset()
    trouble: str = ""


def failed(source: Source, sign: Sign, now: datetime) -> Change:
    """Say what failed and when we come back; an empty list is looked at as often as before."""
    why = Why(sign.kind)
    failures = source.failures + 1
    next_at = next_poll(now, source.slug, 0 if why is Why.NO_ITEMS else failures)
    trouble = source_trouble(why, sign.detail, failures, next_at)
    state = {"failures": failures, "trouble": trouble, "next_poll_at": next_at}
    return Change(state, (sign,) if failures >= RAISED_BY else (), trouble=trouble)


def throttled(after: float, now: datetime) -> Change:
    """The host asked us to stay away: its word, and no failure of the source."""
    next_at = now + timedelta(seconds=after)
    trouble = source_trouble(Why.THROTTLED, "", 0, next_at)
    return Change({"trouble": trouble, "next_poll_at": next_at}, trouble=trouble)


def is_quiet(source: Source, outcome: Unchanged, now: datetime) -> bool:
    """Whether nothing about the source changes but the time of its last success and the outcome's columns."""
    if source.failures or source.trouble or is_pending(source):
        return False
    if outcome.answer is None:
        return True
    settled = outcome.moved_to == source.moved_to and (
        not outcome.moved_to or source.moved_seen >= MOVED_AFTER
    )
    return settled and not is_first_of_day(source, now)


def succeeded(
    source: Source,
    now: datetime,
    page: Fetched | None = None,
    lines: tuple[ListItem, ...] = (),
    columns: Mapping[str, object] | None = None,
) -> Change:
    """The list could be read. `lines` of its first page, where they were looked at; `page` as it came.

    `columns`: what else there is to keep of the answer.
    """
    shape = Shape.of(lines) if lines else None
    odd = doubts_of(shape, Shape.from_json(source.usual)) if shape else None
    seen = {str(kind): source.doubts.get(kind, 0) + 1 for kind in odd} if odd is not None else source.doubts
    moved = _moved(source, page)
    signs = [Sign(kind, detail, page) for kind, detail in (odd or {}).items() if seen[kind] >= RAISED_BY]
    if moved["moved_seen"] >= MOVED_AFTER > source.moved_seen:
        signs.append(Sign(Doubt.MOVED, moved["moved_to"], page))
    state = {
        "failures": 0,
        "trouble": "",
        "last_success_at": now,
        "next_poll_at": next_poll(now, source.slug),
        "doubts": seen,
        "usual": shape.as_json if shape and not odd else source.usual,
        **moved,
        **(columns or {}),
    }
    return Change(state, tuple(signs), _over(source, seen, moved), _words(signs, seen))


def _moved(source: Source, page: Fetched | None) -> dict[str, Any]:
    """How often in a row the list has said that it moved for good; a 304 says nothing."""
    if page is None:
        return {"moved_to": source.moved_to, "moved_seen": source.moved_seen}
    again = page.moved_to == source.moved_to
    return {
        "moved_to": page.moved_to[:500],
        "moved_seen": (source.moved_seen + 1 if again else 1) if page.moved_to else 0,
    }


def _over(source: Source, seen: Mapping[str, int], moved: Mapping[str, Any]) -> frozenset[str]:
    """The kinds of incident that this success ends."""
    ended = {kind for kind in source.doubts if kind not in seen}
    if source.failures:
        ended.update(Why)
    if source.moved_to and not moved["moved_to"]:
        ended.add(Doubt.MOVED)
    return frozenset(str(kind) for kind in ended)


def _words(signs: list[Sign], seen: Mapping[str, int]) -> str:
    """What is told once, when it is raised."""
    fresh = [sign for sign in signs if seen.get(sign.kind, RAISED_BY) == RAISED_BY]
    return "；".join(explain(sign.kind, sign.detail) for sign in fresh)
