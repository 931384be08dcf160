"""A letter in its final words (LOOK, Parts and Mail): what stands where is decided here, not in templates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from alerts import wording
from alerts.cards import Card, card, is_open
from alerts.chinese_dates import full_day, local_day, short_day
from alerts.letter_items import LetterItem, LetterOrder
from alerts.subjects import Subject, due_order, preheader, subject_line, within_week
from notices.lexicon.kinds import KIND_NAMES

MOST_ITEMS = 60
"""More would pass the 60 KB of html that a mail may have before clients clip it (facts/email.md A6)."""

ROOMY = 15
"""Beyond so many items cards are brief: a few lines each, which are their own contents list."""

MOST_CLOSING = 10
"""Deadlines listed ahead of everything else; more is no longer read at a glance."""

NEVER = MOST_ITEMS + 1


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of letter is built: from how many items it has a list of deadlines, and of contents."""

    closing_from: int
    contents_from: int
    by_section: bool
    button: bool


FORMS = {
    "alert": Form(closing_from=4, contents_from=6, by_section=False, button=True),
    "daily": Form(closing_from=2, contents_from=6, by_section=True, button=False),
    "weekly": Form(closing_from=1, contents_from=1, by_section=True, button=False),
    "reminder": Form(closing_from=NEVER, contents_from=NEVER, by_section=False, button=True),
    "follow_up": Form(closing_from=NEVER, contents_from=NEVER, by_section=True, button=True),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its cards."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Footer:
    """Where the letter comes from, what led to it, and the way out."""

    wishes: tuple[str, ...]
    leave_url: str
    home_url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """`closing` are the cards with an open deadline, soonest first; `contents` repeats the sections.

    `button` gives each card a button; a `brief` letter has a few lines for each notice.
    """

    key: str
    kind: str
    name: str
    subject: str
    preheader: str
    dated: str
    opening: str
    closing: tuple[Card, ...]
    contents: tuple[Section, ...]
    sections: tuple[Section, ...]
    button: bool
    brief: bool
    more: str
    rest_url: str
    every: str
    instead: str
    footer: Footer

    @property
    def count(self) -> int:
        """How many cards it holds."""
        return sum(len(section.cards) for section in self.sections)


def letter(order: LetterOrder) -> Letter:
    """The letter for an order of at least one item. The same order always gives the same letter."""
    if not order.items:
        raise ValueError(f"一封信至少要有一条通知：{order.key}")
    kind = letter_kind(order)
    form, now = FORMS[kind], order.composed_at
    kept = _most_urgent(order.items, now)
    brief = len(kept) > ROOMY
    sections = _sections(kept, kind, order)
    rest_url = f"{order.own_url}/d/{order.number}/" if order.own_url else f"{order.base_url}/"
    cards = [card for section in sections for card in section.cards]
    return Letter(
        key=order.key,
        kind=kind,
        name=wording.LETTER_NAMES[kind],
        subject=subject_line(Subject(kind, order.items, now)),
        preheader=preheader(order.items, now),
        dated=full_day(local_day(now)),
        opening=_opening(order, kind),
        closing=_closing(kept, cards, now) if len(kept) >= form.closing_from else (),
        contents=sections if len(kept) >= form.contents_from and not brief else (),
        sections=sections,
        button=form.button,
        brief=brief,
        more=_more(len(order.items) - len(kept)),
        rest_url=rest_url,
        every=wording.EVERY if brief and order.own_url else "",
        instead=_instead(order),
        footer=Footer(order.wishes, order.leave_url, f"{order.base_url}/"),
    )


def every_section(order: LetterOrder, now: datetime) -> tuple[Section, ...]:
    """All items of an order under their headings, uncut, with days left counted from `now`: for the web."""
    kind = letter_kind(order)
    items = sorted(order.items, key=lambda item: _urgency(item, now))
    return _sections(items, kind, replace(order, composed_at=now))


def letter_kind(order: LetterOrder) -> str:
    """A digest is known by its cadence: daily or weekly."""
    return order.cadence if order.kind == "digest" else order.kind


def _most_urgent(items: Sequence[LetterItem], now: datetime) -> list[LetterItem]:
    """The items to print when there are too many: changes, then what closes first, then the newest."""
    return sorted(items, key=lambda item: _urgency(item, now))[:MOST_ITEMS]


def _urgency(item: LetterItem, now: datetime) -> tuple[bool, date, int, int]:
    facts = item.facts
    due = facts.deadline if is_open(facts, now) and facts.deadline else date.max
    published = facts.published or date.min
    return (item.change not in wording.CHANGED, due, -published.toordinal(), facts.id)


def _sections(items: list[LetterItem], kind: str, order: LetterOrder) -> tuple[Section, ...]:
    """Groups items under their headings and numbers them through."""
    now, base_url = order.composed_at, order.base_url
    ordered = (
        sorted(items, key=lambda item: _place_in_letter(item, kind)) if FORMS[kind].by_section else items
    )
    cards = [card(item, n, now, base_url, order.own_url) for n, item in enumerate(ordered, start=1)]
    headings = [section_title(item, kind) for item in ordered]
    runs = groupby(zip(headings, cards, strict=True), key=lambda pair: pair[0])
    return tuple(Section(title, tuple(card for _, card in pairs)) for title, pairs in runs)


def section_title(item: LetterItem, kind: str) -> str:
    """The heading that an item stands under: changes apart, then place by place the newsletter's sections."""
    level, section = level_of(item), _section(item, kind)
    if not level or item.change in wording.CHANGED or not FORMS[kind].by_section:
        return section
    return wording.LEVEL_AND_SECTION.format(level=level, section=section)


def level_of(item: LetterItem) -> str:
    """How near its place is to what the reader follows; the nearest of all reasons."""
    found = [reason.level for reason in item.reasons if reason.level]
    return min(found, key=wording.LEVELS.index, default="")


def _section(item: LetterItem, kind: str) -> str:
    if item.change in wording.CHANGED:
        return wording.CHANGES
    if not FORMS[kind].by_section:
        return wording.PLAIN_SECTION[kind]
    by_kind = KIND_NAMES[item.facts.kind]
    return item.facts.section or (by_kind if by_kind in wording.SECTION_ORDER else wording.OTHER_SECTION)


def _place_in_letter(item: LetterItem, kind: str) -> tuple[bool, int, int, str]:
    """Changes last; else 本级, 下级, 上级, 全国, and within each the sections in their order.

    Items come sorted by urgency, so that order is kept within: what closes first stands first.
    """
    section, level = _section(item, kind), level_of(item)
    nearness = (*wording.LEVELS, "").index(level)
    return (section == wording.CHANGES, nearness, _section_rank(section), section)


def _section_rank(title: str) -> int:
    order = (*wording.SECTION_ORDER, title, wording.CHANGES)
    return order.index(title) if title != wording.CHANGES else len(order)


def _closing(items: list[LetterItem], cards: list[Card], now: datetime) -> tuple[Card, ...]:
    by_id = {card.notice_id: card for card in cards}
    due = {item.facts for item in items if is_open(item.facts, now) and item.change != "withdraws"}
    soonest = sorted(due, key=lambda facts: (due_order(facts), by_id[facts.id].number))
    return tuple(by_id[facts.id] for facts in soonest[:MOST_CLOSING])


def _opening(order: LetterOrder, kind: str) -> str:
    """The first sentence: how much there is, and how much of it is urgent."""
    changed = sum(item.change in wording.CHANGED for item in order.items)
    urgent = within_week(order.items, order.composed_at)
    said = _period(order.period) + wording.OPENING[kind].format(count=len(order.items))
    if changed and kind != "follow_up":
        said += wording.OPENING_CHANGED.format(count=changed)
    if urgent and kind in {"daily", "weekly"}:
        said += wording.OPENING_WITHIN_WEEK.format(count=urgent)
    return f"{order.name}：{said}。" if order.name else f"{said}。"


def _period(period: tuple[date, date] | None) -> str:
    if period is None or period[0] == period[1]:
        return ""
    first, last = (short_day(day) for day in period)
    return wording.OPENING_PERIOD.format(first=first, last=last)


def _instead(order: LetterOrder) -> str:
    """That this letter stands in for a message that was refused, or for a contact (DESIGN 6.10)."""
    channel, why = order.extra.get("instead_of"), order.extra.get("instead_why")
    if not channel:
        return ""
    return (wording.INSTEAD_OF_STOPPED if why == "contact" else wording.INSTEAD).format(channel=channel)


def _more(left_out: int) -> str:
    return wording.MORE.format(count=left_out) if left_out > 0 else ""
