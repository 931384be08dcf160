"""What `make test` makes of its two runs."""

import pytest

from tests.__main__ import Run, counts, merged, troubles

GOOD = {"a": "passed", "b": "skipped: KUAIXUN_SHARED: ../shared is absent"}


def test_two_equal_runs_are_no_trouble() -> None:
    assert list(troubles(Run("SQLite", GOOD), Run("PostgreSQL", GOOD))) == []


@pytest.mark.parametrize(
    ("other", "trouble"),
    [
        ({**GOOD, "c": "passed"}, "ran on PostgreSQL only: c"),
        ({"a": "passed"}, "ran on SQLite only: b"),
        ({**GOOD, "a": "failed"}, "PostgreSQL: a: failed"),
        ({**GOOD, "a": "skipped: too slow"}, "PostgreSQL: a: skipped: too slow"),
    ],
)
def test_troubles_name_the_database_and_the_test(other: dict[str, str], trouble: str) -> None:
    assert list(troubles(Run("SQLite", GOOD), Run("PostgreSQL", other))) == [trouble]


def test_no_test_at_all_is_trouble() -> None:
    assert list(troubles(Run("SQLite", {}), Run("PostgreSQL", {}))) == ["no test ran"]


def test_merged_takes_the_worse_of_two() -> None:
    one, other = {"a": "passed", "b": "failed"}, {"a": "skipped: x", "b": "passed", "c": "passed"}
    assert merged(one, other) == {"a": "skipped: x", "b": "failed", "c": "failed"}


@pytest.mark.parametrize(
    ("outcomes", "line"),
    [
        ({"a": "passed", "b": "failed"}, "1 passed, 1 failed"),
        (GOOD, "1 passed, 0 failed, 1 skipped"),
        ({}, "0 passed, 0 failed"),
    ],
)
def test_counts_are_the_line_that_ci_reads(outcomes: dict[str, str], line: str) -> None:
    assert counts(outcomes) == line
