"""The statement that matches against a reader that does not know it, on 100,000 pairs of each database.

And the way back: what a preview counts of those notices.
"""

import pytest

from alerts.looking_back import met_since
from alerts.models import Match
from subscribers.filters import find_or_make
from tests.alerts.brute_force import asked_for
from tests.alerts.random_world import World, come_in
from tests.builders import START

pytestmark = pytest.mark.django_db
SEEDS = (2019, 1003, 20261123, 7)


@pytest.mark.parametrize("seed", SEEDS)
def test_matches_equal_brute_force_on_25000_pairs_of_a_random_world(seed: int) -> None:
    world = World(seed)
    asked = [world.filter() for _ in range(198)] + [world.wide_filter() for _ in range(2)]
    filters = {find_or_make(spec, START).pk: spec for spec in asked}
    notices = come_in([world.published() for _ in range(130)])
    expected = {
        (notice, wanted)
        for notice, published in notices.items()
        for wanted, spec in filters.items()
        if asked_for(spec, published)
    }
    assert len(filters) * len(notices) >= 25_000
    assert len(expected) > 300
    assert set(Match.objects.values_list("notice_id", "filter_id")) == expected


@pytest.mark.parametrize("few", [0, 500], ids=["files", "rows"])
def test_looking_back_equals_brute_force(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.looking_back.FEW", few)
    monkeypatch.setattr("alerts.recent_words.PART", 40)
    world = World(1949)
    asked = [world.filter() for _ in range(150)] + [world.wide_filter()]
    notices = come_in([world.published() for _ in range(130)])
    for spec in asked:
        expected = [pk for pk, published in notices.items() if asked_for(spec, published)]
        assert met_since(spec, START) == sorted(expected, reverse=True), spec
