from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from alerts import match_proof
from alerts.match_proof import Difference, verify_matches
from alerts.models import Match
from subscribers.filters import find_or_make
from tests.alerts.random_world import World, come_in
from tests.builders import START, at, notice, spec, taken_in

pytestmark = pytest.mark.django_db
LATER = at("2019-10-22")


def test_proof_agrees_with_the_tables_of_a_random_world(monkeypatch: pytest.MonkeyPatch) -> None:
    from notices.models import Notice

    monkeypatch.setattr(match_proof, "PART", 25)
    world = World(5)
    for _ in range(60):
        find_or_make(world.filter(), START)
    come_in([world.published() for _ in range(40)])
    Notice.objects.update(matched_at=LATER)
    proof = verify_matches()
    assert (proof.pairs > 2000, proof.differences) == (True, ())


def test_proof_names_what_is_missing_and_what_is_too_much() -> None:
    meets, other = find_or_make(spec("余姚市"), START), find_or_make(spec("安徽省"), START)
    row = notice()
    taken_in(row, now=LATER)
    Match.objects.update(filter=other)
    assert set(verify_matches().differences) == {
        Difference(row.pk, meets.pk, missing=True),
        Difference(row.pk, other.pk, missing=False),
    }


def test_proof_leaves_out_notices_whose_matches_were_pruned() -> None:
    find_or_make(spec("余姚市"), START - timedelta(days=1))
    taken_in(notice(), now=LATER)
    Match.objects.all().delete()
    assert verify_matches(since=START).differences != ()
    assert verify_matches(since=START + timedelta(days=1)).differences == ()


def test_proof_leaves_out_filters_that_came_later() -> None:
    row = notice()
    taken_in(row)
    find_or_make(spec("余姚市"), LATER)
    assert verify_matches().differences == ()


@pytest.mark.frozen
@pytest.mark.parametrize("name", ["verify_matches", "verify-matches"])
def test_command_fails_where_the_tables_differ(name: str) -> None:
    find_or_make(spec("余姚市"), START)
    taken_in(notice(), now=LATER)
    Match.objects.all().delete()
    with pytest.raises(CommandError, match="1 处不一致"):
        call_command(name, sample=5, stdout=StringIO())
