"""What a title says of a notice's kind: the rules of `lexicon/data/kinds.toml`, the first that fits."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from notices import lexicon
from notices.lexicon.anchored import finder
from notices.lexicon.kinds import Kind
from notices.lexicon.sieve import Sieve
from notices.lexicon.signs import signs_of
from notices.reading.page import Page
from notices.reading.values import Evidence

RULES = Path(lexicon.__file__ or "").parent / "data" / "kinds.toml"
CUT_OFF = re.compile(  # where a list of titles cut one short, or added dots, a number or a day to it
    r"(?:[ .…]|\([^()]{0,12}?[〔\[]20\d\d[〕\]]\d{1,4}号\)|\(20\d\d-\d{1,2}-\d{1,2}\))+$"
)
PASSED_ON = re.compile(r"[【\[(][^【】\[\]()]{0,12}(?:转发|转载|整理|推送|分享)[】\])]$")  # whose page it is
COLUMN = re.compile(  # under which a site shows it, and which says of its kind nothing: 【某市生态环境】
    r"【(?![^【】]*(?:解读|问答|图解|读懂|提示|提醒|访谈|公示|征求|征集|申报|结果|名单|延期|转发))[^【】]{2,12}】(?=.{8})"
)
OFFICE = re.compile(
    r"^[^《》关]{2,40}?(?:局|厅|委|部|室|府|心|会|司|处)(?=关于)"
)  # an office's name is no matter


@dataclass(frozen=True, slots=True)
class Titled:
    """A title as the rules see it: `said` is it less its office and what a list of titles added to it.

    `first`: where `said` begins. `form`: it names a paper (document) or tells something (story).
    """

    page: Page
    said: str
    first: int
    form: str

    @property
    def tells(self) -> bool:
        """Whether the title tells something, rather than names a paper."""
        return self.form == "story"

    def evidence(self, match: re.Match[str]) -> Evidence:
        """The words of `said` that match."""
        return self.page.evidence(self.first + match.start(), self.first + match.end())


Find = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class KindRule:
    """Titles in which `title` finds something, `unless` nothing, of a form (document or story; None: both).

    `longest`: only where the text has no more characters.
    """

    kind: Kind
    sure: float
    pattern: re.Pattern[str]
    title: Find
    unless: Find | None
    form: str | None
    soft: bool
    longest: float

    def match(self, title: str, length: int) -> re.Match[str] | None:
        """The words that make the rule fit a title of its form, None when it does not."""
        found = self.title(title) if length <= self.longest else None
        return None if found and self.unless and self.unless(title) else found


@cache
def rules() -> tuple[re.Pattern[str], tuple[KindRule, ...]]:
    """What a document's title looks like, and the rules in order."""
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    return re.compile(data["document"]["title"]), tuple(map(_rule, data["rule"]))


@cache
def _of_form(form: str) -> Sieve[KindRule]:
    """The rules for titles of a form, by the signs without which a title fits none."""
    there = (rule for rule in rules()[1] if rule.form in (None, form))
    return Sieve((rule, signs_of(rule.pattern)) for rule in there)


def _rule(row: dict[str, str]) -> KindRule:
    title = re.compile(row["title"])
    unless = finder(re.compile(row["unless"])) if "unless" in row else None
    return KindRule(
        Kind(row["kind"]),
        float(row["sure"]),
        title,
        finder(title),
        unless,
        row.get("form"),
        "soft" in row,
        float(row.get("longest", "inf")),
    )


def as_titled(title: Page) -> Titled:
    """The title, ready for the rules."""
    document, _ = rules()
    column = COLUMN.match(title.clean)
    shown = title.clean[column.end() if column else 0 :]
    first = len(title.clean) - len(without_office(shown))
    said = CUT_OFF.sub("", PASSED_ON.sub("", title.clean))[first:]
    return Titled(title, said, first, "document" if document.search(title.clean) else "story")


def without_office(title: str) -> str:
    """The title from its 关于 on, where an office's name stands before it."""
    office = OFFICE.match(title)
    return title[office.end() :] if office else title


def first_rule(said: str, form: str, length: int) -> tuple[KindRule, re.Match[str]] | None:
    """The first rule that fits a title above a text of this length, with the words that make it fit."""
    for rule in _of_form(form).passed(said):
        if match := rule.match(said, length):
            return rule, match
    return None
