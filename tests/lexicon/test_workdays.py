"""The official calendar: holidays, swapped days, and plain weekdays for years to come."""

from datetime import date

import pytest

from notices.lexicon.workdays import add_workdays, back_to_workday, is_published, is_workday, workdays_between


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2019, 10, 1), False),
        (date(2019, 10, 12), True),
        (date(2019, 10, 26), False),
        (date(2020, 1, 31), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),
        (date(2049, 10, 1), True),
    ],
)
def test_workdays_follow_the_official_calendar(day: date, worked: bool) -> None:
    assert is_workday(day) is worked


def test_a_reminder_on_a_saturday_moves_to_friday() -> None:
    assert back_to_workday(date(2019, 10, 26)) == date(2019, 10, 25)


@pytest.mark.parametrize(
    ("day", "n", "last"),
    [
        (date(2021, 12, 28), 5, date(2022, 1, 5)),
        (date(2019, 9, 28), 5, date(2019, 10, 10)),
        (date(2019, 10, 21), 0, date(2019, 10, 21)),
    ],
)
def test_add_workdays_skips_holidays(day: date, n: int, last: date) -> None:
    assert add_workdays(day, n) == last


def test_workdays_between_counts_from_the_day_after() -> None:
    assert workdays_between(date(2019, 10, 21), date(2019, 10, 29)) == 6
    assert workdays_between(date(2019, 10, 29), date(2019, 10, 21)) == -6


def test_years_not_out_yet_are_known_as_such() -> None:
    assert is_published(2026)
    assert not is_published(2049)
