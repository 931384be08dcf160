"""Staff's topics and terms lie over the shipped ones, in every process from its next request or task on."""

from collections.abc import Iterator

import pytest
from celery.signals import task_prerun
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from notices import vocabulary
from notices.lexicon import topics
from notices.models import LexiconVersion, Notice, OwnTopic, Reading, Strength, Term
from notices.reading import read
from notices.understanding import understand
from tasks.reading import read_notices
from tests.builders import START, notice, topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words_as_shipped() -> Iterator[None]:
    topics.install(topics.shipped())
    yield
    topics.install(topics.shipped())


def found(title: str) -> set[str]:
    return {topics.topic(one).name for one in read(title, "").topics}


def test_a_term_of_staff_is_found_after_a_refresh() -> None:
    Term.objects.create(topic=topic("绿色工厂"), text="生态智慧车间")

    vocabulary.refresh()

    assert found("关于申报生態智慧 車間的通知") == {"绿色制造", "绿色工厂"}


def test_a_shipped_term_switched_off_is_not_found() -> None:
    Term.objects.create(topic=topic("绿色工厂"), text="低碳工厂", enabled=False)

    vocabulary.refresh()

    assert "绿色工厂" not in found("关于公布低碳工厂名单的通知")


def test_a_shipped_term_may_become_an_exclusion() -> None:
    Term.objects.create(topic=topic("绿色工厂"), text="绿色工厂", strength=Strength.EXCLUDE)

    vocabulary.refresh()

    assert "绿色工厂" not in found("关于绿色工厂的通知")


def test_a_pair_counts_only_together() -> None:
    Term.objects.create(topic=topic("绿色工厂"), text="厂房", strength=Strength.REQUIRED, beside="屋顶光伏")

    vocabulary.refresh()

    assert "绿色工厂" in found("关于厂房屋顶光伏的通知")
    assert "绿色工厂" not in found("关于厂房租赁的通知")


def test_a_topic_of_staff_has_an_id_of_its_own_and_what_is_above_it() -> None:
    own = OwnTopic.objects.create(name="竹代塑", parent=topic("绿色产品"))
    Term.objects.create(topic=own.topic, text="以竹代塑")

    vocabulary.refresh()

    assert own.topic >= topics.FIRST_OF_STAFF
    assert found("关于推广以竹代塑的通知") == {"竹代塑", "绿色产品", "绿色制造"}


def test_terms_of_a_topic_that_is_gone_have_no_effect() -> None:
    Term.objects.create(topic=99_999, text="绿色工厂")

    assert topics.FIRST_OF_STAFF not in vocabulary.refresh().topics


def test_deleting_the_last_row_brings_the_shipped_words_back() -> None:
    Term.objects.create(topic=topic("绿色工厂"), text="低碳工厂", enabled=False)
    vocabulary.refresh()
    Term.objects.all().delete()

    vocabulary.refresh()

    assert "绿色工厂" in found("关于公布低碳工厂名单的通知")


def test_every_change_raises_the_version() -> None:
    term = Term.objects.create(topic=topic("绿色工厂"), text="生态车间")
    term.note = "省厅说法"
    term.save()
    term.delete()

    assert LexiconVersion.objects.get().number == 3


def test_a_refresh_without_change_asks_once_and_builds_nothing() -> None:
    Term.objects.create(topic=topic("绿色工厂"), text="生态车间")
    before = vocabulary.refresh()

    with CaptureQueriesContext(connection) as asked:
        after = vocabulary.refresh()

    assert len(asked) == 1
    assert after is before


def test_a_task_reads_by_the_words_in_force_and_names_their_version() -> None:
    row = notice("关于申报生态智慧车间的通知", topic_names=())
    Notice.objects.filter(pk=row.pk).update(read_at=None)
    Term.objects.create(topic=topic("绿色工厂"), text="生态智慧车间")

    task_prerun.send(sender=read_notices)
    understand(row.pk, START)

    newest = Reading.objects.filter(notice=row).latest("pk")
    assert topic("绿色工厂") in newest.topics
    assert newest.lexicon == f"{topics.shipped().version}+1"


def test_a_page_goes_by_the_words_in_force(client: Client) -> None:
    own = OwnTopic.objects.create(name="竹代塑")

    client.get("/")

    assert topics.topic(own.topic).name == "竹代塑"


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"text": " 碳 "}, "text"),
        ({"text": "厂房", "strength": Strength.REQUIRED}, "beside"),
        ({"text": "厂房", "beside": "屋顶"}, "beside"),
    ],
)
def test_a_term_that_means_nothing_is_refused(columns: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Term(topic=11, **columns).clean()

    assert field in refused.value.message_dict


def test_two_topics_may_not_share_a_name() -> None:
    with pytest.raises(ValidationError, match="已经有"):
        OwnTopic(name="綠色工厂").clean()


def test_a_topic_may_not_stand_under_a_later_one() -> None:
    first = OwnTopic.objects.create(name="竹代塑")
    second = OwnTopic.objects.create(name="竹制品")
    first.parent = second.topic

    with pytest.raises(ValidationError, match="先有"):
        first.clean()
