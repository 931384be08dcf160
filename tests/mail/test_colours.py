"""LOOK's colours, and nothing but them, in mails and pages; each readable on its ground."""

import re

import pytest

from alerts.badges import Tone
from alerts.rendering import TEMPLATES

PAGES_CSS = TEMPLATES.parent / "pages" / "static" / "pages" / "kuaixun.css"
LIGHT = {
    "#1f2328",
    "#57606a",
    "#d8dee4",
    "#ffffff",
    "#f6f8fa",
    "#b42318",
    "#b54708",
    "#175cd3",
    "#475467",
    "#067647",
}
DARK = {
    "#16191d",
    "#e6e9ec",
    "#f97066",
    "#f79009",
    "#84adff",
    "#98a2b3",
    "#32d583",
    "#0f1215",
    "#1f242b",
    "#30363d",
}


def _read(name: str) -> str:
    path = PAGES_CSS if name == "kuaixun.css" else TEMPLATES / "mail" / name
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "allowed"), [("mail.css", LIGHT), ("dark.css", DARK), ("kuaixun.css", LIGHT | DARK)]
)
def test_a_stylesheet_keeps_to_the_colours_of_look(name: str, allowed: set[str]) -> None:
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", _read(name))) <= allowed


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("name", ["mail.css", "dark.css"])
def test_a_badge_is_readable(name: str, tone: Tone) -> None:
    rule = re.search(rf"\.{tone}\b[^{{]*{{([^}}]*)}}", _read(name))

    assert rule is not None
    ground, ink = re.findall(r"#[0-9a-f]{6}", rule[1])
    assert contrast(ground, ink) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("#1f2328", "#f6f8fa"),
        ("#57606a", "#f6f8fa"),
        ("#175cd3", "#ffffff"),
        ("#98a2b3", "#1f242b"),
        ("#84adff", "#16191d"),
    ],
)
def test_text_is_readable(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
