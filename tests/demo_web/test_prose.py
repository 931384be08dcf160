"""The ten notices keep the seed's facts and none of its sentences."""

import json
import re
from typing import Any

import pytest

from demo.web.sites import Notice, load_sites
from tests.services import shared

LONG = 15
PAGES = {notice.url: notice for site in load_sites() for notice in site.notices}


def seed() -> list[dict[str, Any]]:
    lines = (shared.folder() / "corpus" / "seed.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def page_of(row: dict[str, Any]) -> Notice:
    """The seed's scan reads jxj.huaibei.gov.cn as huaipei."""
    return PAGES[row["url"].replace("huaipei", "huaibei")]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


OURS = "\n".join(squeezed(notice.text) for notice in PAGES.values())


@pytest.mark.needs_shared
def test_titles_are_the_seeds() -> None:
    assert all(page_of(row).title == row["title"] for row in seed())


@pytest.mark.needs_shared
def test_deadlines_stand_in_the_seeds_words() -> None:
    missing = [
        deadline["quote"]
        for row in seed()
        for deadline in row["deadlines"]
        if squeezed(deadline["quote"]) not in squeezed(page_of(row).text)
    ]

    assert missing == []


@pytest.mark.needs_shared
def test_no_sentence_of_the_seed_stands_in_our_prose() -> None:
    copied = [
        sentence
        for row in seed()
        for paragraph in row["text"].split("\n\n")
        for sentence in re.findall("[^。；]+(?=[。；])", squeezed(paragraph))
        if len(_own_words(sentence, row)) >= LONG and sentence in OURS
    ]

    assert copied == []


def _own_words(sentence: str, row: dict[str, Any]) -> str:
    """The sentence without what may be carried over: titles, documents, deadlines, addresses."""
    for phrase in [row["title"], *(deadline["quote"] for deadline in row["deadlines"])]:
        sentence = sentence.replace(squeezed(phrase), "")
    return re.sub(r"《.*?》|（[^）]*〔\d+〕[^）]*号）|[\w.]+@[\w.]+", "", sentence)


@pytest.mark.needs_shared
def test_prose_is_about_as_long_as_the_seeds() -> None:
    shares = {row["url"]: len(squeezed(page_of(row).text)) / len(squeezed(row["text"])) for row in seed()}

    assert all(0.75 < share < 1.25 for share in shares.values()), shares


def test_extension_names_what_it_extends() -> None:
    text = PAGES["http://jxj.huaibei.gov.cn/xxfb/tzgg/18648399.html"].text

    assert "《关于做好2019年淮北市绿色工厂推荐工作的通知》（淮经信节能函〔2019〕51号）" in text
    assert "申报截止时间由2019年10月29日延长至2019年11月5日" in text
