"""Reading a page of which nobody said what family it is: each family that it may be of is tried. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from notices.intake.absolute import absolute
from notices.intake.answers import Fetched
from notices.intake.decoding import decode, encoding_of
from notices.intake.families import parse_list
from notices.intake.families.json_list import is_json
from notices.intake.family_signs import families_of
from notices.intake.listing import ListItem, ListPage, NeedsMore, NoRows
from notices.intake.tree import attributes, clean, elements, parse_html, text_at, xpath

Outcome = ListPage | NeedsMore | NoRows
FEED_LINKS = xpath("//link[@href and (@type='application/rss+xml' or @type='application/atom+xml')]")
METAS = xpath("//meta[@name]")
TITLE = xpath("(//title)[1]")
SEEN = xpath("//body//text()[not(ancestor::script or ancestor::style)]")
EXCERPT = 300  # characters
FEW = 3  # dated lines that a list of the family must show before the next likeliest family is not tried


@dataclass(frozen=True, slots=True)
class Trial:
    """What a page is when read as one of a family."""

    family: str
    outcome: Outcome

    @property
    def dated(self) -> int:
        """How many dated lines it gives."""
        return sum(item.published is not None for item in lines_of(self.outcome))


@dataclass(frozen=True, slots=True)
class Look:
    """A page as it is read, and what it says of itself. `told_family`: what it is likeliest of."""

    trial: Trial
    told_family: str
    encoding: str
    title: str
    feeds: tuple[str, ...]
    excerpt: str


def look_at(answer: Fetched, recipe: Mapping[str, Any], today: date, family: str = "") -> Look:
    """All there is to see of a fetched page; see `try_page`."""
    text = decode(answer.body, answer.content_type, charset_of(recipe))
    return Look(
        try_page(answer, recipe, today, family),
        families_of(text, answer.url)[0],
        encoding_of_page(answer, recipe),
        title_of(text),
        feeds_named(text, answer.url),
        excerpt_of(text),
    )


def try_page(answer: Fetched, recipe: Mapping[str, Any], today: date, family: str = "") -> Trial:
    """The page read as `family`, or as the family that it is likeliest of and that gives lines."""
    if family:
        return Trial(family, parse_list(family, answer, recipe, today=today))
    text = decode(answer.body, answer.content_type, charset_of(recipe))
    trials = []
    for one in families_of(text, answer.url):
        trial = Trial(one, parse_list(one, answer, recipe, today=today))
        if isinstance(trial.outcome, NeedsMore) or trial.dated >= FEW:
            return trial
        trials.append(trial)
    return max(trials, key=lambda trial: (trial.dated, len(lines_of(trial.outcome))))


def encoding_of_page(answer: Fetched, recipe: Mapping[str, Any]) -> str:
    """The encoding that the page is read in."""
    return encoding_of(answer.body, answer.content_type, charset_of(recipe))


def charset_of(recipe: Mapping[str, Any]) -> str:
    """The encoding that a recipe forces, whatever else is wrong with it."""
    forced = recipe.get("charset", "")
    return forced if isinstance(forced, str) else ""


def lines_of(outcome: Outcome) -> tuple[ListItem, ...]:
    """The lines of a page that has some."""
    return outcome.items if isinstance(outcome, ListPage) else ()


def feeds_named(text: str, url: str) -> tuple[str, ...]:
    """The feeds that a web page says it has (RSS autodiscovery)."""
    root = None if is_json(text) else parse_html(text)
    if root is None:
        return ()
    hrefs = [absolute(url, attributes(link).get("href", "")) for link in elements(FEED_LINKS, root)]
    return tuple(dict.fromkeys(filter(None, hrefs)))


def excerpt_of(text: str) -> str:
    """The beginning of what a person would see of a page, for staff to tell what it is."""
    root = None if is_json(text) else parse_html(text)
    found = [text] if root is None else SEEN(root)
    pieces = map(str, found) if isinstance(found, list) else ()
    seen = " ".join(filter(None, map(clean, pieces)))
    return seen[:EXCERPT] + ("…" if len(seen) > EXCERPT else "")


def title_of(text: str) -> str:
    """What a page calls itself: its labels for site and column, else its title."""
    root = None if is_json(text) else parse_html(text)
    if root is None:
        return ""
    labels = {attributes(meta).get("name", "").lower(): attributes(meta) for meta in elements(METAS, root)}
    named = [clean(labels.get(name, {}).get("content", "")) for name in ("sitename", "columnname")]
    return " ".join(filter(None, named)) or clean(text_at(TITLE, root))
