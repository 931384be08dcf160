"""Words are found in files that tell by their names whether they are still true."""

from pathlib import Path

import pytest
from django.conf import settings

from alerts import recent_words
from alerts.models import RecentNotice
from tests.builders import notice, taken_in

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
