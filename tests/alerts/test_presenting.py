from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alerts.compose import compose_slot
from alerts.models import Delivery
from alerts.presenting import letter_orders, notice_facts
from alerts.slots import Slot
from notices.lexicon.kinds import Kind
from subscribers.models import List
from subscribers.subscribing import join, set_list_filter
from tests.builders import START, at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
MORNING = at("2019-10-21", "08:30")


def queries(count: int) -> int:
    """How many queries the letters of so many deliveries of so many notices take."""
    for _ in range(count):
        wish(person(), spec("浙江省"))
        taken_in(notice(deadline=date(2019, 10, 29)))
    compose_slot(Slot("daily", date(2019, 10, 21)), MORNING)
    ids = list(Delivery.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as captured:
        letter_orders(ids)
    return len(captured)


@pytest.mark.parametrize("count", [1, 3])
def test_letters_are_loaded_by_a_constant_number_of_queries(count: int) -> None:
    assert queries(count) == 9


def test_order_says_why_each_notice_is_in_it() -> None:
    wish(person(), spec("浙江省", topic_names=["绿色制造"]))
    taken_in(notice(region="余姚市", topic_names=["绿色工厂"]))
    compose_slot(Slot("daily", date(2019, 10, 21)), MORNING)
    (order,) = letter_orders(list(Delivery.objects.values_list("pk", flat=True))).values()
    (reason,) = order.items[0].reasons
    assert (reason.place, reason.level, reason.topics) == ("浙江省", "下级", ("绿色制造",))


def test_order_names_the_list_that_a_notice_came_through() -> None:
    clients = List.objects.create(name="京津冀客户")
    set_list_filter(clients, spec("京津冀"), START)
    join(clients, person(), START, cadence="daily")
    taken_in(notice(region="北京市", seen=at("2019-10-20", "12:00")))
    compose_slot(Slot("daily", date(2019, 10, 21)), MORNING)
    (order,) = letter_orders(list(Delivery.objects.values_list("pk", flat=True))).values()
    assert order.items[0].reasons[0].through == "京津冀客户"


def test_order_covers_the_days_before_its_slot() -> None:
    wish(person(), spec("浙江省"))
    taken_in(notice())
    compose_slot(Slot("daily", date(2019, 10, 21)), MORNING)
    (order,) = letter_orders(list(Delivery.objects.values_list("pk", flat=True))).values()
    assert order.period == (date(2019, 10, 20), date(2019, 10, 20))


@pytest.mark.parametrize(
    ("kind", "unsure"), [(Kind.APPLICATION, True), (Kind.CONSULTATION, True), (Kind.RESULT, False)]
)
def test_facts_say_when_a_deadline_was_due_and_none_is_sure(kind: Kind, unsure: bool) -> None:
    (facts,) = notice_facts([notice(kind=kind).pk])
    assert facts.deadline_unsure is unsure


def test_facts_come_in_the_order_asked_for() -> None:
    one, other = notice("甲"), notice("乙")
    assert [facts.title for facts in notice_facts([other.pk, one.pk])] == ["乙", "甲"]
