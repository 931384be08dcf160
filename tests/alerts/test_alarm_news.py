"""Staff hear of what was due and was not sent: once when it begins, once when it is over."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from alerts.models import Alarm, StaffLetter
from alerts.staff_letters import compose
from tests.builders import START

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)
LATE = "{} 个邮件投递编成已超过 15 分钟仍未送出"


@pytest.fixture(autouse=True)
def duty(settings: Settings) -> None:
    settings.STAFF_MAIL = ["zhiban@kuaixun.example"]


def alarm(said: str, raised: datetime, over: datetime | None = None) -> Alarm:
    return Alarm.objects.create(said=said, raised_at=raised, seen_at=raised, over_at=over)


def subjects() -> list[str]:
    return list(StaffLetter.objects.order_by("pk").values_list("subject", flat=True))


def test_alarm_is_told_with_the_last_answer_and_where_to_look() -> None:
    alarm(f"{LATE.format(3)}；最近一次答复：连不上邮件服务器。", START)

    compose(START)

    letter = StaffLetter.objects.get()
    due = ("连不上邮件服务器。\n", "/staff/alerts/alarm/", "10月20日", "不会丢")
    assert letter.subject == "该发未发：3 个邮件投递编成已超过 15 分钟仍未送出"
    assert [words for words in due if words not in letter.text] == []


def test_alarm_that_counts_more_at_each_look_is_told_once() -> None:
    for look in range(4):
        alarm(
            LATE.format(look + 1), START + look * QUARTER, START + (look + 1) * QUARTER if look < 3 else None
        )
        compose(START + look * QUARTER)

    assert len(subjects()) == 1


def test_alarms_of_two_kinds_are_told_apart() -> None:
    alarm(LATE.format(3), START)
    compose(START)
    alarm("即时：2 人有 5 条命中到时未告知", START + QUARTER)
    compose(START + QUARTER)

    assert subjects() == [
        "该发未发：3 个邮件投递编成已超过 15 分钟仍未送出",
        "该发未发：即时：2 人有 5 条命中到时未告知",
    ]


def test_alarm_that_is_over_for_an_hour_is_told_once() -> None:
    row = alarm(LATE.format(3), START)
    compose(START)
    Alarm.objects.filter(pk=row.pk).update(over_at=START + QUARTER)
    for hours in (0.5, 1.5, 2.5):
        compose(START + timedelta(hours=hours))

    assert subjects()[1:] == ["已经补齐：3 个邮件投递编成已超过 15 分钟仍未送出"]


def test_alarm_that_comes_back_within_the_hour_goes_on() -> None:
    row = alarm(LATE.format(3), START)
    compose(START)
    Alarm.objects.filter(pk=row.pk).update(over_at=START + QUARTER)
    alarm(LATE.format(1), START + 3 * QUARTER)
    compose(START + 3 * QUARTER)

    assert len(subjects()) == 1


def test_alarm_that_was_over_before_anybody_could_be_told_is_no_news() -> None:
    alarm(LATE.format(3), START, START + QUARTER)

    compose(START + timedelta(hours=3))

    assert subjects() == []


def test_many_alarms_at_once_are_one_letter_that_counts_them() -> None:
    for kind in ("即时", "每日摘要", "每周摘要", "后续"):
        alarm(f"{kind}：2 人有 5 条命中到时未告知", START)

    compose(START)

    assert subjects() == ["该发未发 4 项"]
