"""The notice's own 文号, in every shape and place that pages give it, and never one that it cites."""

from collections.abc import Callable
from datetime import date

import pytest

from notices.reading import read
from notices.reading.values import Reading

TITLE = "关于组织开展2021年度市级绿色工厂推荐工作的通知"
ADDRESSED = "各区工业和信息化局：\n"
MATTER = "根据苏工信规〔2020〕5号文，企业可于2021年4月10日前申报。\n苏州市工业和信息化局\n2021年3月2日"
OWN = "苏工信节能〔2021〕12号"
SHAPES = (
    "苏工信节能〔2021〕12号",
    "苏工信节能[2021]12号",
    "苏工信节能［2021］12号",
    "苏工信节能（2021）12号",
    "苏工信节能【2021】12号",
    "苏工信节能﹝2021﹞第12号",
    "苏工信节能〈2021〉12号",
    "苏工信节能〔２０２１〕１２号",
    "苏工信节能 〔 2021 〕 12 号",
    "苏工信节能[ 2021 ] 12 号",
    "蘇工信節能〔2021〕　12　號",
    "苏工信节能〔202112号",
    "苏工信节能2021〕12号",
)
WHOLE_LINES = ("苏工信节能〔202112", "苏工信节能〔2021〕12", "苏工信节能〔2021〕\n12号")
PLACES: dict[str, Callable[[str], tuple[str, str]]] = {
    "below the title": lambda number: (TITLE, f"{TITLE}\n{number}\n{ADDRESSED}"),
    "below the letterhead": lambda number: (TITLE, f"苏州市工信局文件\n{number}\n{TITLE}\n{ADDRESSED}"),
    "behind the letterhead": lambda number: (TITLE, f"苏州市工信局文件 {number}\n{TITLE}\n{ADDRESSED}"),
    "labelled": lambda number: (TITLE, f"发文字号：{number}　发布日期：2021-03-02\n{TITLE}\n{ADDRESSED}"),
    "labelled in a table": lambda number: (
        TITLE,
        f"索引号 000014348/2021-1\n文　号 {number} 成文日期 2021-03-02\n",
    ),
    "with its day": lambda number: (TITLE, f"{TITLE}\n{number} 2021年3月2日\n{ADDRESSED}"),
    "with who signs": lambda number: (TITLE, f"{number}　　签发人：王小明\n{TITLE}\n{ADDRESSED}"),
    "with another's": lambda number: (TITLE, f"{TITLE}\n{number}　苏财工贸〔2021〕8号\n{ADDRESSED}"),
    "in brackets": lambda number: (TITLE, f"{TITLE}\n（{number}）\n{ADDRESSED}"),
    "behind the title": lambda number: (TITLE, f"{TITLE}{number}\n{ADDRESSED}"),
    "before the title": lambda number: (TITLE, f"{number}{TITLE}\n{ADDRESSED}"),
    "ending the title": lambda number: (f"{TITLE}（{number}）", ADDRESSED),
    "leading the title": lambda number: (f"（{number}）{TITLE}", ADDRESSED),
    "below a word that cites": lambda number: (
        "关于加强管理的实施意见",
        f"关于加强管理的实施意见\n{number}\n",
    ),
}
CITING = (
    "根据《江苏省绿色工厂管理办法》（{}）要求，现组织申报。",
    "省工信厅{}文现予转发，请组织申报：",
    "{}文转发如下：",
    "{}文现转发给你们：",
    "附件：{}",
    "附：{}转发关于推荐的通知.pdf",
    "1.{}",
    "参照{}。",
    "据{}。",
    "原{}同时废止。",
    "根据《江苏省绿色工厂管理办法》\n（{}）\n要求，现组织申报。",
    "根据\n{}\n要求，现组织申报。",
    "一、省级政策\n关于促进开放的通知（{}）\n二、市级政策",
)


def reading(title: str, text: str) -> Reading:
    return read(title, text, date(2021, 3, 2))


@pytest.mark.parametrize("place", PLACES)
def test_own_number_is_found_in_any_shape(place: str) -> None:
    for shape in SHAPES:
        title, head = PLACES[place](shape)
        found = reading(title, head + MATTER).doc_no

        assert found is not None, shape
        assert found.value == OWN, shape
        assert found.evidence.quote in (title if found.evidence.place == "title" else head), shape


@pytest.mark.parametrize("shape", WHOLE_LINES)
def test_damaged_number_is_one_where_it_is_all_of_its_line(shape: str) -> None:
    title, head = PLACES["below the title"](shape)
    found = reading(title, head + MATTER).doc_no

    assert found is not None
    assert found.value == OWN


@pytest.mark.parametrize("addressed", ["", ADDRESSED])
@pytest.mark.parametrize("sentence", CITING)
def test_number_that_is_cited_is_not_own(sentence: str, addressed: str) -> None:
    for shape in SHAPES:
        text = f"{TITLE}\n{addressed}{sentence.format(shape)}\n{MATTER}"

        assert reading(TITLE, text).doc_no is None, shape


def test_number_of_a_paper_handed_on_is_not_own() -> None:
    title = f"转发省工信厅关于推荐绿色工厂的通知（{OWN}）"

    assert reading(title, f"{title}\n{ADDRESSED}{MATTER}").doc_no is None


@pytest.mark.parametrize(
    ("title", "head", "number"),
    [
        ("关于加强追溯的公告", "关于加强追溯的公告\n2023年第41号\n", "2023年第41号"),
        ("关于加强追溯的公告", "公告〔2023年〕第41号\n", None),
        ("关于加强追溯的公告", "某市生态环境局公告\n（2023年 第41号）\n", "2023年第41号"),
        ("环境保护税法实施条例", "中华人民共和国国务院令\n国务院令第693号\n", "国务院令第693号"),
        ("某某市人民政府通告第3号", "现将限行事项通告如下。\n", "某某市人民政府通告第3号"),
        ("关于废止文件的公告", "《关于追溯试点的公告》（2019年第12号）同时废止。\n", None),
        ("关于申报项目的通知", "第12号\n", None),
        ("关于标准化的函", "农计（示范）[2016]16号\n", "农计(示范)〔2016〕16号"),
    ],
)
def test_announcements_are_counted_without_an_office(title: str, head: str, number: str | None) -> None:
    found = reading(title, head + "一、有关事项如下。\n二、本件自发布之日起执行。").doc_no

    assert (found and found.value) == number
