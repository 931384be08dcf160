from dataclasses import replace
from datetime import date, datetime, time
from typing import Literal

import pytest

from alerts.channels.wechat.fields import faults
from alerts.letter_items import LetterItem, LetterOrder, NoticeFacts
from alerts.phone import NoTemplateFits, dev_mapping, phone_message
from alerts.phone_slots import SLOTS
from demo.wechat import demo_templates
from demo.wechat.rules import broken_field
from notices.lexicon.kinds import Kind

HUAIBEI = NoticeFacts(
    id=4,
    title="关于做好2019年淮北市绿色工厂推荐工作的通知",
    source_url="https://jxj.example/4.html",
    source_name="淮北市经济和信息化局",
    kind=Kind.APPLICATION,
    section="绿色制造",
    issuer="淮北市经济和信息化局",
    doc_no="淮经信〔2019〕12号",
    published=date(2019, 10, 21),
    places=("安徽省淮北市",),
    topics=("绿色工厂", "绿色制造"),
    deadline=date(2019, 10, 29),
)
YUYAO = NoticeFacts(
    id=5,
    title="关于下达余姚市2018年度绿色制造专项资金的通知",
    source_url="https://yy.example/5.html",
    source_name="余姚市政府",
    kind=Kind.RESULT,
    section="绿色制造",
    issuer="余姚市经济和信息化局、余姚市财政局",
    published=date(2019, 10, 16),
    places=("浙江省宁波市余姚市",),
)
LATER = replace(YUYAO, id=6, deadline=date(2019, 11, 15), issuer="天津市工业和信息化局")

OrderKind = Literal["alert", "digest", "reminder", "follow_up"]


def order(
    kind: OrderKind, *facts: NoticeFacts, change: str = "new", at: str = "2019-10-26T08:30"
) -> LetterOrder:
    return LetterOrder(
        key="k",
        kind=kind,
        cadence="daily",
        name="王岚",
        composed_at=datetime.fromisoformat(f"{at}:00+08:00"),
        items=tuple(LetterItem(each, change) for each in facts),
        base_url="https://kx.example",
        leave_url="https://kx.example/leave/x/",
        period=(date(2019, 10, 19), date(2019, 10, 25)) if kind == "digest" else None,
    )


def slot(name: str, field: str, asked: LetterOrder) -> str:
    """What one slot puts into one field."""
    return phone_message(asked, {asked.kind: {"template_id": "t", "fields": {field: name}}}).data[field]


ORDERS = [
    order("alert", HUAIBEI),
    order("alert", YUYAO),
    order("alert", HUAIBEI, YUYAO, LATER),
    order("digest", HUAIBEI, YUYAO),
    order("digest", YUYAO),
    order("reminder", HUAIBEI, change="remind"),
    order("reminder", HUAIBEI, LATER, change="remind"),
    order("follow_up", replace(HUAIBEI, deadline=date(2019, 11, 5)), change="extends"),
    order("follow_up", HUAIBEI, change="withdraws"),
    order("follow_up", HUAIBEI, YUYAO, change="corrects"),
]


@pytest.mark.parametrize("asked", ORDERS)
def test_phone_message_is_taken_by_a_strict_tencent(asked: LetterOrder) -> None:
    message = phone_message(asked, dev_mapping())

    template = next(each for each in demo_templates() if each.template_id == message.template_id)
    assert faults(message.data) == ()
    assert broken_field(template, {field: {"value": value} for field, value in message.data.items()}) is None
    assert set(message.data) == {field for _, field in template.rows}


def test_phone_message_of_one_notice_says_the_deadline_first() -> None:
    message = phone_message(order("alert", HUAIBEI), dev_mapping())

    assert list(message.data.values()) == [
        "还剩三天",
        "2019年10月29日 23:59",
        "2019年淮北市绿色工厂推荐",
        "淮北市经济和信息化局",
        "安徽省淮北市",
    ]
    assert message.url == "https://kx.example/n/4/"


def test_phone_message_of_several_is_one_with_count_and_nearest_deadline() -> None:
    message = phone_message(order("alert", YUYAO, LATER, HUAIBEI), dev_mapping())

    assert list(message.data.values()) == [
        "还剩三天",
        "2019年10月29日 23:59",
        "最近10月29日截止，共3条新通知",
        "余姚市经济和信息化局等3家",
        "浙江省宁波市余姚市等2地",
    ]
    assert message.url == "https://kx.example/"


def test_phone_message_without_a_deadline_takes_the_next_template() -> None:
    message = phone_message(order("alert", YUYAO), dev_mapping())

    assert message.template_id.startswith("kxDev-alert-without-deadline")
    assert message.data["phrase1"] == "公示与下达"


def test_phone_message_without_a_fitting_template_names_the_silent_field() -> None:
    with pytest.raises(NoTemplateFits, match=r"t 的 time1（deadline_time）"):
        slot("deadline_time", "time1", order("alert", YUYAO))


@pytest.mark.parametrize("mapping", [{}, {"alert": []}])
def test_phone_message_without_any_template_says_so(mapping: dict[str, object]) -> None:
    with pytest.raises(NoTemplateFits, match="没有配置任何模板"):
        phone_message(order("alert", YUYAO), mapping)


def test_phone_message_with_an_unknown_slot_names_it() -> None:
    with pytest.raises(NoTemplateFits, match="first"):
        slot("first", "thing1", order("alert", YUYAO))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2019-10-29", "今日截止"),
        ("2019-10-28", "明日截止"),
        ("2019-10-27", "还剩两天"),
        ("2019-10-19", "还剩十天"),
        ("2019-10-09", "还剩二十天"),
        ("2019-10-08", "二十天以上"),
        ("2019-10-30", "已经截止"),
    ],
)
def test_status_counts_the_days_from_the_letter(today: str, said: str) -> None:
    assert slot("status", "phrase1", order("alert", HUAIBEI, at=f"{today}T08:30")) == said


@pytest.mark.parametrize(
    ("facts", "change", "said"),
    [
        (HUAIBEI, "extends", "已延期"),
        (HUAIBEI, "corrects", "已更正"),
        (HUAIBEI, "withdraws", "已撤回"),
        (HUAIBEI, "results", "已出结果"),
        (replace(YUYAO, rolling=True), "new", "全年受理"),
        (replace(HUAIBEI, deadline_unsure=True), "new", "截止待核"),
        (YUYAO, "new", "公示与下达"),
    ],
)
def test_status_says_what_the_reader_must_know(facts: NoticeFacts, change: str, said: str) -> None:
    assert slot("status", "phrase1", order("alert", facts, change=change)) == said


@pytest.mark.parametrize(
    ("name", "field", "said"),
    [
        ("deadline_time", "date1", "2019年10月29日"),
        ("deadline_time", "thing1", "10月29日"),
        ("days_left", "number1", "3"),
        ("days_left", "phrase1", "还剩三天"),
        ("count", "number1", "1"),
        ("pub_time", "time1", "2019年10月21日 00:00"),
        ("period", "time1", "2019年10月26日 00:00~2019年10月26日 23:59"),
        ("topic5", "phrase1", "绿色工厂"),
        ("topic5", "thing1", "绿色工厂、绿色制造"),
        ("doc_no", "thing1", "淮经信〔2019〕12号"),
        ("region", "thing1", "安徽省淮北市"),
    ],
)
def test_slot_fits_its_field(name: str, field: str, said: str) -> None:
    assert slot(name, field, order("alert", HUAIBEI)) == said


def test_deadline_at_an_hour_keeps_the_hour() -> None:
    facts = replace(HUAIBEI, deadline_at=time(17, 0))

    assert slot("deadline_time", "time1", order("alert", facts)) == "2019年10月29日 17:00"


def test_issuers_of_one_notice_are_counted() -> None:
    facts = replace(HUAIBEI, issuer="天津市工业和信息化局、市委网信办、市科技局")

    assert slot("issuer20", "thing1", order("alert", facts)) == "天津市工业和信息化局等3部门"


def test_issuer_unread_falls_back_to_the_source() -> None:
    assert slot("issuer20", "thing1", order("alert", replace(HUAIBEI, issuer=""))) == "淮北市经济和信息化局"


def test_thing_with_nothing_to_say_points_to_the_page() -> None:
    assert slot("doc_no", "thing1", order("alert", YUYAO)) == "详见链接"


def test_title_of_a_change_is_marked_and_fits() -> None:
    facts = replace(HUAIBEI, title="关于发布2019年第三批天津市智能制造专项资金项目申报指南的通知")

    said = slot("title20", "thing1", order("follow_up", facts, change="corrects"))

    assert said.startswith("更正：")
    assert len(said) <= 20


def test_every_slot_of_the_dev_mapping_exists() -> None:
    named = {slot for each in dev_mapping().values() for one in each for slot in one["fields"].values()}

    assert named <= set(SLOTS)
