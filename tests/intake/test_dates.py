"""Dates of lists and addresses."""

from datetime import date

import pytest

from notices.intake.dates import date_in, date_of_url


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31", "[2024-01-31]", "(2024-01-31)", "2024/01/31", "2024年1月31日", "24-01-31", "31 2024-01",
        "2024-01 31", "发布日期：2024-01-31", "2024.1.31", "1706630400000", "2024-01-31 10:20:30",
    ],
)  # fmt: skip
def test_written_date_is_read(text: str) -> None:
    assert date_in(text) == date(2024, 1, 31)


@pytest.mark.parametrize("text", ["", "01-31", "2024-13-45", "2024年", "电话 010-66103117", "第2024012号"])
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert date_in(text) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://www.mee.gov.cn/xxgk03/201910/t20191021_738260.html", date(2019, 10, 21)),
        ("http://yy.gov.cn/art/2019/10/21/art_69772_9697648.html", date(2019, 10, 21)),
        (
            "https://www.sheitc.sh.gov.cn/zxxx/20240115/0123456789abcdef0123456789abcdef.html",
            date(2024, 1, 15),
        ),
        ("https://kjt.ln.gov.cn/kjt/tztg/gztz/2024011514301112345/index.shtml", date(2024, 1, 15)),
        ("http://www.chinatorch.gov.cn/kjb/tzgg/201910/f014407f297c40b3ab2955a75006501b.shtml", None),
        ("http://gxt.gxzf.gov.cn/tzgg/t28661234.shtml", None),
        ("http://a.gov.cn/t20191399_1.html", None),
    ],
)
def test_date_of_url_is_the_day_or_none(url: str, day: date | None) -> None:
    assert date_of_url(url) == day
