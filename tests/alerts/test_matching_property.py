"""The statement that matches against a reader that does not know it, on 100,000 pairs of each database."""

import pytest

from alerts.matching import match
from alerts.models import Match
from notices.lexicon import topics
from notices.models import Deadline, Notice, Reading, Revision
from subscribers.filters import find_or_make
from tests.alerts.brute_force import Published, asked_for
from tests.alerts.random_world import World
from tests.builders import START, source

pytestmark = pytest.mark.django_db
SEEDS = (2019, 1003, 20261123, 7)


def come_in(published: list[Published]) -> dict[int, Published]:
    """The notices as rows, read and matched."""
    origin = source()
    rows = {}
    for number, one in enumerate(published):
        notice = Notice.objects.create(
            title="通知", url=f"http://n.example/{number}", source=origin, first_seen_at=START,
            identity=f"random-{number}",
        )  # fmt: skip
        revision = Revision.objects.create(
            notice=notice, number=1, title="通知", text=one.text, content_hash="x", seen_at=START
        )
        reading = Reading.objects.create(
            notice=notice, revision=revision, version="test", made_at=START, kind=one.kind, confidence=1.0,
            regions=list(one.regions), excluded_regions=list(one.excluded), issuer=one.issuer,
            topics=sorted(topics.closure(one.topics)),
        )  # fmt: skip
        if one.has_deadline:
            Deadline.objects.create(notice=notice, reading=reading, on=START, quote="前", is_main=True)
        match(notice, reading, START)
        rows[notice.pk] = one
    return rows


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
