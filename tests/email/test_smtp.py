"""A batch over one connection: an outcome for each message, whatever the server does."""

import socket
import threading
from email.message import EmailMessage

import pytest

from alerts.channels.email.route import Route, WrongRouteError
from alerts.outcomes import Outcome, Refused, Sent, TryLater
from demo.sink import Sink
from tests.email.conftest import SendAll, Write


def kinds(told: dict[int, Outcome]) -> list[str]:
    return [type(told[index]).__name__ for index in sorted(told)]


def ids(mails: list[EmailMessage]) -> list[str]:
    return [str(mail["Message-ID"]) for mail in mails]


def test_batch_is_handed_over_in_order(sink: Sink, write: Write, send_all: SendAll) -> None:
    told = send_all([write(message_id=f"{n}@x") for n in range(3)], sink.url)

    assert kinds(told) == ["Sent"] * 3
    assert ids(sink.messages()) == ["<0@x>", "<1@x>", "<2@x>"]


def test_sent_bytes_arrive_unchanged(sink: Sink, write: Write, send_all: SendAll) -> None:
    send_all([write(text=".\r\n..\n.x")], sink.url)

    assert sink.files()[0].read_bytes() == write(text=".\r\n..\n.x").as_bytes()


def test_queue_id_is_kept(sink: Sink, write: Write, send_all: SendAll) -> None:
    told = send_all([write()], sink.url)

    assert told == {0: Sent("000001-li@example.cn", "250 2.0.0 OK queued as 000001-li@example.cn")}


def test_message_that_may_not_start_is_left_alone(sink: Sink, write: Write, send_all: SendAll) -> None:
    told = send_all([write(message_id=f"{n}@x") for n in range(3)], sink.url, before_each=lambda n: n != 1)

    assert sorted(told) == [0, 2]
    assert ids(sink.messages()) == ["<0@x>", "<2@x>"]


def test_refused_recipient_does_not_hold_up_the_next(sink: Sink, write: Write, send_all: SendAll) -> None:
    sink.faults.refuse = {"gone@qq.com": "550 Mailbox not found"}

    told = send_all([write(to="gone@qq.com"), write()], sink.url)

    assert kinds(told) == ["Refused", "Sent"]


def test_address_in_chinese_is_refused_without_asking(write: Write, send_all: SendAll) -> None:
    told = send_all([write(to="用户@例子.中国")], "smtp://127.0.0.1:1")

    assert told == {
        0: Refused("地址“用户@例子.中国”的 @ 前有非英文字符，邮件服务器不收；请换一个地址", "contact")
    }


def test_domain_in_chinese_goes_as_punycode(sink: Sink, write: Write, send_all: SendAll) -> None:
    send_all([write(to="info@例子.中国")], sink.url)

    assert sink.messages()[0]["To"] == "info@xn--fsqu00a.xn--fiqs8s"


def test_deferred_content_is_tried_later(sink: Sink, write: Write, send_all: SendAll) -> None:
    sink.faults.answer = "451 DT:SPM,please try again"

    told = send_all([write(), write()], sink.url)

    assert kinds(told) == ["TryLater", "TryLater"]
    assert sink.files() == []


def test_nobody_listening_is_the_channels_trouble_and_leaves_the_rest_alone(
    write: Write, send_all: SendAll
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    told = send_all([write(), write()], f"smtp://127.0.0.1:{port}")

    said = f"连不上邮件服务器 127.0.0.1:{port}：那里没有服务在听，半分钟后再发。"
    assert told == {0: TryLater(said, 30.0, "channel")}


def test_connection_closed_between_messages_is_opened_again(
    sink: Sink, write: Write, send_all: SendAll
) -> None:
    sink.faults.close_after = 2

    told = send_all([write(message_id=f"{n}@x") for n in range(6)], sink.url)

    assert kinds(told) == ["Sent"] * 6
    assert ids(sink.messages()) == [f"<{n}@x>" for n in range(6)]


def test_loss_before_the_yes_is_tried_again_with_the_same_id(
    sink: Sink, write: Write, send_all: SendAll
) -> None:
    sink.faults.drop_before_answer = 1
    first = send_all([write(), write(message_id="2@x")], sink.url)
    second = send_all([write(), write(message_id="2@x")], sink.url)

    assert kinds(first) == ["TryLater"]
    assert kinds(second) == ["Sent", "Sent"]
    assert ids(sink.messages()) == ["<0a1b@example.org>", "<0a1b@example.org>", "<2@x>"]


def test_loss_before_the_yes_says_that_it_may_have_arrived(
    sink: Sink, write: Write, send_all: SendAll
) -> None:
    sink.faults.drop_before_answer = 1

    told = send_all([write(), write()], sink.url)

    assert ["可能已收下" in outcome.said for outcome in told.values()] == [True]


def test_hanging_server_costs_one_timeout(sink: Sink, write: Write, send_all: SendAll) -> None:
    sink.faults.hang = True

    told = send_all([write()] * 4, sink.url, timeout=0.3)

    assert kinds(told) == ["TryLater"]
    assert "没有及时答复" in told[0].said


def test_service_not_available_ends_the_batch(sink: Sink, write: Write, send_all: SendAll) -> None:
    sink.faults.refuse = {"li@example.cn": "421 HL:ICC 163 mx9"}

    told = send_all([write(), write(to="other@example.cn")], sink.url)

    assert kinds(told) == ["TryLater"]
    assert sink.files() == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1", "SMTP_URL 应以"),
        ("smtp://127.0.0.1:x", "端口"),
        ("smtp://", "缺少主机名"),
        ("smtp+starttls://{}", "STARTTLS"),
        ("smtp://user:secret@{}", "AUTH"),
    ],
)
def test_wrong_route_keeps_the_messages(
    sink: Sink, write: Write, send_all: SendAll, url: str, words: str
) -> None:
    told = send_all([write()], url.format(f"127.0.0.1:{sink.port}"))

    assert kinds(told) == ["TryLater"]
    assert words in told[0].said
    assert "secret" not in told[0].said


def test_wrong_sender_keeps_the_messages(sink: Sink, write: Write, send_all: SendAll) -> None:
    told = send_all([write(from_="快讯")], sink.url)

    assert kinds(told) == ["TryLater"]
    assert "MAIL_FROM" in told[0].said


@pytest.mark.parametrize(
    ("url", "route"),
    [
        ("smtp://h", Route("smtp", "h", 25)),
        ("smtps://h", Route("smtps", "h", 465)),
        ("smtp+starttls://u%40x.cn:p%3Aw@h:2525", Route("smtp+starttls", "h", 2525, "u@x.cn", "p:w")),
    ],
)
def test_route_is_read_from_its_url(url: str, route: Route) -> None:
    assert Route.parse(url) == route


def test_route_never_shows_its_password() -> None:
    assert "secret" not in repr(Route.parse("smtp://user:secret@h"))


def test_route_of_another_scheme_is_an_error() -> None:
    with pytest.raises(WrongRouteError):
        Route.parse("ftp://h")


@pytest.mark.parametrize("answer", ["554 5.7.1 on our block list (S3140)", "421 HL:ICC 163 mx9"])
def test_server_that_lets_nobody_in_keeps_the_messages(write: Write, send_all: SendAll, answer: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        porter = threading.Thread(target=lambda: turn_away(door, answer))
        porter.start()
        told = send_all([write(), write()], f"smtp://127.0.0.1:{door.getsockname()[1]}")
        porter.join()

    assert kinds(told) == ["TryLater"]
    assert answer in told[0].said


def turn_away(door: socket.socket, answer: str) -> None:
    caller, _ = door.accept()
    with caller:
        caller.sendall(f"{answer}\r\n".encode())
