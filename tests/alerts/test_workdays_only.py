"""只在工作日: digests of days off come on the next working day."""

from datetime import date

import pytest

from alerts.compose import compose_due, compose_slot
from alerts.models import Delivery, State
from alerts.proof import overdue
from alerts.proof_times import should_be_told
from alerts.slots import Slot
from subscribers.models import Cadence
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db


def composed(*days: str) -> list[int]:
    """The digests of the mornings, each with all that is due then."""
    made = []
    for day in days:
        compose_due(at(day, "08:30"))
        made.append(Delivery.objects.filter(slot=day, kind="digest").count())
    return made


# 2019-10-01 (a Tuesday) to 10-07 were off, as was Saturday 09-28; Sunday 09-29 was worked.
@pytest.mark.parametrize(
    ("weekday", "told_on"),
    [(6, "2019-09-29"), (2, "2019-10-08"), (1, "2019-09-30"), (7, "2019-09-29"), (3, "2019-10-08")],
)
def test_weekly_digest_of_a_day_off_comes_on_the_next_working_day(weekday: int, told_on: str) -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, at("2019-09-01"), weekday=weekday, workdays_only=True)
    days = ["2019-09-28", "2019-09-29", "2019-09-30", *(f"2019-10-0{n}" for n in range(1, 10))]
    composed("2019-09-27")
    taken_in(notice(seen=at("2019-09-27", "12:00")))
    made = dict(zip(days, composed(*days), strict=True))
    assert [day for day, count in made.items() if count] == [told_on]


def test_weekly_digest_that_was_put_off_is_made_once() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, weekday=6, workdays_only=True)
    composed("2019-10-25")
    taken_in(notice(seen=at("2019-10-25", "12:00")))
    first = composed("2019-10-26", "2019-10-27", "2019-10-28")
    taken_in(notice(seen=at("2019-10-28", "12:00")))
    assert (first, composed("2019-10-29", "2019-10-30")) == ([0, 0, 1], [0, 0])


def test_put_off_digest_is_made_though_the_working_day_was_missed() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, weekday=6, workdays_only=True)
    composed("2019-10-25")
    taken_in(notice(seen=at("2019-10-25", "12:00")))
    assert composed("2019-10-26", "2019-10-29") == [0, 1]


def test_weekly_digest_on_any_day_comes_on_its_day() -> None:
    wish(person(), spec("余姚市"), Cadence.WEEKLY, weekday=6)
    taken_in(notice(seen=at("2019-10-25", "12:00")))
    assert compose_slot(Slot("weekly", date(2019, 10, 26)), at("2019-10-26", "08:30")) == 1


@pytest.mark.parametrize(
    ("cadence", "weekday", "day", "found"),
    [
        (Cadence.DAILY, 1, "2019-10-26", 0),
        (Cadence.DAILY, 1, "2019-10-28", 1),
        (Cadence.WEEKLY, 6, "2019-10-26", 0),
        (Cadence.WEEKLY, 6, "2019-10-28", 1),
        (Cadence.WEEKLY, 2, "2019-10-28", 0),
    ],
)
def test_proof_knows_who_wants_working_days_alone(
    cadence: Cadence, weekday: int, day: str, found: int
) -> None:
    wish(person(), spec("余姚市"), cadence, weekday=weekday, workdays_only=True)
    taken_in(notice(seen=at("2019-10-25", "12:00")))
    before = len(overdue(at(day, "08:50")))
    composed(day)
    Delivery.objects.update(state=State.SENT)
    assert (before, overdue(at(day, "08:50"))) == (found, [])


def test_should_be_told_heeds_days_off() -> None:
    friday, saturday, monday = (at(f"2019-10-{day}", "09:00") for day in (25, 26, 28))
    told = [should_be_told("daily", 1, friday, now, workdays_only=True) for now in (saturday, monday)]
    assert told == [False, True]
