"""The body out of a notice's page: our ladder beside gne, readability, trafilatura (facts/feeds.md C1).

The pages: every notice of the demo's small government web in the look of each of its sites, the detail
pages that the tests keep, and looks that no family's marks know. F1 is over character 4-grams, blanks aside.
The peers take ten to a hundred times as long as we do, so they read a spread of the pages; what is held
beside them is ours on those same pages.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import version
from statistics import mean

from lxml import html

from bench.detail_pages import DetailPage, demo_pages, kept_pages
from bench.figures import Figure, at_most, median_seconds, no_less, told
from bench.page_looks import look_pages
from notices.intake.answers import Fetched
from notices.intake.body import find_body
from notices.intake.detail import Page, read_page
from notices.intake.plain_text import plain_text
from notices.intake.recipes import recipe_of
from notices.intake.tree import parse_html

RUNS = 3
GRAM = 4
BESIDE = 60  # pages that the peers read too
LEAST_F1, MOST_MS = 0.98, 1.0
Extractor = Callable[[DetailPage], str]


@dataclass(frozen=True, slots=True)
class Score:
    """How well and how fast a tool reads all pages; `worst` is the lowest F1 of a page."""

    f1: float
    worst: float
    ms: float


def run() -> list[Figure]:
    """F1 and time of each tool over all pages; then pages that no family's marks know, by density alone."""
    logging.disable(logging.WARNING)
    pages, unknown = [*demo_pages(), *kept_pages()], list(look_pages())
    return [
        *_beside_peers("pages of the families", pages, _promised),
        *_beside_peers("other looks, 40 KB", unknown, partial(told, unit="ms")),
        *_told_of("family unknown", _score(_unmarked, pages)),
        *_told_of("with labels, files and clean HTML", _score(_read_page, pages)),
    ]


def _promised(name: str, value: float) -> Figure:
    """A millisecond is promised for the families' pages, where a mark tells where the body is."""
    return at_most(1, name, value, "ms", "limit", MOST_MS)


def _beside_peers(
    name: str, pages: Sequence[DetailPage], time_of_each: Callable[[str, float], Figure]
) -> list[Figure]:
    """Ours against the promise, the best peer and the fastest one, and what each of the peers gives."""
    some = spread(pages, BESIDE)
    few = f"{name}, {len(some)} of {len(pages)} pages"
    ours, beside = _score(_ours, pages), _score(_ours, some)
    peers = {peer: _score(extract, some) for peer, extract in PEERS.items()}
    best = max(peers, key=lambda peer: peers[peer].f1)
    fastest = min(peers, key=lambda peer: peers[peer].ms)
    return [
        no_less(1, f"{name}: body F1", ours.f1, "", "limit", LEAST_F1),
        no_less(1, f"{few}: body F1", beside.f1, "", best, peers[best].f1),
        time_of_each(f"{name}: time a page", ours.ms),
        at_most(1, f"{few}: time a page", beside.ms, "ms", fastest, peers[fastest].ms),
        told(f"{name}: worst F1 of {len(pages)} pages", ours.worst, ""),
        *(figure for peer, score in peers.items() for figure in _told_of(f"{few}: {peer}", score)),
    ]


def spread(pages: Sequence[DetailPage], most: int) -> Sequence[DetailPage]:
    """At most so many of the pages, from all over."""
    return pages[:: -(-len(pages) // most)]


def _told_of(name: str, score: Score) -> list[Figure]:
    return [told(f"{name}: body F1", score.f1, ""), told(f"{name}: time a page", score.ms, "ms")]


def f1(found: str, true: str) -> float:
    """The harmonic mean of precision and recall over character 4-grams."""
    a, b = _grams(found), _grams(true)
    both = (a & b).total()
    return 2 * both / (a.total() + b.total()) if both else 0.0


def _grams(text: str) -> Counter[str]:
    dense = "".join(text.split())
    return Counter(dense[at : at + GRAM] for at in range(max(1, len(dense) - GRAM + 1)))


def _score(extract: Extractor, pages: Sequence[DetailPage]) -> Score:
    """The texts of the last of `RUNS` readings, and the median time of a reading."""
    found: list[str] = []

    def read() -> None:
        found[:] = [extract(page) for page in pages]

    spent = median_seconds(RUNS, read)
    scores = [f1(text, page.text) for text, page in zip(found, pages, strict=True)]
    return Score(mean(scores), min(scores), spent / len(pages) * 1000)


def _body(page: DetailPage, family: str) -> str:
    root = parse_html(page.html)
    body = None if root is None else find_body(page.html, root, page.title, recipe_of(family, {}))
    return "" if body is None else plain_text(body)


def _ours(page: DetailPage) -> str:
    return _body(page, page.family)


def _unmarked(page: DetailPage) -> str:
    """As a family without any marks."""
    return _body(page, "feed")


def _read_page(page: DetailPage) -> str:
    answer = Fetched(page.url, 200, {"content-type": "text/html; charset=utf-8"}, page.html.encode())
    found = read_page(answer, recipe_of(page.family, {}), page.title)
    return found.text if isinstance(found, Page) else ""


def _gne(page: DetailPage) -> str:
    return str(import_module("gne").GeneralNewsExtractor().extract(page.html)["content"])


def _readability(page: DetailPage) -> str:
    summary = import_module("readability").Document(page.html).summary()
    return "".join(map(str, html.fromstring(summary).itertext()))


def _trafilatura(page: DetailPage, **options: bool) -> str:
    found = import_module("trafilatura").extract(page.html, include_comments=False, **options)
    return str(found or "")


PEERS: dict[str, Extractor] = {
    f"gne {version('gne')}": _gne,
    f"readability-lxml {version('readability-lxml')}": _readability,
    f"trafilatura {version('trafilatura')}": _trafilatura,
    f"trafilatura {version('trafilatura')} favor_recall": partial(_trafilatura, favor_recall=True),
}
