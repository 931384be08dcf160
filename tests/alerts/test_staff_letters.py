"""Staff hear once of a source in trouble, and once that it is well again."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model
from pytest_django import Settings

from alerts import staff_letters
from alerts.models import StaffLetter, State
from alerts.staff_letters import compose, deliver, waiting
from config.clock import machine_now
from demo.sink import Sink
from notices.models import Incident
from tests.builders import START, source

if TYPE_CHECKING:
    from email.message import EmailMessage

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
DUTY = "zhiban@kuaixun.example"


@pytest.fixture(autouse=True)
def duty(settings: Settings) -> None:
    settings.STAFF_MAIL = [DUTY]


@pytest.fixture
def sink(smtp_sink: Sink, settings: Settings) -> Sink:
    settings.SMTP_URL = smtp_sink.url
    return smtp_sink


def incident(kind: str = "container_gone", **columns: object) -> Incident:
    values = {"opened_at": START, "last_seen_at": START, **columns}
    return Incident.objects.create(source=source("淮北市", name="淮北市经信局"), kind=kind, **values)


def tell(now: datetime) -> None:
    compose(now)
    deliver(now)


def subjects() -> list[str]:
    return list(StaffLetter.objects.order_by("pk").values_list("subject", flat=True))


def test_incident_is_told_when_it_opens(sink: Sink) -> None:
    row = incident(detail="HTTP 200")
    tell(START)
    [mail] = sink.messages()
    body = text_of(mail)
    due = ("页面打开了，但找不到列表", f"/staff/notices/incident/{row.pk}/change/", "10月20日", "不会停用")
    assert (mail["To"], mail["Subject"]) == (DUTY, "来源异常：淮北市经信局 找不到列表")
    assert [words for words in due if words not in body] == []


def text_of(mail: "EmailMessage") -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_incident_that_lasts_is_told_once(sink: Sink) -> None:
    incident()
    for minute in range(5):
        tell(START + minute * MINUTE)
    assert len(sink.messages()) == 1


def test_recovery_is_told_once(sink: Sink) -> None:
    row = incident()
    tell(START)
    Incident.objects.filter(pk=row.pk).update(closed_at=START + MINUTE, note="已采用修复建议。")
    for minute in range(1, 4):
        tell(START + minute * MINUTE)
    assert subjects() == ["来源异常：淮北市经信局 找不到列表", "来源恢复：淮北市经信局 找不到列表"]
    assert "已采用修复建议" in StaffLetter.objects.get(subject__startswith="来源恢复").text


def test_trouble_that_was_over_before_anyone_heard_is_no_news() -> None:
    incident(closed_at=START)
    assert compose(START) == 0


def test_flood_asks_for_a_decision() -> None:
    incident("flood", detail="20 条中有 16 条是新的")
    compose(START)
    assert "放行，或作旧闻记下" in StaffLetter.objects.get().text


@pytest.mark.parametrize(
    ("proposal", "words"),
    [
        ({"family": "trs", "recipe": {}, "count": 12, "items": []}, "改为“拓尔思 TRS”，可读出 12 条"),
        ({"url": "http://new.gov.cn/", "items": []}, "列表地址改为 http://new.gov.cn/"),
        ({"tls_pin": "ab" * 32, "items": []}, "abab"),
        (None, "修复建议：没有"),
    ],
)  # fmt: skip
def test_letter_names_the_proposal(proposal: dict[str, object] | None, words: str) -> None:
    incident(proposal=proposal)
    compose(START)
    assert words in StaffLetter.objects.get().text


def test_many_at_once_are_one_letter() -> None:
    for _ in range(12):
        incident("unreachable")
    assert compose(START) == 1
    assert subjects() == ["来源：新增异常 12 起"]
    assert StaffLetter.objects.get().text.count("【来源异常】") == 12


def test_each_address_gets_a_letter_of_its_own(settings: Settings) -> None:
    settings.STAFF_MAIL = [DUTY, "zhang@kuaixun.example"]
    incident()
    assert compose(START) == 2


def test_staff_logins_with_an_address_hear_where_nobody_is_named(settings: Settings) -> None:
    settings.STAFF_MAIL = []
    people = get_user_model().objects
    people.create(username="wang", email="wang@kuaixun.example", is_staff=True)
    people.create(username="none", is_staff=True)
    people.create(username="left", email="left@kuaixun.example", is_staff=True, is_active=False)
    people.create(username="reader", email="reader@kuaixun.example")
    assert staff_letters.addresses() == ["wang@kuaixun.example"]


def test_news_waits_until_there_is_somebody_to_tell(settings: Settings) -> None:
    settings.STAFF_MAIL = []
    incident()
    assert compose(START) == 0
    settings.STAFF_MAIL = [DUTY]
    assert compose(START + MINUTE) == 1


def test_letter_is_tried_again_until_the_server_takes_it(sink: Sink, settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    incident()
    tell(START)
    letter = StaffLetter.objects.get()
    assert (letter.state, waiting(machine_now())) == (State.QUEUED, False)
    settings.SMTP_URL = sink.url
    StaffLetter.objects.update(not_before=0)
    deliver(START + MINUTE)
    assert StaffLetter.objects.get().state == State.SENT


def test_retry_sends_the_same_bytes(sink: Sink) -> None:
    incident()
    tell(START)
    StaffLetter.objects.update(state=State.CLAIMED, lease_until=0, settled_at=None)
    deliver(START + MINUTE)
    first, second = sink.messages()
    assert first.as_bytes() == second.as_bytes()


def test_letter_under_another_senders_lease_is_left_alone(sink: Sink) -> None:
    incident()
    compose(START)
    StaffLetter.objects.update(state=State.CLAIMED, lease_owner="other", lease_until=machine_now() + 50)
    assert deliver(START) == 0
    assert sink.messages() == []


def test_two_composers_write_one_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    incident()
    seen_by_both = staff_letters.staff_news.untold(START)
    compose(START)
    monkeypatch.setattr(staff_letters.staff_news, "untold", lambda _: seen_by_both)
    assert compose(START) == 0


def test_hostile_words_of_a_site_are_escaped() -> None:
    incident(detail="<script>alert(1)</script>")
    compose(START)
    assert "<script>" not in StaffLetter.objects.get().html
