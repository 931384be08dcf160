"""A source's recipe: what it says itself, and its family's defaults for the rest. Recipes are data."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from cssselect import GenericTranslator, SelectorError
from lxml import etree

from notices.intake.decoding import codec
from notices.intake.tree import xpath

DEFAULTS: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "families" / "recipes.toml").read_text(encoding="utf-8")
)
TEXT_KEYS = frozenset({"rows", "link", "title", "date", "next", "container", "charset", "api"})
# A path is XPath, or CSS behind this mark.
CSS = "css:"
CSS_TO_XPATH = GenericTranslator()
# Paths are walked once over a page with what lists are made of.
SAMPLE = etree.fromstring(
    "<html><body><div><ul><li><a href='x' title='x'>x</a><span>x</span></li></ul><p>x</p>"
    "<table><tbody><tr><td>x</td></tr></tbody></table></div></body></html>"
)
PATH_KEYS = ("rows", "link", "title", "date", "next", "container")
LIST_KEYS = frozenset({"body", "hosts", "links"})


class BadRecipe(ValueError):
    """A recipe that cannot be used; the message says in Chinese which key and why."""


@dataclass(frozen=True)
class Recipe:
    """Compiled and ready; the keys are told in recipes.toml. An XPath that nobody gave is None.

    `spelled`: family and keys as they were given. `known_look`: of rows that need not be read (row_looks.py).
    """

    rows: etree.XPath | None
    link: etree.XPath | None
    title: etree.XPath | None
    date: etree.XPath | None
    next: etree.XPath | None
    container: etree.XPath | None
    body: tuple[etree.XPath, ...]
    between: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    links: re.Pattern[str] | None
    hosts: frozenset[str]
    charset: str
    api: str
    spelled: str
    known_look: str = ""

    @property
    def finds_lines_itself(self) -> bool:
        """Whether an XPath is to be followed, which may lead out of a row."""
        return any((self.rows, self.link, self.title, self.date))

    @cached_property
    def container_of_rows(self) -> etree.XPath | None:
        """What should be there even when the list is empty: as told, else what `rows` are looked for in."""
        if self.container or not self.rows:
            return self.container
        outer, _, last = self.rows.path.rpartition("/")
        return (
            _xpath("rows", outer.rstrip("/"))
            if outer.strip("/") and "]" not in last.partition("[")[0]
            else None
        )


def recipe_of(family: str, own: Mapping[str, Any]) -> Recipe:
    """The recipe of a source; BadRecipe where a key cannot be used. Compiled once for equal recipes."""
    return _compiled(family, spelled(own))


def spelled(own: Mapping[str, Any]) -> str:
    """A recipe as text, the same for equal recipes."""
    return json.dumps(own, sort_keys=True, ensure_ascii=False) if own else "{}"


@lru_cache(maxsize=2048)
def _compiled(family: str, own: str) -> Recipe:
    if family not in DEFAULTS:
        raise BadRecipe(f"没有“{family}”这种站点类型")
    given = json.loads(own)
    _check(given)
    known = {**DEFAULTS[family], **given}
    if "rows" in given and "container" not in given:
        known.pop("container", None)  # the family's container says nothing about rows of the source's own
    rows, link, title, day, following, container = (
        _xpath(key, known[key]) if known.get(key) else None for key in PATH_KEYS
    )
    return Recipe(
        rows=rows,
        link=link,
        title=title,
        date=day,
        next=following,
        container=container,
        body=tuple(_xpath("body", path) for path in known.get("body", [])),
        between=tuple(
            (re.compile(a, re.IGNORECASE), re.compile(b, re.IGNORECASE)) for a, b in known.get("between", [])
        ),
        links=_pattern(known["links"]) if known.get("links") else None,
        hosts=frozenset(host.lower() for host in known.get("hosts", [])),
        charset=known.get("charset", ""),
        api=known.get("api", ""),
        spelled=f"{family}\n{own}",
    )


def _check(given: Any) -> None:
    """Every key known and of its type."""
    if not isinstance(given, dict):
        raise BadRecipe('取法要写成 {"rows": "…"} 的样子')
    if given.get("charset") and not codec(str(given["charset"])):
        raise BadRecipe(f"取法中的“charset”：没有名为“{given['charset']}”的编码")
    for key, value in given.items():
        if key in TEXT_KEYS and isinstance(value, str):
            continue
        if key in LIST_KEYS and isinstance(value, list) and all(isinstance(one, str) for one in value):
            continue
        wanted = "一段文字" if key in TEXT_KEYS else "文字的列表" if key in LIST_KEYS else "不认识的名目"
        raise BadRecipe(f"取法中的“{key}”：{wanted}")


def _xpath(key: str, path: str) -> etree.XPath:
    """The path compiled, and walked once: an unknown function or prefix is only noticed then."""
    try:
        compiled = xpath(_of_css(key, path) if path.startswith(CSS) else path)
        compiled(SAMPLE)
    except etree.XPathError as error:
        raise BadRecipe(f"取法中的“{key}”不是正确的 XPath：{path}") from error
    return compiled


def _of_css(key: str, path: str) -> str:
    """The XPath of a CSS selector; what it finds lies within the page or the row that it is asked of."""
    try:
        return CSS_TO_XPATH.css_to_xpath(path.removeprefix(CSS).strip(), prefix="descendant::")
    except SelectorError as error:
        raise BadRecipe(f"取法中的“{key}”不是正确的 CSS 选择器：{path}") from error


def _pattern(parts: list[str]) -> re.Pattern[str]:
    try:
        return re.compile("|".join(parts))
    except re.error as error:
        raise BadRecipe(f"取法中的“links”不是正确的正则表达式：{'、'.join(parts)}") from error
