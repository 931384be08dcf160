"""A term is tried on the last 30 days before it is saved."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from notices import term_trial
from notices.lexicon import topics
from notices.models import OwnTopic, Strength, Term
from notices.term_trial import trial
from tests.builders import START, notice, topic

pytestmark = pytest.mark.django_db
NOW = START + timedelta(days=1)
Page = Callable[..., str]


@pytest.fixture(autouse=True)
def words_as_shipped() -> Iterator[None]:
    yield
    topics.install(topics.shipped())


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notices.term_admin.business_now", lambda: NOW)


def term(text: str, **columns: Any) -> Term:
    return Term(topic=topic("绿色工厂"), text=text, **columns)


def test_trial_shows_what_is_new_with_the_words_around_it() -> None:
    notice("关于生态智慧車間申报的通知", topic_names=())

    tried = trial(term("生态智慧车间"), NOW)

    assert [(one.how, one.quote) for one in tried.catches] == [("new", "生态智慧車間")]
    assert (tried.total, tried.found) == (1, 1)


def test_trial_tells_apart_what_was_under_the_topic_already() -> None:
    notice("关于绿色工厂（生态智慧车间）申报的通知")

    assert trial(term("生态智慧车间"), NOW).count("already") == 1


def test_trial_of_an_exclusion_shows_what_is_lost() -> None:
    notice("关于绿色工厂化养殖的通知", topic_names=())
    notice("关于申报绿色工厂示范的通知")

    tried = trial(term("绿色工厂示范", strength=Strength.EXCLUDE), NOW)

    assert [(one.how, one.title) for one in tried.catches] == [("lost", "关于申报绿色工厂示范的通知")]


def test_trial_finds_a_strong_term_in_bodies_and_a_title_term_not() -> None:
    notice("关于申报的通知", topic_names=(), text="生态智慧车间的申报。生态智慧車間、生态智慧车间。" * 2)

    assert trial(term("生态智慧车间"), NOW).found == 1
    assert trial(term("生态智慧车间", strength=Strength.TITLE), NOW).found == 0


def test_trial_looks_back_thirty_days_and_no_further() -> None:
    notice("关于生态智慧车间的通知", topic_names=(), seen=NOW - timedelta(days=31))

    assert trial(term("生态智慧车间"), NOW).total == 0


def form(text: str = "生态智慧车间", **more: str) -> dict[str, str]:
    return {"topic": "11", "text": text, "strength": "strong", "enabled": "on", **more}


def seen(answer: Any) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_saving_shows_the_trial_first_and_saves_the_second_time(staff: Client, page: Page) -> None:
    notice("关于生态智慧车间申报的通知", topic_names=())

    shown = staff.post(page(Term, "add"), form())
    assert "<mark>生态智慧车间</mark>" in shown.content.decode()
    assert not Term.objects.exists()
    staff.post(page(Term, "add"), form(seen=seen(shown)))

    assert Term.objects.get().text == "生态智慧车间"


def test_another_word_needs_another_trial(staff: Client, page: Page) -> None:
    shown = staff.post(page(Term, "add"), form())

    staff.post(page(Term, "add"), form("智慧车间", seen=seen(shown)))

    assert not Term.objects.exists()


def test_a_term_that_catches_very_many_is_saved_only_when_confirmed(
    staff: Client, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(term_trial, "MANY", 0)
    notice("关于生态智慧车间申报的通知", topic_names=())
    key = seen(staff.post(page(Term, "add"), form()))

    asked = staff.post(page(Term, "add"), form(seen=key))
    assert 'name="sure"' in asked.content.decode()
    assert not Term.objects.exists()
    staff.post(page(Term, "add"), form(seen=key, sure="1"))

    assert Term.objects.exists()


def test_a_note_alone_needs_no_trial(staff: Client, page: Page) -> None:
    row = Term.objects.create(topic=11, text="生态智慧车间")

    staff.post(page(Term, "change", row.pk), form(note="省厅说法"))

    row.refresh_from_db()
    assert row.note == "省厅说法"


def test_the_whole_list_shows_shipped_words_and_staffs(staff: Client, page: Page) -> None:
    Term.objects.create(topic=11, text="生态智慧车间")

    shown = staff.get(page(Term, "every")).content.decode()

    assert "生态智慧车间" in shown
    assert "单项冠军" in shown


def test_a_new_topic_can_be_given_terms_at_once(staff: Client, page: Page) -> None:
    staff.post(page(OwnTopic, "add"), {"name": "竹代塑", "parent": "12"})

    own = OwnTopic.objects.get()
    key = seen(staff.post(page(Term, "add"), form("以竹代塑", topic=str(own.topic))))
    staff.post(page(Term, "add"), form("以竹代塑", topic=str(own.topic), seen=key))
    assert Term.objects.get().topic == own.topic
