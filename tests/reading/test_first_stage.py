"""Whatever words the first stage of a call is put in, no later one is given for it.

`first_stages.txt`: sentences that let firms act until {x} (from {a} on); `not_first_stages.txt`: sentences
with such a day that ask firms for nothing, so that the later stage's day stays the main one.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from notices.reading import read
from notices.reading.values import Reading

HERE = Path(__file__).parent
PUBLISHED, FIRST, LATER = date(2022, 3, 1), date(2022, 3, 25), date(2022, 4, 8)
WRITTEN = (("3月10日", "3月25日", "4月8日"), ("2022年3月10日", "2022年3月25日", "2022年4月8日"))
STAGES = (
    "各县区工信局审核后，于{y}前将推荐汇总表和申报材料报送市工信局。",
    "市（州）审核工作应于{y}前完成。",
    "请于{y}前将纸质材料一式两份报送我局。",
)
CALLS = {
    "关于组织开展2022年度市级绿色工厂申报工作的通知": (
        "各县区工信局，有关企业：\n为推进工业绿色发展，现就申报工作通知如下。\n一、申报条件\n依法成立，近三年无重大事故。\n"
        "二、申报程序\n{first}\n{later}\n三、其他\n联系人：李明，电话0550-3020000。\n滁州市工业和信息化局\n2022年3月1日"
    ),
    "关于做好全市“专精特新”中小企业信息更新工作的通知": (
        "各县区工信局：\n现就信息更新通知如下。\n一、范围：有效期内的企业。\n"
        "二、流程：企业登录平台填报2021年度信息，县、市逐级审核。\n"
        "{first}\n{later}\n滁州市工业和信息化局\n2022年3月1日"
    ),
    "关于开展2022年度创新型中小企业评价的通知": (
        "各县区工信局：\n现将有关事项通知如下。\n一、时间安排\n（一）{first}\n（二）{later}\n二、工作要求\n请认真组织。\n"
        "滁州市工业和信息化局\n2022年3月1日"
    ),
}


def said(file: str) -> list[str]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return [line.replace(r"\n", "\n") for line in lines]


def readings(words: str) -> Iterator[Reading]:
    """The words as a stage of several calls, before several later stages."""
    for title, text in CALLS.items():
        for stage in STAGES:
            for begins, ends, later in WRITTEN:
                first = words.format(a=begins, x=ends)
                yield read(title, text.format(first=first, later=stage.format(y=later)), PUBLISHED)


@pytest.mark.parametrize("words", said("first_stages.txt"))
def test_no_later_stage_is_given_for_the_first(words: str) -> None:
    for reading in readings(words):
        main = reading.main_deadline

        assert main is None or main.on <= FIRST
        assert main or any("截止待核" in doubt for doubt in reading.doubts)


@pytest.mark.parametrize("words", said("not_first_stages.txt"))
def test_a_day_that_asks_for_nothing_holds_no_stage_back(words: str) -> None:
    assert {r.main_deadline.on if r.main_deadline else None for r in readings(words)} == {LATER}


def test_a_day_not_understood_leaves_the_main_deadline_to_staff() -> None:
    reading = next(readings("企业填报时间预计{a}至{x}。"))

    assert [(deadline.on, deadline.main) for deadline in reading.deadlines] == [(LATER, False)]
    both = ("企业填报时间预计3月10日至3月25日", "4月8日")
    assert any(all(quote in doubt for quote in both) for doubt in reading.doubts)


def test_staff_are_shown_the_whole_clause_as_it_is_written() -> None:
    title, text = next(iter(CALLS.items()))
    first = "企业填报（限会员）３月２５日系统停止，请各企业抓紧办理。"

    reading = read(title, text.format(first=first, later=STAGES[0].format(y="4月8日")), PUBLISHED)

    assert any("“企业填报（限会员）３月２５日系统停止”可能先于" in doubt for doubt in reading.doubts)
