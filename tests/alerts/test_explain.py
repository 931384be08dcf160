from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from alerts import ledger, marks, receipts
from alerts.compose import compose_alerts, compose_slot
from alerts.explaining import Case, NoticeStory, Reached, Wished, explain
from alerts.explanation import explanation
from alerts.ledger import claim, settle_sent
from alerts.models import Delivery
from alerts.outcomes import Refused, Sent
from alerts.slots import Slot
from notices.models import Notice
from subscribers.contacts import add_unconfirmed, confirm
from subscribers.filters import FilterSpec
from subscribers.models import Cadence, Contact, List, Subscriber
from subscribers.subscribing import edit, join, set_list_filter, subscribe, unsubscribe
from tests.builders import START, at, notice, person, spec, taken_in, wish

NOON = at("2019-10-21", "12:00")
MORNING = at("2019-10-22", "08:30")
T = 1_000_000.0


def said(row: Notice, someone: Subscriber) -> str:
    row.refresh_from_db()
    someone.refresh_from_db()
    return "\n".join(map(str, explanation(row, someone, MORNING)))


def taken(seen: str = "10:00") -> Notice:
    row = notice(deadline=date(2019, 10, 29), seen=at("2019-10-21", seen))
    taken_in(row)
    return row


@pytest.mark.django_db
def test_explain_tells_the_whole_way_of_what_was_received() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.AT_ONCE)
    row = taken()
    compose_alerts(at("2019-10-21", "10:05"))
    (pk,) = ledger.claim("email", "a", T)
    ledger.settle(pk, "a", Sent("q1", "250 queued"), at("2019-10-21", "10:06"), T)
    assert said(row, someone).splitlines() == [
        "✓ 2019-10-21 10:00 见到通知《关于组织申报绿色工厂的通知》",
        "✓ 2019-10-21 10:00 已解读，截止 2019-10-29",
        "✓ 2019-10-21 10:00 已与全部条件匹配",
        "· 2019-10-19 10:00 订阅：浙江省 · 全部主题（即时，邮件）",
        "✓ 2019-10-21 10:00 命中：浙江省及下级 · 全部主题",
        f"✓ 2019-10-19 10:00 邮件 {someone.contacts.get().address}：可用",
        f"· 2019-10-21 10:05 编成即时（邮件，新通知）alert:20191021T100500000000:{someone.contacts.get().pk}",
        "✓ 2019-10-21 10:06 已交付（对方已收下），试过 1 次：250 queued",
        "✓ 2019-10-21 10:06 结论：陈越已收到，经邮件",
    ]


@pytest.mark.django_db
def test_explain_tells_what_was_heard_after_it_was_handed_over() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.AT_ONCE)
    row = taken()
    compose_alerts(at("2019-10-21", "10:05"))
    contact, delivery = someone.contacts.get(), Delivery.objects.get()
    settle_sent({pk: Sent() for pk in claim("email", "a", T)}, "a", at("2019-10-21", "10:06"))
    receipts.note(
        "k", channel="email", contact=contact, delivery=delivery, verdict="dead", said="550 User unknown",
        at=at("2019-10-21", "10:09"),
    )  # fmt: skip
    receipts.take(at("2019-10-21", "10:10"), T)
    assert said(row, someone).splitlines()[-3:] == [
        "✗ 2019-10-21 10:10 被拒（被退回），试过 1 次：550 User unknown。停发此地址。",
        "· 2019-10-21 10:09 其后的回执：550 User unknown",
        "✗ 结论：陈越没有收到，因为订阅所用的渠道没有可用的联系方式",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("narrowing", "what"),
    [
        ({"none_words": ("绿色",)}, "不含的词"),
        ({"all_words": ("撤销",)}, "须含的词"),
        ({"issuers": ("科技局",)}, "发文机关"),
        ({"words": ("矿山",)}, "主题"),
    ],
)
def test_explain_names_the_condition_that_failed(narrowing: dict[str, tuple[str, ...]], what: str) -> None:
    someone = person()
    wish(someone, spec("浙江省", **narrowing))
    text = said(taken(), someone)
    assert f"未命中：通知不合条件中的“{what}”" in text
    assert text.endswith("陈越没有收到，因为没有一个订阅命中")


def _left(someone: Subscriber) -> None:
    someone.contacts.update(left_at=NOON)


def _suppressed(someone: Subscriber) -> None:
    someone.contacts.update(suppressed_at=NOON, suppressed_why="550 无此邮箱")


def _confirmed_late(someone: Subscriber) -> None:
    someone.contacts.update(reachable_since=NOON)


def _paused(someone: Subscriber) -> None:
    Subscriber.objects.filter(pk=someone.pk).update(paused_until=at("2019-11-01"))


def _ended(someone: Subscriber) -> None:
    unsubscribe(someone.subscriptions.get(), NOON)


def _made_weekly(someone: Subscriber) -> None:
    running = someone.subscriptions.get()
    edit(running, FilterSpec.from_json(running.filter.spec), NOON, **{**running.terms, "cadence": "weekly"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_left, "已于 2019-10-21 12:00 退订"),
        (_suppressed, "已停发：550 无此邮箱"),
        (_confirmed_late, "命中之后才可用"),
        (_paused, "因为此人暂停接收"),
        (_ended, "订阅已于 2019-10-21 12:00 结束"),
        (_made_weekly, "邮件，至 2019-10-21 12:00）"),
        (lambda _: None, "因为还没有到每日摘要的时候"),
    ],
    ids=["left", "suppressed", "confirmed late", "paused", "ended", "edited", "not yet"],
)
def test_explain_names_what_stood_in_the_way(change: Callable[[Subscriber], None], words: str) -> None:
    someone = person()
    wish(someone, spec("浙江省"))
    row = taken()
    change(someone)
    assert words in said(row, someone)


@pytest.mark.django_db
def test_explain_says_that_the_subscription_came_later() -> None:
    someone = person()
    row = taken()
    wish(someone, spec("浙江省"), since=NOON)
    assert "条件在通知匹配之后才建立" in said(row, someone)


@pytest.mark.django_db
def test_explain_names_the_list_and_the_stand_in() -> None:
    someone = person("王三", wechat=True)
    group = List.objects.create(name="京津冀客户")
    set_list_filter(group, spec("余姚市"), START)
    join(group, someone, START, cadence=Cadence.WEEKLY, by_email=False, by_wechat=True)
    row = taken()
    compose_slot(Slot("remind", date(2019, 10, 22)), MORNING)
    (pk,) = ledger.claim("wechat", "a", T)
    ledger.settle(pk, "a", Refused("43004 未关注", "contact"), MORNING, T)
    marks.done(someone.pk, row.pk, MORNING)
    text = said(row, someone)
    for words in (
        "来自名单“京津冀客户”",
        "被拒（收件人拒收），试过 1 次：43004",
        "算作已经由微信告知",
        "已办理",
        "正待送出",
    ):
        assert words in text


def test_explain_of_an_unread_notice_says_so() -> None:
    case = Case(NoticeStory("通知", NOON), "陈越", (), (Reached("email", "a@b.cn"),), ())
    steps = [str(step) for step in explain(case, MORNING)]
    assert steps[1:4] == ["✗ 尚未解读", "✗ 尚未匹配", "✗ 此人没有任何订阅"]
    assert steps[-1] == "✗ 结论：陈越没有收到，因为通知还没有解读和匹配"


def test_explain_sends_staff_to_the_proof_when_a_match_is_missing() -> None:
    wished = Wished("浙江省", "daily", "每日摘要", ("email",), START, filter_made=START)
    case = Case(NoticeStory("通知", NOON, NOON, NOON), "陈越", (wished,), (), ())
    assert any("verify-matches" in step.said for step in explain(case, MORNING))


@pytest.mark.django_db
def test_command_prints_a_line_a_step() -> None:
    someone = person()
    wish(someone, spec("浙江省"))
    out = StringIO()
    call_command("explain", notice=taken().pk, subscriber=someone.pk, now=MORNING.isoformat(), stdout=out)
    assert out.getvalue().splitlines()[-1].startswith("✗ 结论：陈越没有收到")


@pytest.mark.django_db
@pytest.mark.parametrize(("numbers", "words"), [((0, 0), "没有编号为 0 的通知")])
def test_command_says_which_number_is_unknown(numbers: tuple[int, int], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("explain", notice=numbers[0], subscriber=numbers[1])
    assert not Contact.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda who, row: marks.done(who, row, NOON), "2019-10-21 12:00 此人对这条通知：已办理"),
        (lambda who, row: marks.mute(who, row, NOON), "2019-10-21 12:00 此人对这条通知：不再提醒"),
        (
            lambda who, row: marks.remind_later(who, row, date(2019, 10, 25), NOON),
            "2019-10-21 12:00 此人对这条通知：稍后提醒（2019-10-25）",
        ),
        (lambda who, row: marks.follow(who, row, "email", NOON), "2019-10-21 12:00 此人关注了这条通知"),
    ],
    ids=["done", "muted", "later", "followed"],
)
def test_explain_says_when_what_was_marked(act: Callable[[int, int], object], words: str) -> None:
    someone = person()
    wish(someone, spec("浙江省"))
    row = taken()
    act(someone.pk, row.pk)
    assert words in said(row, someone)


@pytest.mark.django_db
def test_explain_says_that_confirmation_is_missing_and_since_when() -> None:
    someone = person(email=False)
    subscribe(someone, spec("浙江省"), START, cadence=Cadence.DAILY)
    add_unconfirmed(someone, "chen@example.com", START)
    text = said(taken(), someone)
    assert "2019-10-20 10:00 邮件 chen@example.com：已请对方确认，尚未确认" in text
    assert "没有可用的联系方式" in text


@pytest.mark.django_db
@pytest.mark.parametrize(("with_last_week", "in_the_way"), [(True, False), (False, True)])
def test_explain_knows_who_asked_for_the_last_week(with_last_week: bool, in_the_way: bool) -> None:
    someone = person(email=False)
    contact = add_unconfirmed(someone, "chen@example.com", START)
    subscribe(someone, spec("浙江省"), START, cadence=Cadence.DAILY, with_last_week=with_last_week)
    row = taken()
    confirm(contact.pk, NOON, "确认页")
    assert ("命中之后才可用" in said(row, someone)) is in_the_way


@pytest.mark.django_db
def test_explain_says_on_which_weekday_a_digest_is_due() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.WEEKLY, weekday=4)
    assert "（每周四摘要，邮件）" in said(taken(), someone)


@pytest.mark.django_db
def test_explain_says_when_an_address_was_stopped() -> None:
    someone = person()
    wish(someone, spec("浙江省"))
    _suppressed(someone)
    assert f"✗ 2019-10-21 12:00 邮件 {someone.contacts.get().address}：已停发" in said(taken(), someone)


@pytest.mark.django_db
def test_explain_knows_the_night() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.AT_ONCE)
    row = taken()
    row.refresh_from_db()
    steps = list(map(str, explanation(row, someone, at("2019-10-21", "23:00"))))
    assert any("此刻是夜间" in step for step in steps)
    assert steps[-1].endswith("因为此刻是夜间，天亮后才发")


@pytest.mark.django_db
def test_explain_says_that_only_reminders_were_wanted() -> None:
    someone = person()
    wish(someone, spec("浙江省"), Cadence.REMINDERS)
    assert said(taken(), someone).endswith("因为命中的订阅只收提醒，要到截止前才告诉")
