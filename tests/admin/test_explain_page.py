import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from subscribers.models import Subscriber
from tests.builders import notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db


def asked(staff: Client, **question: str | int) -> str:
    return staff.get(reverse("admin:alerts_explain"), question).content.decode()


@pytest.fixture
def case() -> tuple[Notice, Subscriber]:
    someone = person("陈越")
    wish(someone, spec("浙江省"))
    row = notice()
    taken_in(row)
    return row, someone


def test_explain_page_is_linked_from_the_notice_and_the_person(
    staff: Client, case: tuple[Notice, Subscriber]
) -> None:
    for row, name in ((case[0], "notices_notice"), (case[1], "subscribers_subscriber")):
        page = staff.get(reverse(f"admin:{name}_change", args=[row.pk])).content.decode()
        assert reverse("admin:alerts_explain") in page


def test_explain_page_shows_the_steps(staff: Client, case: tuple[Notice, Subscriber]) -> None:
    page = asked(staff, notice=case[0].pk, subscriber="陈越")
    assert "命中：浙江省及下级" in page
    assert "结论：陈越没有收到" in page


def test_explain_page_asks_for_what_is_missing(staff: Client, case: tuple[Notice, Subscriber]) -> None:
    assert f'value="{case[0].pk}"' in asked(staff, notice=case[0].pk)


def test_explain_page_names_those_it_could_mean(staff: Client, case: tuple[Notice, Subscriber]) -> None:
    person("陈越")
    assert "有多个订户符合“陈越”" in asked(staff, notice=case[0].pk, subscriber="陈越")
    assert "没有符合“李”的订户" in asked(staff, notice=case[0].pk, subscriber="李")


def test_explain_page_is_for_staff_alone(client: Client) -> None:
    assert client.get(reverse("admin:alerts_explain")).status_code == 302
