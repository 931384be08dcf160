"""Why somebody did or did not hear how a notice was changed."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from alerts import marks
from alerts.compose import compose_due, compose_slot
from alerts.explanation import explanation
from alerts.models import Delivery, Outgoing, State
from alerts.slots import Slot
from notices.models import Notice
from subscribers.leaving import leave
from subscribers.models import Cadence, Subscriber
from tests.alerts.test_follow_ups import extended
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NIGHT, AFTERNOON = at("2019-10-25", "22:00"), at("2019-10-25", "16:00")


def answer(row: Notice, someone: Subscriber, now: datetime) -> str:
    row.refresh_from_db()
    return str(explanation(row, someone, now)[-1])


def handed_over() -> None:
    Delivery.objects.update(state=State.SENT)
    Outgoing.objects.all().delete()


def told(deadline: date) -> tuple[Subscriber, Notice]:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.DAILY)
    row = notice("关于推荐绿色工厂的通知", deadline=deadline, seen=at("2019-10-21"))
    taken_in(row)
    compose_slot(Slot("daily", date(2019, 10, 22)), at("2019-10-22", "08:30"))
    handed_over()
    return someone, row


def _nothing(someone: Subscriber, row: Notice) -> None:
    """Nothing was done."""


def _mute(someone: Subscriber, row: Notice) -> None:
    marks.mute(someone.pk, row.pk, at("2019-10-23"))


def _pause(someone: Subscriber, row: Notice) -> None:
    someone.paused_until = at("2019-12-01")
    someone.save()


def _leave(someone: Subscriber, row: Notice) -> None:
    leave(someone.contacts.get().leave_token, at("2019-10-23"), "退订页")


@pytest.mark.parametrize(
    ("deadline", "act", "why"),
    [
        (date(2019, 12, 20), _nothing, "因为离截止还远，要随此人的摘要告诉"),
        (date(2019, 10, 29), _nothing, "因为此刻是夜间，天亮后才发"),
        (date(2019, 10, 29), _mute, "因为此人选了不再提醒"),
        (date(2019, 10, 29), _pause, "因为此人暂停接收"),
        (date(2019, 10, 29), _leave, "因为没有可用的联系方式"),
    ],
)
def test_explain_of_a_change_is_not_content_with_what_was_told_before_it(
    deadline: date, act: Callable[[Subscriber, Notice], None], why: str
) -> None:
    someone, row = told(deadline)
    act(someone, row)
    later = extended(row, AFTERNOON, date(2019, 12, 31))
    assert answer(later, someone, NIGHT) == f"✗ 结论：陈越收到过原通知，没有收到这一变更，{why}"


def test_explain_of_a_change_names_the_follow_up() -> None:
    someone, row = told(date(2019, 10, 29))
    later = extended(row, AFTERNOON)
    waiting = answer(later, someone, AFTERNOON)
    compose_due(at("2019-10-25", "16:01"))
    on_its_way = answer(later, someone, AFTERNOON)
    handed_over()
    assert waiting.endswith("因为还没有编成，一两分钟内应当编成")
    assert (on_its_way, answer(later, someone, AFTERNOON)) == (
        "· 结论：已编成，正待送出", "✓ 结论：陈越已收到，经邮件"
    )  # fmt: skip


def test_explain_of_a_change_counts_the_notice_told_with_the_new_date() -> None:
    someone = person()
    wish(someone, spec("余姚市"), Cadence.WEEKLY)
    row = notice(deadline=date(2019, 10, 29), seen=at("2019-10-21"))
    taken_in(row)
    later = extended(row, AFTERNOON)
    compose_slot(Slot("weekly", date(2019, 10, 28)), at("2019-10-28", "08:30"))
    handed_over()
    assert answer(later, someone, at("2019-10-28")) == "✓ 结论：陈越已收到，经邮件"
