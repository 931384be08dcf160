"""Matches that are recorded, and filed when somebody asks by filter (decision 15)."""

from typing import Any

import pytest
from django.db import connection

from alerts import dialect, filing
from alerts.compose import compose_alerts, left_to_compose, missing_slots
from alerts.models import Delivery, Match, Unfiled
from alerts.proof import overdue
from notices.models import Notice
from subscribers.models import Cadence
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
TEN, LATER = at("2019-10-21", "10:00"), at("2019-10-21", "10:30")


@pytest.fixture(autouse=True)
def _filed_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on SQLite, so that either database shows what comes of it."""
    monkeypatch.setattr(dialect, "files_at_once", lambda: False)


def met() -> Notice:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    row = notice(seen=TEN)
    taken_in(row)
    return row


def test_matching_leaves_its_matches_to_be_filed() -> None:
    row = met()
    assert list(Match.objects.values_list("filed", flat=True)) == [False]
    assert list(Unfiled.objects.values_list("notice_id", "matches")) == [(row.pk, 1)]


def test_filing_leaves_nothing_to_file() -> None:
    met()
    assert (filing.file_matches(), filing.file_matches()) == (1, 0)
    assert (Match.objects.filter(filed=False).count(), Unfiled.objects.count()) == (0, 0)


def test_composing_files_first() -> None:
    met()
    compose_alerts(LATER)
    assert (Delivery.objects.count(), Unfiled.objects.count()) == (1, 0)


def test_what_is_not_filed_is_left_to_compose() -> None:
    met()
    assert left_to_compose(LATER) == len(missing_slots(LATER)) + 1


def test_proof_misses_what_is_not_filed_and_not_told() -> None:
    met()
    assert overdue(LATER) == ["即时：1 人有 1 条命中到时未告知"]


def test_proof_finds_what_no_list_has_to_be_filed() -> None:
    met()
    Unfiled.objects.all().delete()
    assert overdue(LATER) == ["1 条通知的命中不能按条件查到，也没有排队等候"]


def test_a_notice_that_is_read_anew_before_filing_is_filed_whole() -> None:
    row = met()
    wish(person(), spec("浙江省"), Cadence.AT_ONCE)
    Notice.objects.update(matched_at=None)
    taken_in(row)
    assert (Match.objects.count(), filing.file_matches()) == (2, 2)


@pytest.mark.parametrize(
    ("lot", "taken"), [(10, [1]), (30, [1]), (60, [1, 2, 3]), (59, [1, 2]), (1000, [1, 2, 3, 4])]
)
def test_first_lot_takes_whole_notices(lot: int, taken: list[int]) -> None:
    assert filing.first_lot([(1, 25), (2, 30), (3, 5), (4, 100)], lot) == taken


@pytest.mark.parametrize("lot", [1, 2])
def test_lots_file_everything(lot: int) -> None:
    wish(person(), spec("余姚市"), Cadence.AT_ONCE)
    for _ in range(3):
        taken_in(notice(seen=TEN))
    assert (filing.file_matches(lot), Unfiled.objects.count()) == (3, 0)


def test_matches_are_found_by_their_filter_through_the_index() -> None:
    met()
    rows = Match.objects.filter(filter=1, filed=True).values("notice_id")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan: Any = rows.explain()
    assert "match_by_filter" in plan
