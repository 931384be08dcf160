"""`python -m demo` as a person runs it: twice, and with something missing.

It is on its own embedded database whichever one the tests are on, so of two runs side by side one looks on.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.services.once import once

ROOT = Path(__file__).resolve().parents[2]


def demo(folder: Path, **environment: str) -> dict[str, Any]:
    """Runs the demo in its own folder, with nothing of this test run's environment: code, out, err."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "demo"],
        cwd=ROOT,
        env={**kept, "KUAIXUN_VAR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr}


def report(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "report.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("demo")

    def run() -> dict[str, Any]:
        done = demo(folder)
        assert done["code"] == 0, done["out"] + done["err"]
        return report(folder)

    reports = once("demo", lambda: {"first": run(), "second": run()})
    return reports["first"], reports["second"]


def test_demo_brings_in_nine_sources_and_ten_notices(two_runs: tuple[dict[str, Any], dict[str, Any]]) -> None:
    first, _ = two_runs
    told = {name: first[name] for name in ("sources", "notices_new", "readings", "follow_ups", "repeats")}
    assert told == {"sources": 9, "notices_new": 10, "readings": 10, "follow_ups": 1, "repeats": 0}


def test_demo_baselines_at_least_five_older_items_a_list(
    two_runs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    assert two_runs[0]["items_baseline"] >= 9 * 5


def test_demo_reminds_on_working_days_and_moves_with_the_deadline(
    two_runs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    days = {
        (row["deadline"], row["days"], row["sent_on"])
        for row in two_runs[0]["reminders"]
        if "淮北" in row["notice"]
    }
    assert days == {
        ("2019-10-29", 7, "2019-10-22"),
        ("2019-10-29", 3, "2019-10-25"),
        ("2019-11-05", 7, "2019-10-29"),
        ("2019-11-05", 3, "2019-11-01"),
        ("2019-11-05", 1, "2019-11-04"),
    }


def test_second_run_polls_everything_and_tells_nobody(
    two_runs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    this_run = two_runs[1]["this_run"]
    said = sum(count for channels in this_run["deliveries"].values() for count in channels.values())
    news = {name: this_run[name] for name in ("notices_new", "readings", "matches", "follow_ups", "repeats")}
    assert (this_run["sources"], said, this_run["reminders"], set(news.values())) == (9, 0, [], {0})


def test_demo_without_smtp_says_so_and_fails(tmp_path: Path) -> None:
    done = once("demo-no-smtp", lambda: demo(tmp_path, SMTP_URL="smtp://127.0.0.1:9"))
    assert done["code"] == 1
    assert "演示没有完成" in done["err"]
    assert "127.0.0.1:9" in done["err"]


def test_demo_without_redis_says_so_and_fails(tmp_path: Path) -> None:
    done = once("demo-no-redis", lambda: demo(tmp_path, REDIS_URL="redis://127.0.0.1:1/0"))
    assert (done["code"], "连不上 Redis" in done["err"]) == (1, True)


def test_demo_on_a_folder_that_cannot_be_written_says_so_and_fails(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("not a folder", encoding="utf-8")
    done = demo(tmp_path / "taken")
    assert (done["code"], "演示环境起不来" in done["err"]) == (1, True)
