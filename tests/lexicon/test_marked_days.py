"""Days written with marks in a sentence read as days with signs; the page's own stamps stay as they are."""

import pytest

from notices.reading.page import Page


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("请于2023-05-08前报送", "请于2023年5月8日前报送"),
        ("截止时间调整为2023.5.8(星期一)", "截止时间调整为2023年5月8日(星期一)"),
        ("自2023/5/8起,2023/6/9前", "自2023年5月8日起,2023年6月9日前"),
        ("温岭市科学技术局\n2023-05-08\n", "温岭市科学技术局\n2023年5月8日\n"),
        ("征求意见时间\n2023-05-08—2023-06-09\n", "征求意见时间\n2023年5月8日-2023年6月9日\n"),
        ("征求意见时间\n2023.5.8至6月9日", "征求意见时间\n2023年5月8日至6月9日"),
        ("工作协调小组\n(市科技局代章)\n2023-05-08", "工作协调小组\n(市科技局代章)\n2023年5月8日"),
        ("财政部\n2023-05-08\n(此件公开)\n附", "财政部\n2023年5月8日\n(此件公开)\n附"),
        ("各县区\n2023-05-08-2023-13", "各县区\n2023-05-08-2023-13"),
        ("发布时间:2023-05-08", "发布时间:2023-05-08"),
        ("发布于2023-05-08 10:20", "发布于2023-05-08 10:20"),
        ("2023-05-08\n关于申报项目的通知", "2023-05-08\n关于申报项目的通知"),
        ("温岭市科学技术局\n2023-05-08\n各县区", "温岭市科学技术局\n2023-05-08\n各县区"),
        ("编号为2023-13-08", "编号为2023-13-08"),
        ("版本为2023.5.8.1", "版本为2023.5.8.1"),
    ],
)
def test_days_with_marks_read_with_signs_in_a_sentence(written: str, read: str) -> None:
    assert Page(written).clean.strip() == read.strip()


def test_quotes_of_such_days_are_as_they_were_written() -> None:
    page = Page("请于２０２３－０５－０８前报送，自2023.6.9起受理。")

    assert [page.written(day.start, day.end) for day in page.mentions] == ["２０２３－０５－０８", "2023.6.9"]

    span = Page("征求意见时间\n2023-05-08—2023-06-09\n")
    assert [span.written(day.start, day.end) for day in span.mentions] == ["2023-05-08", "2023-06-09"]
