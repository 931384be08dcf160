"""Reading pages where no signal comes: in a web server's threads."""

import hashlib
import os
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from notices.intake.answers import Fetched
from notices.intake.confined import confined
from notices.intake.cpu_budget import TooSlow
from notices.intake.page_trial import lines_of, look_at
from notices.intake.probing import probe
from tests.intake.conftest import LIST_URL, Put, Web, list_html

LINE = ("/t20191001_1.html", "关于国庆放假的通知", "2019-10-01")


def in_a_thread(work: Callable[..., object], *args: object) -> object:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *args).result()


def test_work_is_done_here_where_signals_come() -> None:
    assert confined(os.getpid) == os.getpid() != in_a_thread(confined, os.getpid)


@pytest.mark.parametrize(
    "work", [(re.fullmatch, r"(a+)+b", "a" * 64), (hashlib.pbkdf2_hmac, "sha256", b"", b"", 10**9)]
)
def test_what_never_ends_in_a_thread_is_ended(monkeypatch: pytest.MonkeyPatch, work: tuple[object]) -> None:
    monkeypatch.setattr("notices.intake.cpu_budget.PER_PAGE", 0.2)
    begun = time.monotonic()
    with pytest.raises(TooSlow):
        in_a_thread(confined, *work)
    assert time.monotonic() - begun < 25


def test_error_of_the_work_is_its_own() -> None:
    with pytest.raises(ZeroDivisionError):
        in_a_thread(confined, divmod, 1, 0)


@pytest.mark.django_db
def test_probe_says_that_a_page_takes_too_long(
    put: Put, on_the_web: Web, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notices.intake.cpu_budget.PER_PAGE", 0.05)
    put(list_html(*((f"/t20191001_{n}.html", f"关于第{n}批项目的通知", "2019-10-01") for n in range(40_000))))
    assert "页面过于庞杂" in probe(LIST_URL, now).trouble


def test_page_is_seen_the_same_in_a_thread() -> None:
    answer = Fetched(LIST_URL, 200, {"content-type": "text/html"}, list_html(LINE).encode())
    seen = look_at(answer, {}, date(2019, 10, 22))
    assert (len(lines_of(seen.trial.outcome)), in_a_thread(_looked_at, answer)) == (1, seen)


def _looked_at(answer: Fetched) -> object:
    return confined(look_at, answer, {}, date(2019, 10, 22))
