from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.db import connection

from alerts import ledger, marks, receipts, staff_letters
from alerts.compose import compose_alerts
from alerts.models import Delivery, SoftBounce, State
from alerts.outcomes import Refused
from subscribers.contacts import add_confirmed
from subscribers.erasing import erase
from subscribers.leaving import leave
from subscribers.models import Cadence, Channel, Contact, Subscriber
from tests.builders import START, at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOW = at("2019-10-25")
T = 1_000_000.0
NAME, ADDRESS = "独孤某某", "dugu.moumou@example.cn"


@pytest.fixture
def known(settings: Any) -> Subscriber:
    """Somebody who left traces wherever there are any to leave."""
    someone = person(NAME, email=False, wechat=True)
    add_confirmed(someone, Channel.EMAIL, ADDRESS, START, f"{NAME} 来电")
    wish(someone, spec("余姚市"), Cadence.AT_ONCE, by_wechat=True)
    someone.save()
    row = notice()
    taken_in(row)
    compose_alerts(at("2019-10-20", "10:05"))
    (pk,) = ledger.claim("email", "a", T)
    ledger.settle(pk, "a", Refused(f"550 <{ADDRESS}> 无此邮箱", "contact"), NOW, T)
    marks.done(someone.pk, row.pk, NOW)
    contact = someone.contacts.get(channel="email")
    said = f"552 <{ADDRESS}> Mailbox full"
    SoftBounce.objects.create(contact=contact, ailment="full", day=NOW.date(), said=said, at=NOW)
    receipts.note("k", channel="email", contact=contact, delivery_id=pk, verdict="full", said=said, at=NOW)
    settings.STAFF_MAIL = ["duty@example.org"]
    staff_letters.compose(NOW)
    staff = get_user_model().objects.create(username="wang")
    LogEntry.objects.log_actions(staff.pk, [someone], CHANGE, f"改了 {NAME}")
    return someone


def everything() -> str:
    """All rows of all tables, as text."""
    with connection.cursor() as cursor:
        said = []
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            said.append(repr(cursor.fetchall()))
    return "".join(said)


def test_erased_person_is_named_in_no_table(known: Subscriber) -> None:
    openid = known.contacts.get(channel="wechat").address
    before = everything()
    erase(known, NOW)
    after = everything()
    traces = (NAME, ADDRESS, openid)
    assert [(trace in before, trace in after) for trace in traces] == [(True, False)] * 3


def test_erasing_keeps_counts_in_the_ledger(known: Subscriber) -> None:
    before = Delivery.objects.count()
    erase(known, NOW)
    left = Delivery.objects.order_by("pk").values_list("channel", "state")
    assert (Delivery.objects.count(), set(left)) == (
        before, {("email", State.REFUSED), ("wechat", State.CANCELLED)}
    )  # fmt: skip


def test_erased_person_is_told_nothing_more(known: Subscriber) -> None:
    erase(known, NOW)
    taken_in(notice(seen=NOW))
    assert (compose_alerts(at("2019-10-25", "10:06")), ledger.claim("wechat", "a", T)) == (0, [])


def test_way_out_of_an_old_mail_still_works(known: Subscriber) -> None:
    token = known.contacts.get(channel="email").leave_token
    erase(known, NOW)
    left = leave(token, NOW, "一键退订")
    assert left is not None
    assert left.already


def test_erasing_twice_does_nothing(known: Subscriber) -> None:
    erase(known, NOW)
    known.refresh_from_db()
    assert erase(known, NOW) is False


def test_address_of_an_erased_person_can_be_registered_again(known: Subscriber) -> None:
    erase(known, NOW)
    assert add_confirmed(person(email=False), Channel.EMAIL, ADDRESS, NOW, "test").address == ADDRESS
    assert Contact.objects.filter(address=ADDRESS).count() == 1
