"""Every topic of the data file proves itself, and titles of known programmes are about those."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from notices.lexicon.topics import TABLE, Topic, TopicGraph
from notices.reading import read
from notices.reading.rows import Labels, labels_from, row

HERE = Path(__file__).parent
ROWS = tomllib.loads(TABLE.read_text(encoding="utf-8"))["topic"]
TITLES = [
    line.split("\t") for line in (HERE / "cases/topic_titles.tsv").read_text(encoding="utf-8").splitlines()
]
every_row = pytest.mark.parametrize("topic", ROWS, ids=lambda topic: topic["name"])


@pytest.fixture(scope="module")
def labels() -> Labels:
    return labels_from(json.loads((HERE / "corpus_labels.json").read_text(encoding="utf-8")))


@every_row
def test_topic_is_found_in_its_positive_title(topic: dict[str, Any]) -> None:
    assert topic["id"] in read(topic["positive"], "").topics


@every_row
def test_topic_is_not_found_in_its_negative_title(topic: dict[str, Any]) -> None:
    assert topic["id"] not in read(topic["negative"], "").topics


@pytest.mark.parametrize(("title", "about"), TITLES)
def test_title_of_a_programme_is_about_it(title: str, about: str, labels: Labels) -> None:
    assert row(read(title, ""), labels)["topics"] == sorted(about.split(","))


def test_a_reading_goes_by_the_graph_that_it_is_given() -> None:
    graph = TopicGraph([Topic(1, "竹制品", strong=("以竹代塑",))], "bamboo")

    reading = read("关于推广以竹代塑的通知", "", graph=graph)

    assert (reading.topics, reading.lexicon) == ((1,), "bamboo")


def test_a_title_term_counts_in_a_title_only() -> None:
    graph = TopicGraph([Topic(1, "专项资金", title=("资金",))], "money")

    assert read("关于拨付资金的通知", "", graph=graph).topics == (1,)
    assert read("关于有关事项的通知", "资金、资金、资金、资金、资金。", graph=graph).topics == ()


def test_boilerplate_clauses_name_no_topic() -> None:
    text = "一、申报条件\n近3年内无重大安全、环保、质量、知识产权等不良记录。\n二、材料\n一式三份。"

    assert read("关于评选优秀企业家的通知", text).topics == ()
