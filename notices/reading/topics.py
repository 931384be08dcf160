"""What a notice is about: terms in its title, and in its body where they weigh enough."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from notices.lexicon.kinds import Kind
from notices.lexicon.normal import HAN
from notices.lexicon.terms import TermHit, finder
from notices.lexicon.topics import TopicGraph
from notices.reading.layout import HEAD_LINES, Layout
from notices.reading.page import Page
from notices.reading.values import Evidence, IssuerFound

ACTS = frozenset(Kind) - {Kind.NEWS, Kind.OTHER}  # an office's news is of all its doings
IN_A_BODY = frozenset({"strong", "required"})
BRACKETED_LIST = re.compile(r"\([^()、]+(?:、[^()、]+){2,}\)")
LISTED = re.compile(r"[^、。,;:\n]{1,20}(?:、[^、。,;:\n]{1,20}){2,}")
MIDST = re.compile(r"、[^、。,;:\n]{1,20}、")  # of each such list
STOPS = "。,;:\n"
NEXT_STOP = re.compile(f"[{STOPS}]|$")
MANY_FIELDS = 3
CITED = re.compile(r"《关于[^《》]{4,80}》")
ONLY_A_NUMBER = re.compile(r"[^《》]{0,14}[〔\[(]20\d\d[〕\])]第?\d{1,4}号")  # a title that says nothing
SENTENCE = re.compile(r"[^。;\n]+")
LEAD = 300  # characters after the salutation in which a notice says what it is about
IN_LEAD, IN_BODY = 2, 1
ENOUGH = 4  # weight in the body of a notice whose title names no topic
ENOUGH_BESIDE_TITLE = 12  # … and of one whose title names another
OFFICE_AFTER = re.compile(rf"(?:[与和][{HAN}]{{2,6}})?(?:处|科(?!技)|司|局|厅|部门|主管)")  # 节能与综合利用处
TAIL, LONGEST_TERM = (
    6,
    16,
)  # characters of a title's end that are found again in the text; of a term around it
WHOLE = re.compile(r"(?:通知|公告|通告|公示|函|决定|意见|办法|方案|名单|指南|[!?…)》”。])$")
SHARE = 0.4  # a topic of the body weighs at least this part of the heaviest


def find_topics(title: Page, layout: Layout, graph: TopicGraph) -> dict[int, Evidence]:
    """Topic → the first words that show it. Broader topics are not added here (`with_broader`)."""
    in_title, in_body = _title_hits(title, graph), _body_hits(title, layout, graph)
    untitled = not title.clean or ONLY_A_NUMBER.fullmatch(title.clean)
    first = _naming_hits(layout, graph) if untitled else _cut_hits(title, layout, graph)
    found = {hit.topic: (layout.page, hit) for hit in reversed((*in_body, *first))}
    found |= {hit.topic: (title, hit) for hit in reversed(in_title)}
    weights = _weights(in_body, _lead_end(layout), graph)
    strong = {hit.topic for hit in (*in_title, *first) if hit.strength != "weak"}
    weak = {hit.topic for hit in (*in_title, *first)} - strong
    named = strong | {topic for topic in weak if topic in weights or (not strong and not weights)}
    least = max(ENOUGH_BESIDE_TITLE if named else ENOUGH, SHARE * max(weights.values(), default=0))
    kept = named | {topic for topic, weight in weights.items() if weight >= least}
    return {topic: _evidence(topic, found, graph) for topic in sorted(_narrowest(kept, graph))}


def field_of(
    issuer: IssuerFound | None, kind: Kind, found: Mapping[int, Evidence], graph: TopicGraph
) -> dict[int, Evidence]:
    """The field of the one office that issued it, where an act names no matter but a branch of industry."""
    if issuer is None or kind not in ACTS or any(not graph.topic(topic).branch for topic in found):
        return {}
    fields = [topic.id for topic in graph.of_offices if issuer.name.endswith(topic.offices)]
    return dict.fromkeys(fields, issuer.evidence) if "、" not in issuer.name else {}


def nouns_in_title(topics: dict[int, Evidence]) -> tuple[str, ...]:
    """The words of the title that name a topic, the longest first: the more it says, the more it is kept."""
    quotes = {proof.quote for proof in topics.values() if proof.place == "title"}
    return tuple(sorted(quotes, key=lambda quote: (-len(quote), quote)))


def _title_hits(title: Page, graph: TopicGraph) -> list[TermHit]:
    """The hits of a title; what a list in brackets goes through is no more than parts of its matter."""
    lists = [match.span() for match in BRACKETED_LIST.finditer(title.clean)]
    hits = finder(graph).find(title.clean)
    return _apart([hit for hit in hits if not any(start <= hit.start < end for start, end in lists)])


def _naming_hits(layout: Layout, graph: TopicGraph) -> list[TermHit]:
    """The hits of the words that stand for a title that is missing: a paper handed on, the first sentence."""
    first = layout.salutation.end if layout.salutation else 0
    text = layout.page.clean[: first + LEAD]
    named = CITED.search(text, first) or SENTENCE.search(text, first)
    if named is None:
        return []
    start, end = named.span()
    return _apart([hit for hit in finder(graph).find(text) if start <= hit.start and hit.end <= end])


def _cut_hits(title: Page, layout: Layout, graph: TopicGraph) -> list[TermHit]:
    """The hits of the word in whose midst a title was cut off, where the text goes on with it: 产业集|群."""
    tail, text = title.clean[-TAIL:], layout.page.clean
    on = None if WHOLE.search(title.clean) else re.search(rf"{re.escape(tail)}(?=[{HAN}])", text)
    if on is None or len(tail) < TAIL:
        return []
    start, end = max(0, on.start() - LONGEST_TERM), on.end() + LONGEST_TERM
    hits = finder(graph).find(text[start:end])
    placed = (hit._replace(start=hit.start + start, end=hit.end + start) for hit in hits)
    return _apart([hit for hit in placed if hit.start < on.end() < hit.end])


def _weights(hits: list[TermHit], lead_end: int, graph: TopicGraph) -> dict[int, int]:
    """How much the body speaks of each topic; what is narrower counts for the broader too, no word twice."""
    weights: dict[int, int] = {}
    reached: dict[int, int] = {}
    for hit in hits:
        for topic in graph.upward(hit.topic):
            if hit.start >= reached.get(topic, 0):
                reached[topic] = hit.end
                weights[topic] = weights.get(topic, 0) + (IN_LEAD if hit.start < lead_end else IN_BODY)
    return weights


def _evidence(topic: int, found: dict[int, tuple[Page, TermHit]], graph: TopicGraph) -> Evidence:
    """The words for a topic, those for a narrower one where it is not named itself."""
    page, hit = found.get(topic) or next(found[other] for other in found if topic in graph.upward(other))
    return page.evidence(hit.start, hit.end)


def _apart(hits: list[TermHit]) -> list[TermHit]:
    """The hits, of overlapping ones of a topic the longest that starts first."""
    last: dict[int, int] = {}
    apart = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= last.get(hit.topic, 0):
            apart.append(hit)
            last[hit.topic] = hit.end
    return apart


def with_broader(topics: dict[int, Evidence], graph: TopicGraph) -> tuple[int, ...]:
    """The topics closed upward, in order of id."""
    return tuple(sorted(graph.closure(topics)))


def _body_hits(title: Page, layout: Layout, graph: TopicGraph) -> list[TermHit]:
    first, last = _below_title(title, layout), layout.body[-1].end if layout.body else 0
    text = layout.page.clean
    hits = (hit for hit in finder(graph).find(text) if hit.strength in IN_A_BODY and first <= hit.start)
    shown = [hit for hit in hits if hit.end <= last and not OFFICE_AFTER.match(text, hit.end)]
    return _without_mixed_lists(_apart(shown), text, graph)


def _below_title(title: Page, layout: Layout) -> int:
    """Where a page that repeats the title goes on; above it the site speaks of itself (研究会欢迎您)."""
    head = layout.body[:HEAD_LINES] if title.clean else ()
    return next((line.start for line in head if line.text == title.clean), 0)


def _without_mixed_lists(hits: list[TermHit], text: str, graph: TopicGraph) -> list[TermHit]:
    """The hits, in order, without those of a list that goes through many fields.

    独角兽、隐形冠军、单项冠军 say who may apply and not what it is about.
    """
    if len({top for topic in {hit.topic for hit in hits} for top in graph.tops(topic)}) < MANY_FIELDS:
        return hits
    starts = [hit.start for hit in hits]
    mixed: set[int] = set()
    for run in _lists(text):
        inside = range(bisect_left(starts, run.start()), bisect_left(starts, run.end()))
        if len({top for i in inside for top in graph.tops(hits[i].topic)}) >= MANY_FIELDS:
            mixed |= {*inside}
    return [hit for i, hit in enumerate(hits) if i not in mixed]


def _lists(text: str) -> Iterator[re.Match[str]]:
    """Where three things and more are listed; only clauses that hold the midst of a list are looked at."""
    end = 0
    while midst := MIDST.search(text, end):
        start = max(end, *(text.rfind(stop, end, midst.start()) + 1 for stop in STOPS))
        end = next(NEXT_STOP.finditer(text, midst.end())).start()
        yield from LISTED.finditer(text, start, end)


def _lead_end(layout: Layout) -> int:
    first = layout.salutation.end if layout.salutation else 0
    return first + LEAD


def _narrowest(topics: set[int], graph: TopicGraph) -> set[int]:
    """The topics without those that another of them already implies."""
    return {t for t in topics if not any(t != other and t in graph.upward(other) for other in topics)}
