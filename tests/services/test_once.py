from pathlib import Path
from typing import Any

import pytest

from tests.services.once import FOLDER, once


def fails() -> dict[str, Any]:
    raise RuntimeError("it cannot be made")


def test_what_one_run_made_the_other_looks_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    once("thing", lambda: {"made": "by the first"})

    assert once("thing", fails) == {"made": "by the first"}


def test_what_failed_is_tried_by_the_other_run_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with pytest.raises(RuntimeError):
        once("thing", fails)

    assert once("thing", lambda: {"made": "by the second"}) == {"made": "by the second"}


def test_a_run_alone_makes_everything_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    once("thing", lambda: {"made": "before"})

    assert once("thing", lambda: {"made": "now"}) == {"made": "now"}
