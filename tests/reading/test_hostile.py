"""Bad input gets an answer in bounded time: binary, mixed, long runs built to make patterns explode."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.lexicon.kinds import Kind
from notices.reading import read

LONG = 100_000
BOUND_S = 8.0  # generous: a busy machine; these took minutes where a pattern was quadratic
RUNS = {
    "digits": "1",
    "brackets": "(",
    "pairs": "()",
    "blanks": " ",
    "lines": "\n",
    "stars": "《",
    "han": "市",
    "offices": "局",
    "dates": "2019年10月29日前",
    "report": "报送",
    "numbers": "〔2019〕51号",
    "numerals": "一",
    "labels": "截止时间:",
    "places": "北京市海淀区",
    "bare": "市工信局",
    "periods": "5个工作日",
    "months": "10月",
    "weekdays": "(周",
    "commas": ",",
    "notice": "关于申报绿色工厂的通知，请于2023年5月6日前报送。",
    "signed": "人民政府办公室",
    "compact": "20191029",
    "wide": "（",
    "control": "\x00",
    "spans": "至",
    "publicity": "公示期",
}


@pytest.mark.parametrize("run", [pytest.param(run, id=name) for name, run in RUNS.items()])
def test_long_runs_are_read_in_bounded_time(run: str) -> None:
    text = run * (LONG // len(run))
    began = time.monotonic()

    read(text[:300], text, date(2023, 1, 1))

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
