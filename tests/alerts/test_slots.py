from datetime import date, datetime

import pytest

from alerts.slots import Slot, due_slots, is_urgent, reminder_days
from tests.builders import at


@pytest.mark.parametrize(("clock", "names"), [("08:29", []), ("21:00", [])])
def test_no_slot_is_due_by_night(clock: str, names: list[str]) -> None:
    assert [slot.name for slot in due_slots(at("2019-10-22", clock))] == names


def test_slots_of_a_morning_are_the_days_and_the_weeks_missed() -> None:
    names = [slot.name for slot in due_slots(at("2019-10-22", "08:30"))]
    assert names[:2] == ["remind:2019-10-22", "weekly:2019-10-16"]
    assert names[-2:] == ["weekly:2019-10-22", "daily:2019-10-22"]


def test_slot_is_cut_at_half_past_eight_in_shanghai() -> None:
    assert Slot("daily", date(2019, 10, 22)).cut_at == at("2019-10-22", "08:30")


@pytest.mark.parametrize(
    ("on", "planned"),
    [
        # 10-26 is a Saturday, so the three days before 10-29 fall on Friday 10-25.
        ("2019-10-29", {7: "2019-10-22", 3: "2019-10-25", 1: "2019-10-28"}),
        ("2019-11-06", {14: "2019-10-23", 7: "2019-10-30", 3: "2019-11-01", 1: "2019-11-05"}),
        # 2019-10-01 to 10-07 was the national holiday; what fell in it went back to 09-30.
        ("2019-11-23", {14: "2019-11-08", 7: "2019-11-15", 3: "2019-11-20", 1: "2019-11-22"}),
    ],
)
def test_reminder_days_move_back_to_a_working_day(on: str, planned: dict[int, str]) -> None:
    days = reminder_days(date.fromisoformat(on), at("2019-10-21"))
    assert {ahead: str(due) for ahead, due in days.items()} == planned


def test_reminder_days_leave_out_mornings_that_have_passed() -> None:
    assert reminder_days(date(2019, 10, 29), at("2019-10-25", "15:20")) == {1: date(2019, 10, 28)}


@pytest.mark.parametrize(
    ("now", "urgent"),
    [
        (at("2019-10-25"), True),
        (at("2019-10-20"), False),
        (at("2019-10-30"), True),
        (at("2019-11-07"), False),
    ],
)
def test_change_is_urgent_within_seven_days_of_either_deadline(now: datetime, urgent: bool) -> None:
    assert is_urgent(now, date(2019, 10, 29), date(2019, 11, 5)) is urgent
