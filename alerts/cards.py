"""A notice as it stands in a letter or on a page: every word decided, only layout left to templates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alerts import wording
from alerts.badges import Badge, change_badge, deadline_badge, is_over
from alerts.chinese_dates import day_in_words, hour, local_day, short_day
from alerts.gist import GistLine, figures, for_mail
from alerts.letter_items import LetterItem, NoticeFacts, Reason
from notices.lexicon.kinds import KIND_NAMES, Kind

QUOTE_LIMIT = 160
"""汉字 of one quoted passage; the rest is on the notice's page."""

GIST_LIMIT = 80
"""汉字 of each of the three lines, so that fifteen cards stay within a mail."""

MOST_QUOTES = 2
MOST_ATTACHMENTS = 6
"""What a card carries at most, so that fifteen of them stay within a mail; the page has all."""

Run = tuple[str, bool]
"""A piece of text, and whether it is marked."""


@dataclass(frozen=True, slots=True)
class Card:
    """One notice. `due` and `was` are days in words; `quotes` are passages with the matched words marked."""

    number: int
    notice_id: int
    title: str
    source_url: str
    page_url: str
    badge: Badge | None
    issuer: str
    facts: str
    due: str
    was: str
    duty: str
    due_where: str
    quotes: tuple[tuple[Run, ...], ...]
    attachments: tuple[tuple[str, str], ...]
    why: str
    changed_by_title: str
    changed_by_url: str
    own_url: str = ""
    gist: tuple[tuple[str, tuple[Run, ...]], ...] = ()


def card(item: LetterItem, number: int, now: datetime, base_url: str, own_url: str = "") -> Card:
    """Lays one item out at `now`. A change quotes nothing: the old text may name the old day.

    `own_url` leads to the reader's own page of the notice, where they mark and follow it.
    """
    facts, today = item.facts, local_day(now)
    page_url = f"{base_url}/n/{facts.id}/"
    return Card(
        number=number,
        notice_id=facts.id,
        title=facts.title,
        source_url=facts.source_url if _is_web(facts.source_url) else page_url,
        page_url=page_url,
        badge=badge(item, now),
        issuer=facts.issuer or facts.source_name,
        facts=facts_line(facts, today),
        due="" if item.change == "withdraws" else _due(facts, today),
        was=day_in_words(facts.deadline_was, today) if _moved(facts) and facts.deadline_was else "",
        duty=_duty(facts),
        due_where=wording.SEE.format(where=facts.deadline_where) if facts.deadline_where else "",
        quotes=_quotes(item),
        gist=_gist(item),
        attachments=web_links(facts.attachments)[:MOST_ATTACHMENTS],
        why=why(item),
        changed_by_title=facts.changed_by_title,
        changed_by_url=facts.changed_by_url,
        own_url=f"{own_url}/n/{facts.id}/" if own_url else "",
    )


def _quotes(item: LetterItem) -> tuple[tuple[Run, ...], ...]:
    """Passages without a question, of a reading that has no gist."""
    if item.change in wording.CHANGED or item.facts.gist:
        return ()
    return tuple(marked(quote, _words(item)) for quote in item.facts.extract[:MOST_QUOTES])


def _gist(item: LetterItem) -> tuple[tuple[str, tuple[Run, ...]], ...]:
    """谁可以报, 给什么, 怎么报: each label with its quote; a sum stands with 给什么."""
    if item.change in wording.CHANGED:
        return ()
    return tuple(
        (_label(line, item.facts.gist), marked(shortened(line.quote, GIST_LIMIT), _words(item)))
        for line in for_mail(item.facts.gist)
    )


def _label(line: GistLine, gist: Iterable[GistLine]) -> str:
    """给什么（另有 100万元）: with the sums that the quote under it does not show."""
    if line.question != "given":
        return line.label
    shown = "".join(shortened(line.quote, GIST_LIMIT).split())
    more = figures(one for one in gist if one.said not in shown)
    return wording.GIST_MORE.format(label=line.label, more=more) if more else line.label


def badge(item: LetterItem, now: datetime) -> Badge | None:
    """What the reader must see first: a withdrawal or results, else the deadline, else any other change."""
    if item.change in {"withdraws", "results"}:
        return change_badge(item.change)
    facts = item.facts
    left = deadline_badge(
        facts.deadline,
        facts.deadline_at,
        now,
        rolling=facts.rolling,
        unsure=facts.deadline_unsure,
        was=facts.deadline_was,
    )
    return left or change_badge(item.change)


def is_open(facts: NoticeFacts, now: datetime) -> bool:
    """Whether there is a deadline that can still be met."""
    return facts.deadline is not None and not is_over(facts.deadline, facts.deadline_at, now)


def web_links(links: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those (name, address) that lead to the web: a page may carry `javascript:` for a link."""
    return tuple((name, address) for name, address in links if _is_web(address))


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def facts_line(facts: NoticeFacts, today: date) -> str:
    """Who issues it and where: 发文机关 · 文号 · 10月21日发布 · 安徽省淮北市 · 申报通知."""
    published = facts.published and wording.PUBLISHED.format(day=short_day(facts.published, today))
    parts = (
        facts.issuer or facts.source_name,
        facts.doc_no,
        published,
        wording.BETWEEN_NAMES.join(facts.places),
        KIND_NAMES[facts.kind] if facts.kind is not Kind.OTHER else "",
    )
    return wording.SEPARATOR.join(part for part in parts if part)


def why(item: LetterItem) -> str:
    """Why someone gets it: 浙江省 · 上级 · 绿色工厂；名单“…” · 京津冀."""
    said = list(dict.fromkeys(_reason_in_words(reason) for reason in item.reasons))
    if item.followed:
        said.append(wording.WHY_FOLLOWED)
    if not said:
        return wording.WHY_TOLD_BEFORE if item.change != "new" else ""
    return wording.BETWEEN_REASONS.join(said)


def marked(text: str, words: Iterable[str]) -> tuple[Run, ...]:
    """The text in runs, with every occurrence of the words marked; long text ends after a whole clause."""
    text = shortened(text, QUOTE_LIMIT)
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return ((text, False),)
    pieces = re.split(f"({'|'.join(map(re.escape, wanted))})", text)
    return tuple((piece, bool(place % 2)) for place, piece in enumerate(pieces) if piece)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut after a clause where there is one, and then an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    end = max(head.rfind(stop) for stop in "。；，、")
    return (head[:end] if end > limit // 2 else head) + wording.ELLIPSIS


def _due(facts: NoticeFacts, today: date) -> str:
    if facts.deadline is None:
        return ""
    at = hour(facts.deadline_at)
    return f"{day_in_words(facts.deadline, today)} {at}".rstrip()


def _moved(facts: NoticeFacts) -> bool:
    return facts.deadline_was is not None and facts.deadline_was != facts.deadline


def _duty(facts: NoticeFacts) -> str:
    return wording.SEPARATOR.join(part for part in (facts.deadline_who, facts.deadline_what) if part)


def _words(item: LetterItem) -> list[str]:
    return [word for reason in item.reasons for word in (*reason.words, *reason.topics)]


def _reason_in_words(reason: Reason) -> str:
    level = reason.level if reason.level not in {"本级", reason.place} else ""
    parts = (
        reason.through and wording.LIST.format(name=reason.through),
        reason.place,
        level,
        wording.BETWEEN_NAMES.join(reason.topics),
        wording.BETWEEN_NAMES.join(wording.OWN_WORD.format(word=word) for word in reason.words),
    )
    return wording.SEPARATOR.join(part for part in parts if part)
