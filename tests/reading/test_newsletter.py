"""A newsletter taken apart: its own contents list, its link lines, and what the print added."""

import json
import re
from pathlib import Path

import pytest

from notices.reading.newsletter import Entry, Newsletter, split
from notices.reading.newsletter.lines import printed_lines
from tests.services import shared

NEWSLETTERS = Path(__file__).parent / "newsletters"


def of(name: str) -> Newsletter:
    return split((NEWSLETTERS / name).read_text(encoding="utf-8"))


def rows(entries: tuple[Entry, ...]) -> list[tuple[str, str, str]]:
    return [(entry.section, entry.title, entry.link) for entry in entries]


PRINTED = [
    ("政策文件", "关于印发《绍兴市工业固体废物综合利用三年行动方案》的通知",
     "http://gxj.jiahe.example.gov.cn/art/2019/10/22/art_1229_30871.html"),
    ("政策文件", "关于进一步规范全省企业技术中心运行评价材料报送与年度数据核对工作的通知",
     "http://gxt.hubin.example.gov.cn/tzgg/201910/t20191023_5512.html"),
    ("申报通知", "关于组织申报2020年度浙江省“数字化车间”和“智能工厂”项目的通知",
     "http://gxt.hubin.example.gov.cn/tzgg/201910/t20191024_5519.html"),
    ("申报通知", "关于征集舟山市绿色供应链管理企业的公告",
     "http://www.qingjiang.example.gov.cn/a/20191025/77.shtml"),
]  # fmt: skip


@pytest.mark.needs_shared
@pytest.mark.parametrize("listed", [True, False], ids=["with its contents", "without"])
def test_the_seed_splits_into_its_nine(listed: bool) -> None:
    corpus = shared.folder() / "corpus"
    gold = [json.loads(line) for line in (corpus / "seed.jsonl").read_text(encoding="utf-8").splitlines()]
    text = (corpus / "seed.txt").read_text(encoding="utf-8")

    found = split(text if listed else re.sub(r"目 录.*?\n\n\n\n", "", text, flags=re.DOTALL))

    assert rows(found.entries) == [(item["section"], item["title"], item["url"]) for item in gold]
    assert found.number == "(2019) 1003 期"
    assert [entry.doubts for entry in found.entries] == [()] * 9


def test_a_printed_newsletter_splits_by_its_contents() -> None:
    found = of("printed.txt")

    assert rows(found.entries) == PRINTED
    assert found.number == "2019 年第 18 期（总第 204 期）"
    assert found.doubts == ()


def test_heads_feet_and_page_numbers_are_left_out() -> None:
    text = "\n".join(entry.text for entry in of("printed.txt").entries)

    assert not re.search(r"jnzx|第 18 期|— 1 —|^\d$|欢迎转发", text, re.MULTILINE)


def test_a_sentence_that_a_page_broke_is_whole_again() -> None:
    assert "工业固体废物产生、贮存、利用和处置的台账" in of("printed.txt").entries[0].text


def test_a_title_at_the_foot_of_a_page_is_not_part_of_the_next() -> None:
    title = "关于下达2018年度绿色制造专项资金计划的通知"
    lines = printed_lines(
        f"第一页的正文。\n{title}\f各乡镇（街道）发展服务办，经济开发区管委会：\n现下达给你们。"
    )

    assert title in [line.text for line in lines]


def test_a_body_holds_what_stands_between_title_and_link() -> None:
    body = of("printed.txt").entries[2].text

    assert body.startswith("浙经信智造〔2019〕77 号\n各市工信局")
    assert body.endswith("浙江省经济和信息化厅\n2019 年 10 月 24 日")


def test_a_newsletter_without_contents_splits_by_its_links() -> None:
    found = of("unlisted.txt")

    assert rows(found.entries) == [
        ("资金项目", "关于下达2019年舟山市节能降耗专项资金的通知",
         "http://czj.qingjiang.example.gov.cn/2019/1018/12.html"),
        ("资金项目", "关于公示2019年度市级绿色工厂名单的公告",
         "http://gxj.jiahe.example.gov.cn/art/2019/10/21/art_7.html"),
        ("征求意见", "关于公开征求《绍兴市危险废物转移管理办法》意见的通知",
         "http://hbj.jiahe.example.gov.cn/zqyj/991.html"),
    ]  # fmt: skip
    assert "[附表]" in found.entries[2].text


def test_windows_line_ends_change_nothing() -> None:
    text = (NEWSLETTERS / "printed.txt").read_text(encoding="utf-8").replace("\n", "\r\n")

    assert rows(split(text).entries) == PRINTED


def test_a_title_that_is_nowhere_is_a_doubt() -> None:
    text = (NEWSLETTERS / "printed.txt").read_text(encoding="utf-8")
    found = split(text.replace("】 ............ 4", "】 ............ 4\n关于举办培训班的通知 ............ 4"))

    assert rows(found.entries) == PRINTED
    assert found.doubts == ("目录中有这一条，正文中没有找到：关于举办培训班的通知",)


def test_a_title_printed_with_a_slip_is_found_and_said() -> None:
    text = (NEWSLETTERS / "printed.txt").read_text(encoding="utf-8")
    found = split(
        text.replace(
            "\n关于征集舟山市绿色供应链管理企业的公告\n", "\n关于征集舟山市绿色供应链菅理企业的公告\n"
        )
    )

    assert found.entries[3].doubts == ("标题与目录有出入：关于征集舟山市绿色供应链管理企业的公告",)


def test_a_notice_that_the_contents_forgot_is_kept_and_said() -> None:
    text = (NEWSLETTERS / "printed.txt").read_text(encoding="utf-8")
    found = split(re.sub(r"关于征集舟山[^\n]*\t5\n", "", text))

    assert rows(found.entries) == PRINTED
    assert found.entries[3].doubts == ("目录中没有这一条",)


def test_a_notice_without_link_is_kept_and_said() -> None:
    text = (NEWSLETTERS / "printed.txt").read_text(encoding="utf-8")
    found = split(re.sub(r"相关链接：<http[^\n]*>\n", "", text))

    assert found.entries[1].link == ""
    assert found.entries[1].doubts == ("没有相关链接",)
    assert len(found.entries) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "一段话，没有目录，也没有链接。",
        "目录\n",
        "相关链接：",
        "[" * 5000,
        "目录\n" + "a.....1\n" * 900,
    ],
)
def test_what_is_no_newsletter_has_no_entries(text: str) -> None:
    assert split(text).entries == ()
