"""The days of lists: month and day only, two-digit years, none, pinned, of the future."""

from datetime import date

import pytest

from notices.intake.answers import Fetched
from notices.intake.dates import is_future, month_day_in
from notices.intake.families import parse_list
from notices.intake.listing import ListItem, ListPage
from notices.intake.years import with_years
from tests.intake.conftest import page

TODAY = date(2024, 1, 8)
URL = "https://gxj.mou.gov.cn/tzgg/index.html"


def line(month: int = 0, day: int = 0, url: str = "http://a.gov.cn/1", **known: object) -> ListItem:
    month_day = (month, day) if month else None
    return ListItem("关于某事的通知", url, month_day=month_day, **known)  # type: ignore[arg-type]


def days(*lines: ListItem, today: date = TODAY) -> list[date | None]:
    return [item.published for item in with_years(lines, today)]


def read(today: date | None) -> tuple[ListItem, ...]:
    found = parse_list("trs", Fetched(URL, 200, {}, page("trs_years_list.html")), {}, today=today)
    assert isinstance(found, ListPage)
    return found.items


def test_list_of_all_sorts_of_days_is_dated() -> None:
    assert [item.published for item in read(TODAY)] == [
        date(2023, 5, 4),  # pinned: its address is of 2018-03, no help for a 05-04
        date(2024, 1, 5),
        date(2024, 1, 2),
        date(2023, 12, 29),
        date(2023, 12, 20),
        date(2023, 12, 11),
        None,
    ]


def test_pinned_lines_are_known_and_lose_their_mark() -> None:
    items = read(TODAY)
    assert [item.pinned for item in items] == [True, False, False, False, False, True, False]
    assert (items[0].title, items[5].title) == ("关于网上申报系统的使用说明", "关于废止一批文件的公告")


def test_list_of_days_without_a_year_goes_back_over_new_year() -> None:
    assert days(line(1, 5), line(12, 30), line(12, 1)) == [
        date(2024, 1, 5),
        date(2023, 12, 30),
        date(2023, 12, 1),
    ]


def test_list_of_an_old_column_takes_the_years_of_its_neighbours() -> None:
    assert days(line(3, 2), line(published=date(2019, 2, 27))) == [date(2019, 3, 2), date(2019, 2, 27)]


def test_year_in_the_address_comes_first() -> None:
    old = line(3, 2, url="http://a.gov.cn/202103/x.html")
    assert days(old, line(published=date(2019, 2, 27)))[0] == date(2021, 3, 2)


def test_day_that_is_not_yet_is_of_last_year() -> None:
    assert days(line(11, 20)) == [date(2023, 11, 20)]


def test_twenty_ninth_of_february_finds_its_leap_year() -> None:
    assert days(line(2, 29), today=date(2026, 11, 23)) == [date(2024, 2, 29)]


def test_without_a_calendar_month_and_day_stay_undated() -> None:
    assert [item.published for item in read(None)][1] is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("01-31", (1, 31)), ("[1月31日]", (1, 31)), ("发布日期：01/31", (1, 31)), ("· 3.5", (3, 5)),
        ("13-01", None), ("02-30", None), ("第3.5版", None), ("2024-01-31", None), ("", None),
    ],
)  # fmt: skip
def test_month_and_day_are_the_whole_of_a_text(text: str, found: tuple[int, int] | None) -> None:
    assert month_day_in(text) == found


@pytest.mark.parametrize(
    ("day", "future"), [(date(2024, 1, 10), False), (date(2024, 1, 11), True), (None, False)]
)
def test_more_than_two_days_ahead_is_the_future(day: date | None, future: bool) -> None:
    assert is_future(day, TODAY) is future
