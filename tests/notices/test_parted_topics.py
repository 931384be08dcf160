"""Where a shipped topic was parted, the words of staff on the whole hold for its parts."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps

from notices import vocabulary
from notices.lexicon import topics
from notices.models import Strength, Term
from notices.reading import read
from tests.builders import topic

pytestmark = pytest.mark.django_db
MONEY = "专项资金与奖补"


@pytest.fixture(autouse=True)
def words_as_shipped() -> Iterator[None]:
    topics.install(topics.shipped())
    yield
    topics.install(topics.shipped())


def found_after_upgrade(title: str) -> set[str]:
    for step in ("0007_words_of_parted_topics", "0008_words_of_more_parted_topics"):
        import_module(f"notices.migrations.{step}").carry(apps, None)
    vocabulary.refresh()
    return {topics.topic(one).name for one in read(title, "").topics}


def test_a_word_switched_off_stays_off() -> None:
    Term.objects.create(topic=topic(MONEY), text="补贴", enabled=False)

    assert found_after_upgrade("关于申领岗位补贴的通知") == set()


def test_an_exclusion_hides_the_words_of_the_parts() -> None:
    Term.objects.create(topic=topic(MONEY), text="岗位补贴", strength=Strength.EXCLUDE)

    assert found_after_upgrade("关于申领岗位补贴的通知") == set()


def test_a_word_of_staff_stays_on_the_whole() -> None:
    Term.objects.create(topic=topic(MONEY), text="竹业券")

    assert found_after_upgrade("关于发放竹业券的通知") == {MONEY}


def test_a_shipped_word_put_right_is_right_in_its_part() -> None:
    Term.objects.create(topic=topic(MONEY), text="奖补", strength=Strength.WEAK)
    found_after_upgrade("关于申报奖补的通知")

    part = topics.topic(topic("奖励与补贴"))

    assert "奖补" in part.weak
    assert "奖补" not in part.strong


@pytest.mark.parametrize(("whole", "word"), [("节水", "水效领跑者"), ("绿色园区", "生态工业示范园区")])
def test_a_word_switched_off_stays_off_in_topics_parted_later(whole: str, word: str) -> None:
    Term.objects.create(topic=topic(whole), text=word, strength=Strength.EXCLUDE)

    assert found_after_upgrade(f"关于公布{word}名单的通知").isdisjoint({whole, "工业节水", "生态工业园区"})


def test_who_follows_the_whole_gets_both_parts() -> None:
    for title in ("关于下达商贸业专项资金的通知", "关于申领招工补贴的通知"):
        assert topic(MONEY) in read(title, "").topics
