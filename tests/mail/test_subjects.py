from dataclasses import replace
from datetime import date

import pytest

from alerts.letters import letter
from alerts.subjects import SUBJECT_WIDTH, fit, title_core, width
from tests.mail import samples
from tests.mail.samples import ORDERS, items, order


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("weekly", "【快讯周报】2 条 7 天内截止 · 新增 9 条 · 更新 1 条"),
        ("daily", "【快讯】1 条 7 天内截止 · 新增 3 条｜北京市等"),
        ("alert", "【快讯】剩 4 天｜2019年度北京市智能制造关键技术装…"),
        ("reminder", "【截止提醒】明日截止｜2019年淮北市绿色工厂推荐工作"),
        ("reminder_many", "【截止提醒】3 条将截止，最近明日截止｜北京市等"),
        ("follow_up", "【快讯更新】延期至11月5日｜2019年淮北市绿色工厂推…"),
        ("follow_up_many", "【快讯更新】3 条通知有变更"),
    ],
)
def test_subject_puts_what_is_urgent_first(name: str, subject: str) -> None:
    assert letter(ORDERS[name]).subject == subject


@pytest.mark.parametrize("name", sorted(ORDERS))
def test_subject_fits_a_phone(name: str) -> None:
    assert width(letter(ORDERS[name]).subject) <= SUBJECT_WIDTH


def test_subject_of_a_very_long_title_is_cut_with_an_ellipsis() -> None:
    facts = replace(samples.YUYAO, title="关于" + "公布名单" * 60 + "的通知")

    subject = letter(order("alert", *items(facts))).subject

    assert subject.startswith("【快讯】新通知｜公布名单")
    assert subject.endswith("…")
    assert width(subject) <= SUBJECT_WIDTH


def test_subject_names_the_one_place_and_topic() -> None:
    sent = order("digest", *items(samples.HUAIBEI, replace(samples.HUAIBEI, id=44)), cadence="daily")

    assert letter(sent).subject == "【快讯】2 条 7 天内截止 · 新增 2 条｜安徽省淮北市"


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("关于做好2019年淮北市绿色工厂推荐工作的通知", "2019年淮北市绿色工厂推荐工作"),
        ("安徽省经济和信息化厅关于印发实施方案的通知", "实施方案"),
        ("绿色工厂名单", "绿色工厂名单"),
        ("关于通知", "关于通知"),
    ],
)
def test_title_core_is_what_the_title_is_about(title: str, core: str) -> None:
    assert title_core(title) == core


def test_preheader_names_the_first_deadline() -> None:
    assert letter(ORDERS["weekly"]).preheader == "最近截止 10月29日 周二：2019年淮北市绿色工厂推荐工作"


def test_preheader_without_deadlines_lists_titles() -> None:
    assert letter(order("alert", *items(samples.YUYAO, samples.SHANXI))).preheader == (
        "余姚市2018年度绿色制造专项资金；2019年度山西省平台基地专项申报指南"
    )


def test_preheader_of_next_years_deadline_says_the_year() -> None:
    facts = replace(samples.HUAIBEI, deadline=date(2020, 1, 6))

    assert letter(order("alert", *items(facts))).preheader.startswith("最近截止 2020年1月6日 周一：")


def test_fit_does_not_end_on_a_stop() -> None:
    assert fit("甲乙，丙丁戊", 4) == "甲乙…"
