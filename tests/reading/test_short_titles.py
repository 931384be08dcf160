"""A short title has at most 20 characters and says the place and the matter that the title says."""

import json
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from notices.lexicon import regions
from notices.lexicon.topics import shipped
from notices.reading import read
from notices.reading.region import names_upward
from notices.reading.short_titles import LIMIT, short_title

HERE = Path(__file__).parent
BLIND = [
    json.loads(line)
    for file in sorted(HERE.glob("blind/*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]
LABELLED = [
    line.split("\t")[0] for line in (HERE / "cases/topic_titles.tsv").read_text(encoding="utf-8").splitlines()
]
TITLES = [*((one["title"], one["text"]) for one in BLIND), *((title, "") for title in LABELLED)]
PLACES = [
    one.id for one in regions.all_regions() if one.kind in {"province", "city", "county"} and not one.retired
]
NOUNS = sorted(set(chain.from_iterable(topic.strong for topic in shipped().all())))
WRAPPINGS = (
    "{place}{office}关于组织开展{year}年度{place}{noun}申报工作的通知",
    "关于公布{place}第三批{noun}名单（2023年认定、2024年复核通过）的公告",
    "{place}人民政府办公室关于印发《{place}加快推进{noun}高质量发展若干政策措施（试行）》的通知",
    "关于征求《{place}{noun}管理办法（征求意见稿）》意见的函",
    "关于做好{noun}、优秀企业家和先进集体推荐工作的通知（{place}）",
)


def keeps(title: str, short: str, region: int | None, nouns: list[str]) -> bool:
    places = names_upward(region)
    finest = next((said for forms in places if (said := [one for one in forms if one in title])), [])
    said = [noun for noun in nouns if noun in title]
    return all(any(name in short for name in group) for group in (finest, said) if group)


@pytest.mark.parametrize(("title", "text"), TITLES)
def test_short_title_of_a_real_one_fits_and_keeps_place_and_noun(title: str, text: str) -> None:
    reading = read(title, text)
    nouns = [proof.quote for proof in reading.topic_evidence.values() if proof.place == "title"]

    assert 0 < len(reading.short_title) <= LIMIT
    assert keeps(" ".join(title.split()), reading.short_title, next(iter(reading.regions), None), nouns)


@example(3030, "5G+工业互联网", WRAPPINGS[0], "工业和信息化局", 2015, False)  # 积石山…自治县 alone has 15
@given(
    place=st.sampled_from(PLACES),
    noun=st.sampled_from(NOUNS),
    wrapping=st.sampled_from(WRAPPINGS),
    office=st.sampled_from(["工业和信息化局", "发展和改革委员会", "科技局"]),
    year=st.integers(2015, 2026),
    whole=st.booleans(),
)
def test_short_title_of_any_fits_and_keeps_place_and_noun(
    place: int, noun: str, wrapping: str, office: str, year: int, whole: bool
) -> None:
    name = regions.full_name(place) if whole else regions.region(place).name
    title = wrapping.format(place=name, noun=noun, office=office, year=year)
    # 中沙群岛的岛礁及其海域 has no shorter name, and no room for 两化融合管理体系贯标 beside it.
    assume(min(len(form) for form in names_upward(place)[0]) + len(noun) <= LIMIT)

    short = short_title(title, names_upward(place), [noun])

    assert len(short) <= LIMIT
    assert keeps(title, short, place, [noun])


def test_a_title_that_fits_stays_as_it_is() -> None:
    assert read("关于绿色工厂的通知", "").short_title == "关于绿色工厂的通知"


def test_a_place_in_brackets_is_kept() -> None:
    short = read(
        "关于组织开展2024年专精特新企业申报工作的通知（吴江区）", "苏州市吴江区工业和信息化局\n2024年3月1日"
    ).short_title

    assert short == "吴江区2024年专精特新企业申报工作…"
