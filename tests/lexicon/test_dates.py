"""Every way to write a date, and that any date written in any of them is read back."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.lexicon.dates import find_dates

ANCHOR = date(2019, 10, 21)
DIGITS = "〇一二三四五六七八九"


def days(text: str) -> list[str]:
    return [str(mention.last_day(ANCHOR)) for mention in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("于2019年10月29日前", ["2019-10-29"]),
        ("二〇一九年十月十五日", ["2019-10-15"]),
        ("19年11月5日前", ["2019-11-05"]),
        ("11月5日前", ["2019-11-05"]),
        ("1月5日前", ["2020-01-05"]),
        ("12月底前", ["2019-12-31"]),
        ("2024年2月底", ["2024-02-29"]),
        ("11月上旬", ["2019-11-10"]),
        ("11月中旬", ["2019-11-20"]),
        ("到2025年年底", ["2025-12-31"]),
        ("今年年底前", ["2019-12-31"]),
        ("明年3月底前", ["2020-03-31"]),
        ("2019年第三季度末", ["2019-09-30"]),
        ("2019-10-29", ["2019-10-29"]),
        ("2019.10.29", ["2019-10-29"]),
        ("2019/10/29", ["2019-10-29"]),
        ("10.29前", ["2019-10-29"]),
        ("2024821日前", ["2024-08-21"]),
        ("20211120日前", ["2021-11-20"]),
        ("2024111日前", []),
        ("315日至410日期间", ["2020-03-15", "2020-04-10"]),
        ("时间为2021528日至63日。", ["2021-05-28", "2020-06-03"]),
        ("并于117日前报，于117日中午12:00前填", []),
        ("于67日中午12:00前", ["2020-06-07"]),
        ("自61日至69日", ["2020-06-01", "2020-06-09"]),
        ("在?月20日到11月29日内", ["2019-11-20", "2019-11-29"]),
        ("于25日-11月5日", ["2019-10-25", "2019-11-05"]),
        ("当月最后一天", ["2019-10-31"]),
        ("次月12日", ["2019-11-12"]),
        ("本月25日前", ["2019-10-25"]),
        ("本周五前", ["2019-10-25"]),
        ("下周一前", ["2019-10-28"]),
        ("2020年9月25日-10月10日", ["2020-09-25", "2020-10-10"]),
        ("6月25日至30日", ["2020-06-25", "2020-06-30"]),
        ("6月25-30日", ["2020-06-25", "2020-06-30"]),
        ("2019.10.6-2019.11.10", ["2019-10-06", "2019-11-10"]),
        ("10.26~11.10前", ["2019-10-26", "2019-11-10"]),
        ("近3年内", []),
        ("(010)66103117", []),
        ("2019年2月30日", ["None"]),
    ],
)
def test_dates_are_read(text: str, read: list[str]) -> None:
    assert days(text) == read


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2022年4月24日16:30", time(16, 30)),
        ("4月10日下午5点半", time(17, 30)),
        ("3月31日(星期二)24:00", time(23, 59, 59)),
        ("10月31日17时前", time(17)),
        ("4月10日零时", time(0)),
        ("4月10日前", None),
    ],
)
def test_times_of_day_are_read(text: str, at: time | None) -> None:
    assert find_dates(text)[0].at == at


def test_a_yearly_day_says_that_it_repeats() -> None:
    assert find_dates("每年4月底前")[0].repeats


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


WRITTEN = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    lambda d: f"{d.year}-{d.month:02}-{d.day:02}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: "".join(DIGITS[int(c)] for c in str(d.year)) + f"年{chinese(d.month)}月{chinese(d.day)}日",
]


@given(st.dates(date(2001, 1, 1), date(2049, 12, 31)), st.sampled_from(WRITTEN))
def test_any_date_written_in_any_way_is_read_back(day: date, write) -> None:  # type: ignore[no-untyped-def]
    assert days(f"请于{write(day)}前报送") == [day.isoformat()]
