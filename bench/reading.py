"""Reading notices: how right on each corpus found, how fast beside jionlp's time extraction and cpca."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bench.figures import Figure, at_least, at_most, median_seconds, medians_in_turn, told
from bench.reading_peers import Peer, cpca_places, jionlp_times
from bench.reading_scores import scores
from notices.lexicon.normal import fold
from notices.lexicon.terms import finder
from notices.lexicon.topics import Topic, TopicGraph, shipped
from notices.reading import read
from tests.reading.hostile import RUNS
from tests.services.shared import ROOT

TERMS = 30_000
RUNS_OF_EACH = 7
SHORTEST, PAGE = 1500, 4096  # bytes of a notice that is timed, and for how many the time is told
HOSTILE = 1_000_000  # characters
HOSTILE_LIMIT_S = 4.0
HEADS = tuple("新绿智数网云芯碳氢光电储车船航钢铝铜纸布药医食酒茶竹木石土水气声")
STEMS = tuple(
    re.findall("..", "材料装备制造设备工艺平台标准检测服务园区基金人才专利能效排放回收运输仓储出口品牌")
)
TAILS = tuple(
    re.findall("..", "改造补助示范试点认定复核培育评价诊断攻关应用推广升级基地中心联盟项目计划行动工程")
)
BLIND = ROOT / "tests" / "reading" / "blind"
Notice = dict[str, Any]


def run() -> list[Figure]:
    """The scores, the times, the worst of the hostile texts."""
    return [*scores(), *_times(long_notices()), _worst_hostile()]


def long_notices() -> list[Notice]:
    """The longer of our own labelled notices: they are there on every machine."""
    lines = [line for file in sorted(BLIND.glob("*.jsonl")) for line in _lines(file)]
    return [notice for notice in map(json.loads, lines) if len(notice["text"].encode()) >= SHORTEST]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _times(notices: Sequence[Notice]) -> list[Figure]:
    graph = with_many_terms(shipped(), TERMS)
    texts = [notice["text"] for notice in notices]
    folded = [fold(text) for text in texts]
    pages = sum(len(text.encode()) for text in texts) / PAGE
    peers = (jionlp_times(), cpca_places())
    works = [partial(_each, peer.work, texts) for peer in peers if peer.work]
    ours = [lambda: [_read(notice, graph) for notice in notices], lambda: [*map(finder(graph).find, folded)]]
    spent = [s / pages * 1000 for s in medians_in_turn(RUNS_OF_EACH, [*ours, *works])]
    whole, scanning, theirs = spent[0], spent[1], iter(spent[2:])
    title = f"a notice of 4 KB, {TERMS:,} terms"
    return [
        told(f"notices timed, {pages:.1f} × 4 KB in all", len(notices), "notices"),
        *(_beside(peer, title, whole, next(theirs) if peer.work else None) for peer in peers),
        at_most(0.15, f"{title}: scanning", scanning, "ms", "the whole reading", whole),
    ]


def _each(work: Callable[[str], object], texts: Sequence[str]) -> list[object]:
    return [work(text) for text in texts]


def _beside(peer: Peer, title: str, ours: float, theirs: float | None) -> Figure:
    """Our time beside a peer's, with the goal where one was set; a peer that is not there is named."""
    if theirs is None:
        return told(f"{title}: {peer.name} could not be run ({peer.trouble})", ours, "ms")
    if peer.wanted is None:
        return Figure(title, round(ours, 4), "ms", peer.name, round(theirs, 4), round(theirs / ours, 3))
    return at_least(peer.wanted, title, ours, "ms", peer.name, theirs)


def _read(notice: Notice, graph: TopicGraph) -> object:
    published = notice["published"]
    return read(
        notice["title"],
        notice["text"],
        date.fromisoformat(published) if published else None,
        notice["url"],
        graph=graph,
    )


def with_many_terms(graph: TopicGraph, wanted: int) -> TopicGraph:
    """The graph with topics of subscribers' own words added until it holds so many terms."""
    words = [head + stem + tail for head in HEADS for stem in STEMS for tail in TAILS]
    words += [f"{word}{n}" for n in "一二三" for word in words]
    there = sum(len(topic.strong) for topic in graph.all())
    own = words[: wanted - there]
    topics = [Topic(100_000 + n, word, strong=(word,)) for n, word in enumerate(own)]
    return TopicGraph([*graph.all(), *topics], f"bench-{wanted}")


def _worst_hostile() -> Figure:
    """The longest that any text of a million characters takes that was made to take long."""
    worst = max((_hostile_seconds(run), name) for name, run in RUNS.items())
    name = f"the worst of {len(RUNS)} hostile texts of a million characters ({worst[1]})"
    return at_most(1, name, worst[0], "s", "the limit", HOSTILE_LIMIT_S)


def _hostile_seconds(run: str) -> float:
    text = run * (HOSTILE // len(run))
    return median_seconds(1, lambda: read(text[:300], text, date(2023, 1, 1)))
