"""Writes down what became of every test, for `python -m tests` to compare the two databases."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.services import shared


class Tally:
    """Test ids with their outcome: `passed`, `failed`, or `skipped: reason`."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.outcomes[report.nodeid] = "failed"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.outcomes[report.nodeid] = "failed"
        elif report.skipped:
            self.outcomes[report.nodeid] = f"skipped: {_reason(report)}"
        elif report.when == "call":
            self.outcomes.setdefault(report.nodeid, "passed")


def _reason(report: pytest.TestReport) -> str:
    """Why a test did not run: the words given to skip(), or to xfail, which nobody may use here."""
    excuse: Any = report.longrepr
    return str(excuse[2]) if isinstance(excuse, tuple) else "expected to fail"


def pytest_configure(config: pytest.Config) -> None:
    if "KUAIXUN_TEST_TALLY" in os.environ:
        config.pluginmanager.register(Tally(), "tally")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("needs_shared") and not shared.folder().is_dir():
        pytest.skip(shared.ABSENT)


def pytest_sessionfinish(session: pytest.Session) -> None:
    tally = session.config.pluginmanager.get_plugin("tally")
    if tally is not None:
        Path(os.environ["KUAIXUN_TEST_TALLY"]).write_text(json.dumps(tally.outcomes), encoding="utf-8")
