"""The notice that another extends, corrects, withdraws or gives results of: surely, or not at all."""

from datetime import date

import pytest

from notices.reading import read
from notices.reading.follow_ups import likeness
from notices.reading.values import FollowUp

CALL = "关于组织申报2023年度市级绿色工厂的通知"
SIGNED = "\n泰州市工业和信息化局\n2023年6月6日"


def follow_up(title: str, text: str) -> FollowUp | None:
    return read(title, text + SIGNED, date(2023, 6, 6)).follow_up


@pytest.mark.parametrize(
    ("title", "text", "how", "number"),
    [
        (
            f"关于延长《{CALL}》申报时间的通知",
            f"《{CALL}》（泰工信〔2023〕12号）规定的申报截止时间延长至6月30日。",
            "extends",
            "泰工信〔2023〕12号",
        ),
        (
            "关于绿色工厂申报延期的通知",
            f"根据《关于延长推荐时间的通知》（苏工信〔2023〕9号），《{CALL}》（泰工信〔2023〕12号）顺延至6月30日。",
            "extends",
            "泰工信〔2023〕12号",
        ),
        (
            "关于2023年度市级绿色工厂申报事项的更正公告",
            f"我局发布的《{CALL}》中附件2第三栏有误，现予更正。",
            "corrects",
            "",
        ),
        (
            f"关于撤销《{CALL}》的公告",
            f"《{CALL}》自即日起撤销。",
            "withdraws",
            "",
        ),
        (
            "关于2023年度市级绿色工厂拟认定名单的公示",
            f"根据《泰州市绿色制造实施方案》和《{CALL}》（泰工信〔2023〕12号）要求，现予公示，公示期5个工作日。",
            "results",
            "泰工信〔2023〕12号",
        ),
    ],
)
def test_the_notice_that_is_meant_is_named(title: str, text: str, how: str, number: str) -> None:
    found = follow_up(title, text)

    assert found is not None
    assert (found.how, found.title, found.doc_no) == (how, CALL, number)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于延长申报时间的通知", "申报截止时间延长至6月30日。"),
        (
            "关于延长申报时间的通知",
            "《关于申报技改项目的通知》《关于申报人才项目的通知》的申报时间均延长至6月30日。",
        ),
        (
            "关于2023年度绿色工厂名单的公示",
            "根据《绿色工厂评价通则》和《泰州市绿色制造实施方案》，现予公示，公示期5个工作日。",
        ),
        (
            "关于2023年度危险废物经营许可证拟批准的公示",
            "根据《关于组织申报市级科技计划项目的通知》要求，现予公示，公示期5个工作日。",
        ),
        ("关于废止《泰州市节能管理办法》的公告", "《泰州市节能管理办法》自即日起废止。"),
        (f"转发《{CALL}》的通知", f"现将《{CALL}》转发给你们，请于6月30日前报送。"),
    ],
)
def test_an_unsure_link_is_none(title: str, text: str) -> None:
    assert follow_up(title, text) is None


def test_likeness_is_of_the_matter_and_not_of_the_form() -> None:
    assert likeness(CALL, "关于2023年度市级绿色工厂拟认定名单的公示") > 0.5
    assert likeness("关于组织开展申报工作的通知", "关于做好有关工作的公告") == 0
