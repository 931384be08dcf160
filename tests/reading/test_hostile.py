"""Bad input gets an answer in bounded time: binary, mixed, long runs built to make patterns explode."""

import sys
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.lexicon.kinds import Kind
from notices.reading import read
from tests.reading.hostile import RUNS, TITLES

LONG = 100_000
BOUND_S = 8.0  # generous: a busy machine; these took minutes where a pattern was quadratic


@pytest.mark.parametrize("run", [pytest.param(run, id=name) for name, run in RUNS.items()])
def test_long_runs_are_read_in_bounded_time(run: str) -> None:
    text = run * (LONG // len(run))
    began = time.monotonic()

    read(text[:300], text, date(2023, 1, 1))

    assert time.monotonic() - began < BOUND_S


@pytest.mark.parametrize(("title", "run"), [pytest.param(*one, id=name) for name, one in TITLES.items()])
def test_long_runs_under_a_title_are_read_in_bounded_time(title: str, run: str) -> None:
    text = run * (LONG // len(run))
    began = time.monotonic()

    read(title, text, date(2023, 1, 1))

    assert time.monotonic() - began < BOUND_S


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.text(max_size=600), st.none() | st.dates(), st.text(max_size=40))
def test_any_text_gets_an_answer(title: str, text: str, published: date | None, url: str) -> None:
    assert read(title, text, published, url).kind.value in Kind


ALPHABET = "于请将前后至日月年0123456789一二十底截止时间公示个内报送，。：；（）〔〕《》-—~/. \n市县区局"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=300))
def test_any_mixture_of_date_words_gets_an_answer(text: str) -> None:
    reading = read("关于申报绿色工厂的通知", text, date(2023, 1, 1))

    assert all(deadline.on >= date(2023, 1, 1) for deadline in reading.deadlines)
    assert sum(deadline.main for deadline in reading.deadlines) == bool(reading.deadlines)


def calls_of(text: str) -> int:
    """How many calls reading a text takes: a measure that a busy machine does not change."""
    calls = 0

    def counted(frame: object, event: str, arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        read(text[:300], text, date(2023, 1, 1))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("run", [pytest.param(run, id=name) for name, run in RUNS.items()])
def test_the_work_grows_no_faster_than_the_text(run: str) -> None:
    read(run, run)  # what is read once from files is no work of the text
    short, long = (calls_of(run * (length // len(run))) for length in (1500, 6000))

    assert long <= 6 * short + 2000


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(("utf-8", "gb18030", "latin-1", "utf-16")))
def test_bytes_read_in_a_wrong_encoding_get_an_answer(data: bytes, encoding: str) -> None:
    text = data.decode(encoding, errors="replace")

    assert read(text[:100], text, date(2023, 1, 1)).kind.value in Kind


def test_mojibake_of_a_notice_gets_an_answer_and_no_deadline() -> None:
    notice = "关于申报绿色工厂的通知\n请于2023年5月6日前报送。"
    text = notice.encode().decode("gb18030", errors="replace")

    assert read(text[:20], text, date(2023, 1, 1)).deadlines == ()


def test_an_empty_notice_has_nothing_and_says_so() -> None:
    reading = read("", "")

    assert (reading.deadlines, reading.regions, reading.issuer) == ((), (), None)
    assert reading.doubts
