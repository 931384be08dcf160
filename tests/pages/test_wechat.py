"""A simulated Tencent posts to the real page what became of a message, over HTTP."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from alerts import ledger, receipts
from alerts.channels.wechat import Gateway, MemoryTokenStore
from alerts.compose import compose_alerts
from alerts.delivering import phone
from alerts.models import Delivery, Receipt
from alerts.phone import dev_mapping
from alerts.presenting import letter_orders
from demo.wechat import Server, Simulator
from subscribers.models import Cadence, Consent, Contact
from tests.builders import at, notice, person, spec, taken_in, wish
from tests.wechat.test_callbacks import AES, APPID, TOKEN, XML, post

NOW, T = at("2019-10-21", "10:06"), 1_000_000.0


@pytest.fixture(autouse=True)
def _account(settings: Any) -> None:
    settings.WECHAT_APPID, settings.WECHAT_TOKEN, settings.WECHAT_AES_KEYS = APPID, TOKEN, [AES]


@pytest.fixture
def reader(transactional_db: None) -> Contact:
    """Someone who is alerted by WeChat, with one message waiting."""
    someone = person(wechat=True)
    wish(someone, spec("余姚市"), Cadence.AT_ONCE, by_email=False, by_wechat=True)
    taken_in(notice(deadline=at("2019-10-29").date()))
    compose_alerts(at("2019-10-21", "10:05"))
    return someone.contacts.get(channel="wechat")


@pytest.fixture(params=["", AES], ids=["plain", "encrypted"])
def simulator(
    request: pytest.FixtureRequest, live_server: Any, reader: Contact, tmp_path: Path
) -> Iterator[Simulator]:
    server = Server(f"{live_server.url}/wechat/", TOKEN, APPID, request.param)
    with Simulator(tmp_path, {reader.address: "王岚"}, callback=server) as running:
        yield running


def handed_over(simulator: Simulator, reader: Contact) -> Delivery:
    """Sends the waiting message, and hears the rest."""
    (pk,) = ledger.claim("wechat", "a", T)
    message = phone(letter_orders([pk])[pk], reader.address)
    gateway = Gateway(simulator.appid, simulator.secret, simulator.base_url, MemoryTokenStore(), (3.0, 5.0))
    ledger.settle(pk, "a", gateway.send(message), NOW, T)
    assert simulator.caller
    assert simulator.caller.wait() == ["success"]
    receipts.take(NOW, T)
    return Delivery.objects.get(pk=pk)


def test_message_that_arrives_is_delivered(simulator: Simulator, reader: Contact) -> None:
    assert dev_mapping()
    row = handed_over(simulator, reader)
    assert (row.state, row.result) == ("sent", "delivered")


@pytest.mark.parametrize(
    ("status", "state", "result"),
    [
        ("failed:user block", "refused", "bounced"),
        ("failed: system failed", "queued", "unknown"),
        ("failed:freq limit", "queued", "throttled"),
    ],
)
def test_message_that_fails_is_followed_up(
    simulator: Simulator, reader: Contact, status: str, state: str, result: str
) -> None:
    simulator.control({"do": "end", "openid": reader.address, "status": status})
    row = handed_over(simulator, reader)
    assert (row.state, row.result) == (state, result)


def test_who_unfollows_is_told_nothing_more(simulator: Simulator, reader: Contact) -> None:
    simulator.control({"do": "unfollow", "openid": reader.address})
    assert simulator.caller
    simulator.caller.wait()
    reader.refresh_from_db()
    assert reader.left_at is not None
    assert Consent.objects.get(given=False).how == "取消关注公众号"


def test_post_is_written_down_once_and_nothing_of_strangers(client: Client, reader: Contact) -> None:
    body, query = post()
    for _ in range(3):
        _posted(client, body, query)
    unknown = Receipt.objects.count()
    Contact.objects.filter(pk=reader.pk).update(address="oKx_reader_0000000000000001")
    answers = [_posted(client, body, query).content for _ in range(3)]
    assert (unknown, Receipt.objects.count(), set(answers)) == (0, 1, {b"success"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (XML.encode() + b" " * 70_000, "text/xml", 413),
        (b"{}", "application/json", 415),
        (b"no xml", "text/xml", 403),
    ],
)
def test_post_that_cannot_be_one_is_refused(
    client: Client, body: bytes, content_type: str, status: int
) -> None:
    _, query = post()
    assert _posted(client, body, query, content_type).status_code == status


@pytest.mark.django_db
def test_forged_post_changes_nothing(client: Client) -> None:
    body, query = post()
    answer = _posted(client, body, {**query, "signature": "0" * 40})
    assert (answer.status_code, Receipt.objects.count()) == (403, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("token", "status", "said"), [(TOKEN, 200, "echo-1"), ("", 403, "签名有误")])
def test_proof_answers_the_echo_alone(
    client: Client, settings: Any, token: str, status: int, said: str
) -> None:
    settings.WECHAT_TOKEN = token
    _, query = post()
    answer = client.get("/wechat/", {**query, "echostr": "echo-1"})
    assert (answer.status_code, answer.content.decode()[: len(said)]) == (status, said)


def _posted(client: Client, body: bytes, query: dict[str, str], content_type: str = "text/xml") -> Any:
    return client.post("/wechat/", body, content_type=content_type, query_params=query)
