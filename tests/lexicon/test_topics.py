"""The topic graph: every topic has its words, an exclusion, titles that name it and words that do not."""

import pytest

from notices.lexicon.normal import normalise
from notices.lexicon.terms import TermFinder, finder
from notices.lexicon.topics import Topic, all_topics, by_name, closure, topic

EVERY = [pytest.param(one, id=one.name) for one in all_topics()]


def found(text: str) -> set[str]:
    return {topic(hit.topic).name for hit in finder().find(normalise(text))}


def test_there_are_at_least_forty_topics() -> None:
    assert len(all_topics()) >= 40
    assert (
        len({one.id for one in all_topics()}) == len({one.name for one in all_topics()}) == len(all_topics())
    )


@pytest.mark.parametrize("one", EVERY)
def test_topic_has_its_words(one: Topic) -> None:
    assert len({*one.strong, *one.title, *one.weak}) >= 5
    assert one.exclude
    assert all(topic(parent) for parent in one.parents)


@pytest.mark.parametrize("one", EVERY)
def test_topic_is_found_by_each_strong_word(one: Topic) -> None:
    for term in one.strong:
        assert one.name in found(f"关于{term}的通知"), term


@pytest.mark.parametrize("one", EVERY)
def test_topic_is_not_found_in_what_it_excludes(one: Topic) -> None:
    for term in one.exclude:
        assert one.name not in found(f"“{term}”"), term


@pytest.mark.parametrize(
    ("text", "named", "unnamed"),
    [
        ("非危险废物不属于危险废物", set(), {"危险废物"}),
        ("醫療廢物處置", {"医疗废物"}, set()),
        ("绿　色　工　厂", {"绿色工厂"}, set()),
        ("生态环境厅", set(), {"环境监管"}),
        ("高新技术产业开发区管委会", set(), {"高新技术企业"}),
        ("人工智能揭榜挂帅", {"人工智能"}, set()),
        ("揭榜挂帅", set(), {"人工智能"}),
    ],
)
def test_words_mean_what_they_mean(text: str, named: set[str], unnamed: set[str]) -> None:
    assert named <= found(text)
    assert not unnamed & found(text)


def test_closure_holds_all_that_is_broader() -> None:
    ids = closure([by_name("医疗废物").id])

    assert {topic(i).name for i in ids} == {"医疗废物", "危险废物", "固体废物"}


def test_by_name_offers_the_near_names() -> None:
    with pytest.raises(KeyError, match="绿色工厂"):
        by_name("绿色厂")


def test_a_finder_knows_the_terms_that_staff_add() -> None:
    ours = TermFinder([Topic(900, "氢能", strong=("氢能",), exclude=("氢能源汽车展",))])

    assert [hit.term for hit in ours.find("氢能项目与氢能源汽车展")] == ["氢能"]


def test_a_term_that_begins_in_an_excluded_word_is_hidden() -> None:
    ours = TermFinder([Topic(900, "危险废物", strong=("危险废物处置",), exclude=("非危险废物",))])

    assert [hit.start for hit in ours.find("非危险废物处置与危险废物处置")] == [8]


def test_a_pair_of_which_half_is_hidden_is_no_pair() -> None:
    ours = TermFinder([
        Topic(900, "智能制造", exclude=("制造业高质量发展",), required=(("揭榜", "制造"),))
    ])  # fmt: skip

    assert ours.find("制造业高质量发展专项揭榜") == []
    assert [hit.term for hit in ours.find("制造业高质量发展与装备制造揭榜")] == ["制造", "揭榜"]


def test_an_excluded_word_hides_no_longer_term_that_begins_with_it() -> None:
    ours = TermFinder([Topic(900, "首台套", strong=("首台套保险补偿",), exclude=("首台套保险",))])

    assert ours.find("首台套保险补偿")


def test_long_runs_of_excluded_and_paired_words_are_searched_in_bounded_steps() -> None:
    ours = TermFinder([
        Topic(900, "x", strong=("危险废物",), exclude=("非危险废物",), required=(("工厂", "评价"),))
    ])  # fmt: skip

    assert ours.find("非危险废物" * 20_000) == []
    assert len(ours.find("工厂评价" * 20_000)) == 40_000
