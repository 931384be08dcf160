"""The shared corpora by their own scorer: what the project asks of its reading."""

import importlib.util
import json
from types import ModuleType
from typing import Any

import pytest

from notices.reading.rows import Labels, labels_from, read_row
from tests.services import shared
from tests.services.shared import ROOT

CORPUS = shared.folder() / "corpus"
GIVEN = ("id", "title", "text", "published", "url")
pytestmark = pytest.mark.needs_shared


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not CORPUS.exists():
        pytest.skip(shared.ABSENT)
    spec = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def labels() -> Labels:
    return labels_from(json.loads((ROOT / "tests/reading/corpus_labels.json").read_text(encoding="utf-8")))


def figures(scorer: ModuleType, labels: Labels, name: str) -> dict[str, Any]:
    gold = scorer.load(CORPUS / name)
    answers = [read_row({field: item[field] for field in GIVEN}, labels) for item in gold]
    result: dict[str, Any] = scorer.table(scorer.score(gold, {answer["id"]: answer for answer in answers}))
    return result


def test_seed_newsletter_is_read_right(scorer: ModuleType, labels: Labels) -> None:
    read = figures(scorer, labels, "seed.jsonl")

    assert (
        read["deadline_f1"] == read["main_accuracy"] == read["region_all_three"] == read["kind_accuracy"] == 1
    )
    assert read["issuer_accuracy"] == 1
    assert read["topic_micro_f1"] >= 0.9


def test_sample_is_read_as_asked(scorer: ModuleType, labels: Labels) -> None:
    read = figures(scorer, labels, "notices-sample.jsonl")

    assert read["deadline_f1"] >= 0.97
    assert read["main_accuracy"] >= 0.97
    assert read["main_late"] == read["main_invented"] == 0
    assert read["region_all_three"] >= 0.96
    assert read["kind_accuracy"] >= 0.92
    assert read["topic_micro_f1"] >= 0.88


def test_no_deadline_is_invented_in_long_policies(scorer: ModuleType, labels: Labels) -> None:
    read = figures(scorer, labels, "long-policy.jsonl")

    assert read["deadline_fp"] == read["main_invented"] == 0
