"""What is read can always be quoted as it stood, and a page's furniture changes nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.reading import read
from notices.reading.page import LIMIT, Page
from notices.reading.values import Attachment, Reading
from tests.reading.test_cases import read_case

CASES = Path(__file__).parent / "cases"
STAGED = [json.loads(line) for line in (CASES / "staged.jsonl").read_text(encoding="utf-8").splitlines()]
BEFORE = (
    "当前位置：首页 > 政务公开 > 通知公告\n"
    "发布时间：{day} 09:12  来源：本站  浏览次数：836  字号：【大 中 小】\n"
)
BELOW = (
    "\n【打印本页】【关闭窗口】\n相关阅读：\n关于申报其他项目的通知，请于2031年5月1日前报送\n"
    "上一篇：关于组织其他项目申报的通知（截止时间：2031年6月1日）\n版权所有 技术支持 网站地图"
)


@given(st.text(alphabet="于 2019年10月二十九日前\n将，材料（）　報送Ａ1", max_size=60))
def test_every_stretch_is_quoted_as_it_stood(text: str) -> None:
    page = Page(text)

    for start in range(len(page.clean)):
        quote = page.evidence(start, start + 1)
        assert text[quote.start :].startswith(quote.quote)
        assert len(quote.quote) == 1


def told(reading: Reading) -> tuple[object, ...]:
    days = tuple((deadline.on, deadline.at, deadline.main) for deadline in reading.deadlines)
    return days, reading.kind.value, reading.regions, reading.issuer and reading.issuer.value


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in STAGED])
def test_furniture_and_related_articles_change_nothing(case: dict[str, str]) -> None:
    dressed = case | {"text": BEFORE.format(day=case["published"]) + case["text"] + BELOW}

    assert told(read_case(dressed)) == told(read_case(case))


def test_a_deadline_in_an_attachment_is_found() -> None:
    guide = Attachment("申报指南.docx", text="三、申报时间\n请企业于2023年4月10日前登录平台填报。")

    reading = read(
        "关于组织申报绿色工厂的通知", "详见附件。\n温岭市经济和信息化局\n2023年3月1日", attachments=[guide]
    )

    main = reading.main_deadline
    assert main is not None
    assert (main.on.isoformat(), main.evidence.place) == ("2023-04-10", "attachment")


def test_a_notice_without_its_deadline_stands_in_the_queue_with_the_candidates() -> None:
    reading = read(
        "关于组织申报绿色工厂的通知", "工作计划见2023年4月10日会议材料。\n温岭市经济和信息化局\n2023年3月1日"
    )

    assert reading.main_deadline is None
    assert any("截止待核" in doubt and "2023年4月10日" in doubt for doubt in reading.doubts)


def test_what_lies_beyond_the_limit_is_not_read() -> None:
    assert len(Page("字" * (LIMIT + 10)).clean) == LIMIT
