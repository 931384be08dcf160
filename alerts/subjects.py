"""The subject and the preheader: what is urgent, how much is new, for where; short enough for a phone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts import wording
from alerts.cards import badge, is_open
from alerts.chinese_dates import day_in_words, local_day, short_day
from alerts.letter_items import LetterItem, NoticeFacts

SUBJECT_WIDTH = 26
"""汉字 that a phone's inbox shows of a subject (facts/email.md D); a Latin letter or digit counts half."""

PREHEADER_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """What a subject may speak of: the letter's kind, its items, and the moment."""

    kind: str
    items: Sequence[LetterItem]
    now: datetime


def subject_line(of: Subject) -> str:
    """The subject, at most SUBJECT_WIDTH wide; what does not fit is left out from the end."""
    line = wording.BRANDS[of.kind]
    if len(of.items) == 1 and of.kind in {"alert", "reminder", "follow_up"}:
        return _of_one(line, of)
    counts = _counts(of)
    line += wording.SEPARATOR.join(counts)
    for part in _scope(of.items):
        if width(f"{line}｜{part}") <= SUBJECT_WIDTH:
            return f"{line}｜{part}"
    return line


def preheader(items: Sequence[LetterItem], now: datetime) -> str:
    """The first deadline in words; without one, the first titles."""
    found = _open_deadlines(items, now)
    if not found:
        titles = wording.PREHEADER_TITLES.join(title_core(item.facts.title) for item in items[:3])
        return fit(titles, PREHEADER_WIDTH)
    due, first = min(found, key=lambda pair: due_order(pair[1]))
    day = day_in_words(due, local_day(now))
    return fit(wording.PREHEADER_DEADLINE.format(day=day, title=title_core(first.title)), PREHEADER_WIDTH)


def title_core(title: str) -> str:
    """What a title is about: 关于做好2019年淮北市绿色工厂推荐工作的通知 → 2019年淮北市绿色工厂推荐工作."""
    core = re.sub(r"^.{0,20}?关于(做好|开展|组织开展|组织|公开征求|发布|印发|下达)?", "", title.strip())
    core = re.sub(r"的?(通知|公告|通告|公示|函)$", "", core)
    return core or title


def within_week(items: Sequence[LetterItem], now: datetime) -> int:
    """How many deadlines fall within the next 7 days."""
    last = local_day(now) + timedelta(days=7)
    return sum(due <= last for due, _ in _open_deadlines(items, now))


def _open_deadlines(items: Sequence[LetterItem], now: datetime) -> list[tuple[date, NoticeFacts]]:
    every = (item.facts for item in items if item.change != "withdraws")
    return [(facts.deadline, facts) for facts in every if facts.deadline and is_open(facts, now)]


def width(text: str) -> float:
    """Width in 汉字: anything from Latin-1 counts half."""
    return sum(0.5 if ord(letter) < 0x100 else 1 for letter in text)


def fit(text: str, limit: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text) <= limit:
        return text
    kept = text
    while width(kept) > limit - 1:
        kept = kept[:-1]
    return kept.rstrip("，、；·（《“ ") + wording.ELLIPSIS


def _of_one(line: str, of: Subject) -> str:
    (item,) = of.items
    said = _change_in_words(item, of.now) or _urgency(item, of.now)
    line += f"{said}｜"
    return line + fit(title_core(item.facts.title), SUBJECT_WIDTH - width(line))


def _change_in_words(item: LetterItem, now: datetime) -> str:
    if item.change == "extends" and item.facts.deadline:
        return wording.SUBJECT_EXTENDED_TO.format(day=short_day(item.facts.deadline, local_day(now)))
    return wording.CHANGED.get(item.change, "")


def _urgency(item: LetterItem, now: datetime) -> str:
    shown = badge(item, now)
    return shown.short if shown else wording.SUBJECT_NEW_NOTICE


def _counts(of: Subject) -> list[str]:
    if of.kind == "reminder":
        nearest = min(of.items, key=lambda item: due_order(item.facts))
        return [wording.SUBJECT_REMINDERS.format(count=len(of.items), nearest=_urgency(nearest, of.now))]
    if of.kind == "follow_up":
        return [wording.SUBJECT_CHANGES.format(count=len(of.items))]
    new = sum(item.change not in wording.CHANGED for item in of.items)
    counts = (
        (wording.SUBJECT_WITHIN_WEEK, within_week(of.items, of.now)),
        (wording.SUBJECT_NEW, new),
        (wording.SUBJECT_CHANGED, len(of.items) - new),
    )
    return [words.format(count=count) for words, count in counts if count]


def _scope(items: Sequence[LetterItem]) -> list[str]:
    """For where, and about what, the longest first: 浙江省·绿色工厂, 浙江省."""
    reasons = [reason for item in items for reason in item.reasons]
    places = Counter(reason.place for reason in reasons if reason.place not in {"", wording.ANYWHERE})
    topics = {topic for reason in reasons for topic in reason.topics}
    if not places:
        return []
    place = places.most_common(1)[0][0] + ("等" if len(places) > 1 else "")
    return [f"{place}·{min(topics)}", place] if len(topics) == 1 else [place]


def due_order(facts: NoticeFacts) -> tuple[str, str, int]:
    """Sorts by deadline, its hour, then the notice; without a deadline last."""
    return (str(facts.deadline or "9999"), str(facts.deadline_at or "24"), facts.id)
