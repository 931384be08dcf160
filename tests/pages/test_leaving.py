from datetime import datetime

import pytest
from django.test import Client

from subscribers.contacts import add_confirmed
from subscribers.erasing import erase
from subscribers.filters import FilterSpec
from subscribers.models import Cadence, Channel, Consent, Contact, Subscriber
from subscribers.subscribing import subscribe
from tests.builders import spec, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(now: datetime) -> Contact:
    """Someone with one daily subscription by mail."""
    person = Subscriber.objects.create(name="张工", created_at=now)
    subscribe(person, FilterSpec(), now, cadence="daily")
    return add_confirmed(person, Channel.EMAIL, "zhanggong@example.com", now, "测试")


@pytest.fixture
def client() -> Client:
    """A browser that came without a cookie, and that Django holds to its CSRF rules."""
    return Client(enforce_csrf_checks=True)


def _address(contact: Contact) -> str:
    return f"/u/{contact.leave_token}/"


def test_get_changes_nothing(client: Client, contact: Contact) -> None:
    answer = client.get(_address(contact))

    contact.refresh_from_db()
    assert answer.status_code == 200
    assert contact.left_at is None
    assert Consent.objects.filter(given=False).count() == 0


def test_get_says_what_will_stop_before_the_button(client: Client, contact: Contact) -> None:
    page = client.get(_address(contact)).content.decode()

    assert page.index("每日摘要：") < page.index('<button class="button danger" type="submit">退订')
    assert "只想少收一些" in page


def test_get_says_on_which_day_a_digest_comes(client: Client, contact: Contact) -> None:
    wish(contact.subscriber, spec("浙江省"), Cadence.WEEKLY, weekday=4)
    wish(contact.subscriber, spec("江苏省"), Cadence.WEEKLY, weekday=5, workdays_only=True)
    wish(contact.subscriber, spec("安徽省"), workdays_only=True)

    page = client.get(_address(contact)).content.decode()

    said = ("每周四摘要：浙江省", "每周五摘要（遇节假日顺延）：江苏省", "工作日摘要：安徽省")
    assert all(words in page for words in said)


def test_get_does_not_reveal_the_address(client: Client, contact: Contact) -> None:
    page = client.get(_address(contact)).content.decode()

    assert "z***@example.com" in page
    assert "zhanggong" not in page


@pytest.mark.parametrize(
    ("body", "how"), [({}, "退订页"), ({"List-Unsubscribe": "One-Click"}, "邮件客户端一键退订")]
)
def test_post_stops_all_without_login_or_cookie(
    client: Client, contact: Contact, body: dict[str, str], how: str
) -> None:
    answer = client.post(_address(contact), body)

    contact.refresh_from_db()
    assert (answer.status_code, contact.left_at is not None) == (200, True)
    assert Consent.objects.get(given=False).how == how
    assert not answer.cookies


def test_post_answers_with_what_happened(client: Client, contact: Contact) -> None:
    page = client.post(_address(contact)).content.decode()

    assert "z***@example.com" in page
    assert "不会再通过邮件收到快讯的任何消息" in page


def test_post_twice_is_fine(client: Client, contact: Contact) -> None:
    client.post(_address(contact))
    answer = client.post(_address(contact))

    assert answer.status_code == 200
    assert "此前已经退订" in answer.content.decode()
    assert Consent.objects.filter(given=False).count() == 1


def test_get_after_the_person_is_erased_says_that_nothing_more_will_come(
    client: Client, contact: Contact, now: datetime
) -> None:
    token = contact.leave_token
    erase(contact.subscriber, now)

    answer = client.get(f"/u/{token}/")

    assert (answer.status_code, "不会再收到快讯" in answer.content.decode()) == (200, True)


def test_post_works_after_the_person_is_erased(client: Client, contact: Contact) -> None:
    address = _address(contact)
    contact.delete()

    assert "资料已经删除" in client.post(address).content.decode()


def test_get_after_leaving_has_no_button(client: Client, contact: Contact) -> None:
    client.post(_address(contact))

    page = client.get(_address(contact)).content.decode()
    assert "已经退订" in page
    assert "<button" not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_token_is_told_so_in_chinese(client: Client, method: str) -> None:
    answer = getattr(client, method)("/u/AAAAAAAAAAAAAAAAAAAAAA/")

    assert answer.status_code == 404
    assert "没有这个退订链接" in answer.content.decode()


def test_the_page_is_kept_from_caches_referrers_and_search(client: Client, contact: Contact) -> None:
    answer = client.get(_address(contact))

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_address_fits_the_header(contact: Contact) -> None:
    assert len(f"List-Unsubscribe: <https://kx.example.cn{_address(contact)}>") <= 76
