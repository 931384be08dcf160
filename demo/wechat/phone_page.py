"""What a follower sees: the account's conversation on a phone, and the list of all followers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.wechat.account import Account
from demo.wechat.rules import Template, shown

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("pages")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# LOOK, colour: what closes within so many days is of this urgency.
URGENCIES = ((3, "now"), (7, "week"), (14, "fortnight"))


@dataclass(frozen=True, slots=True)
class Card:
    """One template message as a phone lays it out: the template's title, its rows, the page behind it."""

    title: str
    rows: tuple[tuple[str, str], ...]
    url: str
    at: datetime
    urgency: str


def inbox(account: Account, openid: str) -> str:
    """The conversation of one follower, the newest message first."""
    cards = [_card(account, line) for line in reversed(account.messages) if line["openid"] == openid]
    return _PAGES.get_template("phone.html").render(
        name=account.followers[openid], openid=openid, cards=cards
    )


def people(account: Account) -> str:
    """All followers with the number of their messages."""
    counts = dict.fromkeys(account.followers, 0)
    for line in account.messages:
        counts[line["openid"]] = counts.get(line["openid"], 0) + 1
    rows = [(openid, name, counts[openid]) for openid, name in account.followers.items()]
    return _PAGES.get_template("people.html").render(people=rows)


def _card(account: Account, line: Mapping[str, Any]) -> Card:
    """A message whose template is gone shows its bare fields."""
    bare = Template("", "模板消息", "\n".join(f"{field}：{{{{{field}.DATA}}}}" for field in line["data"]))
    template = account.templates.get(line["template_id"], bare)
    rows = tuple((label, shown(field, line["data"][field])) for label, field in template.rows)
    at = datetime.fromisoformat(line["at"])
    return Card(template.title, rows, line["url"], at, _urgency(rows, at.date()))


def _urgency(rows: tuple[tuple[str, str], ...], today: date) -> str:
    """How near the card's deadline was on the day it came; "none" for a card without one."""
    said = next((value for label, value in rows if "截止" in label), "")
    found = re.match(r"(\d{4})年(\d{1,2})月(\d{1,2})日", said)
    if found is None:
        return "none"
    days = (date(*map(int, found.groups())) - today).days
    return next((name for limit, name in URGENCIES if days <= limit), "later")
