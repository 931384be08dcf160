"""Words are found in files that tell by their names whether they are still true."""

from pathlib import Path

import pytest
from django.conf import settings

from alerts import recent_words
from alerts.models import RecentNotice
from notices import term_trial, word_lookup
from notices.models import Term
from tests.builders import notice, taken_in, topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    monkeypatch.setattr(recent_words, "PART", 2)
    return tmp_path / "recent-words"


def holding(word: str) -> set[int]:
    return {pk for part in recent_words.parts(0) for pk in recent_words.words_of(part).holding(word)}


def test_words_are_found_in_the_notices_that_hold_them() -> None:
    rows = [notice(title) for title in ("氢能", "危废", "危废与氢能，氢能", "氢，能")]
    taken_in(*rows)
    assert holding("氢能") == {rows[0].pk, rows[2].pk}
    assert holding("危氢") == set()


def test_a_changed_text_is_read_anew() -> None:
    taken_in(row := notice("氢能"))
    assert holding("氢能") == {row.pk}
    RecentNotice.objects.update(words="危废", checksum=recent_words.checksum(row.pk, "危废"))
    assert (holding("氢能"), holding("危废")) == (set(), {row.pk})


def test_a_file_is_written_once_and_removed_when_it_is_true_no_more(folder: Path) -> None:
    taken_in(row := notice("氢能"))
    assert (recent_words.keep(0), recent_words.keep(0), len(list(folder.iterdir()))) == (1, 0, 1)
    row.delete()
    assert (recent_words.keep(0), list(folder.iterdir())) == (0, [])


FORMS = ("低噪声车间", "低噪聲車間", "低 噪声　车间", "低噪\n声车间", "低噪音车间", "Ｇ５低噪声车间")


def test_the_trial_of_a_term_finds_the_same_in_files_as_in_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [notice("关于评价的通知", topic_names=(), text=f"{form}的评价。") for form in FORMS]
    rows += [notice(f"关于{FORMS[0]}的通知", topic_names=()), notice("关于评价的通知", topic_names=())]
    taken_in(*rows[:-2])  # the others' words are in no file yet
    now, term = rows[0].first_seen_at, Term(topic=topic("绿色工厂"), text="低噪声车间")

    in_files = term_trial.trial(term, now)
    monkeypatch.setattr(word_lookup, "_seated", [])
    in_rows = term_trial.trial(term, now)

    assert in_files == in_rows
    assert (in_files.total, in_files.found) == (8, 6)
