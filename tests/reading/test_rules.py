"""Rules that are data: every deadline cue fires on its example, every title has its kind."""

from pathlib import Path

import pytest

from notices.lexicon.kinds import KIND_NAMES, Kind
from notices.reading.deadline_cues import Cue, cues
from notices.reading.kind import find_kind
from notices.reading.layout import lay_out
from notices.reading.page import Page
from notices.reading.sections import find_section, rules
from notices.reading.sentences import DateInSentence, dates_in, sentences

TITLES = Path(__file__).parent / "cases" / "titles.tsv"
EVERY = cues().every


def marked_date(example: str) -> DateInSentence:
    """The date of a sentence that stands in 【】."""
    before, _, rest = example.partition("【")
    layout = lay_out(Page(before + rest.replace("】", "")))
    dates = [dated for sentence in sentences(layout) for dated in dates_in(sentence)]
    return min(dates, key=lambda dated: abs(dated.start - len(Page(before).clean)))


@pytest.mark.parametrize("cue", [pytest.param(cue, id=cue.name) for cue in EVERY])
def test_cue_fires_on_its_example(cue: Cue) -> None:
    assert cue.fires(marked_date(cue.example))


def test_cues_have_names_of_their_own() -> None:
    assert len({cue.name for cue in EVERY}) == len(EVERY)


def titles() -> list[tuple[str, str]]:
    return [tuple(line.split("\t")) for line in TITLES.read_text(encoding="utf-8").splitlines()]  # type: ignore[misc]


@pytest.mark.parametrize(("kind", "title"), titles())
def test_title_has_its_kind(kind: str, title: str) -> None:
    assert find_kind(Page(title, "title"), Page("")).value == Kind(kind)


def test_every_kind_has_a_name_and_a_section() -> None:
    assert set(KIND_NAMES) == set(Kind)
    assert {find_section(kind, set()) for kind in Kind} <= {rule["section"] for rule in rules()}
    assert all(find_section(kind, set()) for kind in Kind)
