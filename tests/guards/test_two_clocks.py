"""The guard of the two clocks sees what it should, and the house passes it."""

from pathlib import Path

import pytest

from tests.guards import two_clocks
from tests.guards.two_clocks import BUSINESS, MACHINE, ROW, Finding

HERE = Path("alerts/late.py")


@pytest.mark.parametrize(
    ("source", "what", "instead"),
    [
        ("from django.utils import timezone\ntimezone.now()", "django.utils.timezone.now", BUSINESS),
        ("from django.utils.timezone import now\nf = now", "django.utils.timezone.now", BUSINESS),
        ("from datetime import datetime\ndatetime.now()", "datetime.datetime.now", BUSINESS),
        ("import datetime as dt\ndt.datetime.utcnow()", "datetime.datetime.utcnow", BUSINESS),
        ("from datetime import date\ndate.today()", "datetime.date.today", BUSINESS),
        ("import time\ntime.time()", "time.time", MACHINE),
        ("from time import time as clock\nclock()", "time.time", MACHINE),
        ("\nDateTimeField(auto_now=True)", "auto_now", ROW),
        ("\nDateTimeField(auto_now_add=True)", "auto_now_add", ROW),
    ],
)
def test_findings_name_line_and_remedy(source: str, what: str, instead: str) -> None:
    assert two_clocks.findings(HERE, source) == [Finding(HERE, 2, what, instead)]


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.monotonic()",
        "from config.clock import machine_now\nmachine_now()",
        "self.time.time()",
        "def f(now): return now()",
        "DateTimeField(auto_now=False)",
        "'timezone.now() is not asked'",
    ],
)
def test_findings_leave_the_rest_alone(source: str) -> None:
    assert two_clocks.findings(HERE, source) == []


def test_finding_reads_like_a_compiler_s() -> None:
    assert str(Finding(HERE, 3, "time.time", "use x")) == "alerts/late.py:3: time.time: use x"


def test_nobody_in_the_house_looks_at_a_clock() -> None:
    assert [str(finding) for finding in two_clocks.in_house()] == []
