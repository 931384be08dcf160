import pytest

from notices.lexicon.kinds import Kind
from notices.lexicon.region_keys import ANY, key
from notices.lexicon.topics import ANY_TOPIC
from subscribers.filters import FilterSpec, describe, find_or_make, pairs
from subscribers.models import Filter, FilterPair, Word
from tests.builders import START, place, spec, topic


def test_digest_is_the_same_for_equal_filters() -> None:
    one = FilterSpec(
        regions=(7, 5, 5), topics=(2, 1), none_words=("公 示",), kinds=(Kind.RESULT, Kind.POLICY)
    )
    other = FilterSpec(regions=(5, 7), topics=(1, 2), none_words=("公示",), kinds=(Kind.POLICY, Kind.RESULT))
    assert one.digest == other.digest


def test_digest_ignores_region_switches_where_no_region_is_named() -> None:
    assert FilterSpec(below=False, above=False).digest == FilterSpec().digest


def test_digest_differs_by_switch() -> None:
    assert FilterSpec(regions=(5,)).digest != FilterSpec(regions=(5,), above=False).digest


def test_spec_survives_json() -> None:
    wanted = FilterSpec(regions=(5,), above=False, words=("矿山",), kinds=(Kind.NEWS,)).canonical()
    assert FilterSpec.from_json(wanted.to_json()) == wanted


def test_pairs_of_no_region_and_no_topic_are_any() -> None:
    assert pairs(FilterSpec(), []) == {(ANY, ANY_TOPIC)}


def test_pairs_ask_for_what_lies_below_and_comes_from_above() -> None:
    asked = pairs(spec("余姚市", topic_names=["绿色工厂"]), [])
    green = topic("绿色工厂")
    assert {(key("d", place("余姚市")), green), (key("u", place("宁波市")), green)} <= asked
    assert (key("u", place("杭州市")), green) not in asked


@pytest.mark.django_db
def test_find_or_make_gives_equal_filters_one_row() -> None:
    first = find_or_make(spec("浙江省", none_words=("公示",)), START)
    second = find_or_make(spec("浙江省", none_words=("公示",)), START)
    assert (first, Filter.objects.count()) == (second, 1)


@pytest.mark.django_db
def test_find_or_make_writes_own_words_as_shared_topics() -> None:
    row = find_or_make(FilterSpec(words=("矿山修复",)), START)
    word = Word.objects.get(text="矿山修复")
    assert list(FilterPair.objects.filter(filter=row).values_list("topic", flat=True)) == [word.topic]


def test_describe_names_places_topics_and_exclusions() -> None:
    wanted = spec("余姚市", topic_names=["绿色工厂"], above=False, none_words=("公示",))
    assert describe(wanted) == "浙江省宁波市余姚市（不含上级） · 绿色工厂 · 不含“公示”"
