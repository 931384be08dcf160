"""What the reader gets right on each corpus of ../shared, by the corpus's own scorer."""

import importlib.util
import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from bench.figures import Figure, no_less
from notices.reading.rows import labels_from, read_row
from tests.services import shared

CORPUS = shared.folder() / "corpus"
LABELS = shared.ROOT / "tests" / "reading" / "corpus_labels.json"
GIVEN = ("id", "title", "text", "published", "url")
ASKED: dict[str, dict[str, float]] = {  # issue 4: the least that is asked of each
    "seed.jsonl": {
        "deadline_f1": 1, "main_accuracy": 1, "region_all_three": 1, "kind_accuracy": 1,
        "topic_micro_f1": 0.9,
    },
    "notices-sample.jsonl": {
        "deadline_f1": 0.97, "main_accuracy": 0.97, "region_all_three": 0.96, "kind_accuracy": 0.92,
        "topic_micro_f1": 0.88,
    },
    "long-policy.jsonl": {"main_accuracy": 1},
}  # fmt: skip
NEVER = ("main_late", "main_invented")


def scores() -> Iterator[Figure]:
    """Each figure beside what was asked; nothing, and a word about it, where ../shared is absent."""
    if not CORPUS.exists():
        print(f"{shared.ABSENT}: no corpus to score")
        return
    scorer = _scorer()
    labels = labels_from(json.loads(LABELS.read_text(encoding="utf-8")))
    for name, asked in ASKED.items():
        gold = scorer.load(CORPUS / name)
        answers = [read_row({field: item[field] for field in GIVEN}, labels) for item in gold]
        table = scorer.table(scorer.score(gold, {answer["id"]: answer for answer in answers}))
        print(f"{name}: {json.dumps(table, ensure_ascii=False)}")
        yield from _figures(name, table, asked)


def _figures(name: str, table: dict[str, Any], asked: dict[str, float]) -> Iterator[Figure]:
    for figure, least in asked.items():
        yield no_less(1, f"{name}: {figure}", table[figure], "", "asked", least)
    for figure in NEVER:
        count = table[figure]
        yield Figure(f"{name}: {figure}", count, "notices", "asked", 0, None, "== 0", met=count == 0)


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{CORPUS / 'score.py'} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
