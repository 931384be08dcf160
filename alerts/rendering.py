"""Jinja2 for mails and pages, and a letter rendered to HTML and text."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from alerts import chinese_dates
from alerts.letters import Letter

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

LONGEST_LINE = 900
"""Bytes. Past 998, where SMTP ends, some encoders choose a form three times as long (facts/email.md 0.7)."""


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A mail's words, both parts complete."""

    subject: str
    html: str
    text: str


def environment(**options: Any) -> Environment:
    """The one Jinja2 environment, for mails and for Django's backend: escaping on, unknown names fail."""
    options |= {
        "autoescape": _escapes,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    env = Environment(**options)  # noqa: S701 escaping is among the options
    env.globals |= {"static": static, "url": reverse, "look": look}
    env.filters |= {
        "short_day": chinese_dates.short_day,
        "day": chinese_dates.day_in_words,
        "full_day": chinese_dates.full_day,
        "hour": chinese_dates.hour,
        "moment": chinese_dates.moment_in_words,
    }
    return env


def _escapes(template: str | None) -> bool:
    return template is None or not template.endswith(".txt")


def render_mail(letter: Letter) -> RenderedMail:
    """Both parts of a letter; the same letter and TEMPLATE_VERSION give the same bytes."""
    env = mail_environment()
    html, text = (env.get_template(f"mail/letter.{part}").render(letter=letter) for part in ("html", "txt"))
    return RenderedMail(letter.subject, fold(html), fold(text))


@cache
def mail_environment() -> Environment:
    """The environment for whatever goes out by mail."""
    return environment(loader=FileSystemLoader(TEMPLATES))


@cache
def look(names: str) -> Markup:
    """The `class` and `style` attributes that mail.css gives to these classes, worked out once per process.

    Only classes that dark.css or phone.css speak of are kept: every byte comes again with every card.
    """
    styled = css_inline.inline_fragment(f'<p class="{names}"></p>', _css("mail.css"), minify_css=True)
    style = re.search(r'style="([^"]*)"', styled)
    if style is None:
        raise LookupError(f"mail.css 里没有这些类：{names}")
    kept = " ".join(name for name in names.split() if name in _enhanced())
    return Markup(f'class="{kept}" style="{style[1]}"' if kept else f'style="{style[1]}"')  # noqa: S704 ours


@cache
def _enhanced() -> frozenset[str]:
    return frozenset(re.findall(r"\.([a-z][\w-]*)", _css("dark.css") + _css("phone.css")))


@cache
def _css(name: str) -> str:
    return (TEMPLATES / "mail" / name).read_text(encoding="utf-8")


def fold(text: str) -> str:
    """Breaks lines longer than LONGEST_LINE bytes: at a blank, else after a Chinese stop, else anywhere."""
    return "\n".join(part for line in text.split("\n") for part in _folded(line))


def _folded(line: str) -> list[str]:
    parts = []
    while len(line.encode()) > LONGEST_LINE:
        head = line.encode()[:LONGEST_LINE].decode(errors="ignore")
        stops = [
            place for place in (head.rfind(" "), *(head.rfind(stop) + 1 for stop in "。；，、")) if place > 0
        ]
        cut = stops[0] if stops else len(head)
        parts.append(line[:cut])
        line = line[cut:]
    return [*parts, line]


def _version() -> str:
    """Twelve hex digits that change whenever a mail template does."""
    found = (
        path for folder in ("mail", "parts") for path in (TEMPLATES / folder).rglob("*") if path.is_file()
    )
    digest = hashlib.sha256()
    for path in sorted(found):
        digest.update(f"{path.relative_to(TEMPLATES)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


TEMPLATE_VERSION = _version()
