"""What a letter has to say on a phone: one function per slot, each in the forms that fields take.

Several notices are told together, by their count and their nearest deadline. The deadline comes first
wherever a slot says more than one thing (LOOK, phone message).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from alerts.channels.wechat.fields import Forms, render
from alerts.letter_items import LetterItem, LetterOrder, NoticeFacts
from config.clock import SHANGHAI
from notices.lexicon.kinds import KIND_NAMES
from notices.reading.short_titles import LIMIT, place_names, short_title

WORDS_FILE = Path(__file__).resolve().parent.parent / "templates" / "wechat" / "words.json"
DAY_BEGINS, DAY_ENDS = time(0, 0), time(23, 59)


def _title(order: LetterOrder) -> Forms:
    """The one title, shortened and marked when it tells of a change; several are told by their number."""
    instead = str(_words()["instead"]) if order.extra.get("instead_of") else ""
    if len(order.items) > 1:
        return Forms(text=instead + _merged_title(order))
    item = order.items[0]
    mark = instead + _words()["changed_title"].get(item.change, "")
    places = [(name,) for name in place_names(item.facts.places)]
    title = (not mark and item.facts.short_title) or short_title(
        item.facts.title, places, item.facts.topics, LIMIT - len(mark)
    )
    return Forms(text=mark + title)


def _merged_title(order: LetterOrder) -> str:
    """最近10月29日截止，共5条新通知: the deadline first (LOOK, phone message)."""
    words, nearest = _words(), _nearest(order)
    counted = str(words["merged"][order.kind]).format(count=len(order.items))
    return (words["nearest"].format(day=_short_day(nearest.deadline)) if nearest else "") + counted


def _issuer(order: LetterOrder) -> Forms:
    """The first issuer, and how many more; the source stands in where nobody could be read."""
    if len(order.items) == 1:
        facts = order.items[0].facts
        return _first_of(
            facts.issuer.split("、") if facts.issuer else [facts.source_name], "issuers_together"
        )
    firsts = [(item.facts.issuer or item.facts.source_name).split("、")[0] for item in order.items]
    return _first_of(firsts, "issuers_apart")


def _region(order: LetterOrder) -> Forms:
    return _first_of([place for item in order.items for place in item.facts.places], "places")


def _topic(order: LetterOrder) -> Forms:
    """The first topic of at most five characters, else the kind (all kinds are that short)."""
    topics = [topic for item in order.items for topic in item.facts.topics]
    short = next((topic for topic in topics if _is_phrase(topic)), KIND_NAMES[order.items[0].facts.kind])
    return Forms(text="、".join(dict.fromkeys(topics)) or short, phrase=short)


def _published(order: LetterOrder) -> Forms:
    """The newest day of publication."""
    days = [item.facts.published for item in order.items if item.facts.published]
    return _day_forms(max(days), None, DAY_BEGINS) if days else Forms()


def _deadline(order: LetterOrder) -> Forms:
    nearest = _nearest(order)
    if nearest is None or nearest.deadline is None:
        return Forms()
    return _day_forms(nearest.deadline, nearest.deadline_at, DAY_ENDS)


def _days_left(order: LetterOrder) -> Forms:
    nearest = _nearest(order)
    if nearest is None or nearest.deadline is None:
        return Forms()
    days = (nearest.deadline - _today(order)).days
    return Forms(text=str(days), number=str(days), phrase=_days_phrase(days))


def _count(order: LetterOrder) -> Forms:
    return Forms(text=str(len(order.items)), number=str(len(order.items)))


def _period(order: LetterOrder) -> Forms:
    """From the first minute of the period to its last; a letter without one is about its day."""
    first, last = order.period or (_today(order), _today(order))
    return Forms(
        text=_words()["period"].format(first=_short_day(first), last=_short_day(last)),
        time=f"{_long_day(first)} {DAY_BEGINS:%H:%M}~{_long_day(last)} {DAY_ENDS:%H:%M}",
        date=f"{_long_day(first)}~{_long_day(last)}",
    )


def _status(order: LetterOrder) -> Forms:
    """已延期, 还剩三天, 全年受理, 截止待核, else the kind: what the reader must know first."""
    phrase = _status_phrase(order)
    return Forms(text=phrase, phrase=phrase)


def _doc_no(order: LetterOrder) -> Forms:
    return Forms(text=order.items[0].facts.doc_no or None) if len(order.items) == 1 else Forms()


SLOTS: Mapping[str, Callable[[LetterOrder], Forms]] = {
    "title20": _title,
    "issuer20": _issuer,
    "region": _region,
    "topic5": _topic,
    "pub_time": _published,
    "deadline_time": _deadline,
    "days_left": _days_left,
    "count": _count,
    "period": _period,
    "status": _status,
    "doc_no": _doc_no,
}


# ── what the slots say ────────────────────────────────────────────────────────────────────
def _status_phrase(order: LetterOrder) -> str:
    words = _words()
    changes = {item.change for item in order.items} & words["changed"].keys()
    if len(changes) == 1 and all(item.change in changes for item in order.items):
        return str(words["changed"][changes.pop()])
    nearest = _nearest(order)
    if nearest and nearest.deadline:
        return _days_phrase((nearest.deadline - _today(order)).days)
    return str(words["several"]) if len(order.items) > 1 else _open_ended(order.items[0], _today(order))


def _open_ended(item: LetterItem, today: date) -> str:
    """The status of one notice that has no day ahead."""
    words, facts = _words(), item.facts
    if facts.rolling:
        return str(words["rolling"])
    if facts.deadline_unsure:
        return str(words["unsure"])
    return str(words["closed"]) if facts.deadline and facts.deadline < today else KIND_NAMES[facts.kind]


def _days_phrase(days: int) -> str:
    """今日截止, 明日截止, 还剩三天: at most five Han characters and no digit (field type phrase)."""
    words = _words()
    if days < 0:
        return str(words["closed"])
    if days < 2:
        return str(words["tomorrow"] if days else words["today"])
    numerals = words["numerals"]
    return str(words["days"].format(days=numerals[days]) if days < len(numerals) else words["many_days"])


def _nearest(order: LetterOrder) -> NoticeFacts | None:
    """The notice whose known deadline comes first, today's included; None when nothing lies ahead."""
    today = _today(order)
    standing = [item.facts for item in order.items if item.change != "withdraws"]
    ahead = [
        (facts.deadline, facts.deadline_at or DAY_ENDS, place)
        for place, facts in enumerate(standing)
        if facts.deadline and facts.deadline >= today and not facts.deadline_unsure
    ]
    return standing[min(ahead)[2]] if ahead else None


def _first_of(names: Iterable[str], more: str) -> Forms:
    """The first name, and how many there are in all when there are more than one."""
    distinct = [name for name in dict.fromkeys(names) if name]
    if not distinct:
        return Forms()
    text = distinct[0]
    if len(distinct) > 1:
        together = _words()[more].format(first=text, count=len(distinct))
        text = together if len(together) <= LIMIT else text
    return Forms(text=text, phrase=text if _is_phrase(text) else None)


def _day_forms(day: date, at: time | None, otherwise: time) -> Forms:
    """A day, with `otherwise` where a field insists on a time of day and the notice gives none."""
    clock = f" {at:%H:%M}" if at else ""
    return Forms(
        text=_short_day(day) + clock,
        time=f"{_long_day(day)} {at or otherwise:%H:%M}",
        date=_long_day(day) + clock,
    )


def _today(order: LetterOrder) -> date:
    return order.composed_at.astimezone(SHANGHAI).date()


def _long_day(day: date) -> str:
    """2019年10月29日, the only form that Tencent's time and date fields take."""
    return f"{day.year}年{day.month}月{day.day}日"


def _short_day(day: date | None) -> str:
    return str(_words()["day"]).format(month=day.month, day=day.day) if day else ""


def _is_phrase(text: str) -> bool:
    return render("phrase1", Forms(phrase=text)) is not None


def see_link() -> str:
    """What a `thing` says when its slot has nothing to say."""
    return str(_words()["see_link"])


@cache
def _words() -> Mapping[str, Any]:
    """The fixed words of phone messages, as editors keep them."""
    loaded: Mapping[str, Any] = json.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return loaded
