"""Reports as real servers write them; the verdict is about the address, or about us."""

import pytest

from alerts.channels.email import MailMessage
from alerts.channels.email.bounces import read
from demo.sink.reports import report
from tests.email.conftest import Write

HIM = "li@example.cn"


def returned(write: Write, answer: str) -> bytes:
    mail: MailMessage = write(leave_url="https://example.org/u/AbCdEfGhIjKlMnOpQrStUv/")
    return report(mail.as_bytes(), "bounce+7-0123456789abcdef@example.org", HIM, answer)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("550 5.1.1 <li@example.cn>: Recipient address rejected: User unknown", "dead"),
        ("550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1", "dead"),
        ("550-5.1.1 The email account that you tried to reach does not exist", "dead"),
        ("552 5.2.2 Mailbox full", "full"),
        ("550 5.2.1 The account has been disabled", "disabled"),
        ("550 Ip frequency limited", "rate"),
        ("550 5.7.1 Mail content denied", "content"),
        ("550 5.7.26 This mail is unauthenticated", "blocked"),
        ("550 something that nobody has seen before", "unknown"),
        ("451 4.3.2 try again", "transient"),
    ],
)
def test_report_is_judged_by_the_words_of_the_far_server(write: Write, answer: str, verdict: str) -> None:
    bounce = read(returned(write, answer))
    assert bounce is not None
    assert bounce.verdict == verdict


def test_report_names_its_message_by_return_path_and_by_headers(write: Write) -> None:
    bounce = read(returned(write, "550 5.1.1 User unknown"))
    assert bounce is not None
    assert bounce.came_to == ("bounce+7-0123456789abcdef@example.org",)
    assert (bounce.message_id, bounce.leave_token) == ("0a1b@example.org", "AbCdEfGhIjKlMnOpQrStUv")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Action: failed", b"Action: delayed"),
        (b"Action: failed", b"Action: relayed"),
        (b'report-type="delivery-status"', b'report-type="disposition-notification"'),
    ],
)
def test_mail_that_reports_no_failure_says_nothing(write: Write, old: bytes, new: bytes) -> None:
    content = returned(write, "550 5.1.1 User unknown")
    assert old in content
    assert read(content.replace(old, new)) is None


def test_report_of_arrival_is_one(write: Write) -> None:
    content = returned(write, "250 2.1.5 OK").replace(b"Action: failed", b"Action: delivered")
    bounce = read(content)
    assert bounce is not None
    assert bounce.verdict == "delivered"


@pytest.mark.parametrize(
    ("status", "verdict"),
    [("5.1.1", "dead"), ("5.2.2", "full"), ("5.0.0", "unknown"), ("4.4.7", "transient")],
)
def test_bare_status_is_judged_by_its_number(write: Write, status: str, verdict: str) -> None:
    content = returned(write, "550 5.1.1 User unknown")
    content = content.replace(b"Status: 5.1.1", f"Status: {status}".encode())
    content = content.replace(b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n", b"")
    bounce = read(content)
    assert bounce is not None
    assert bounce.verdict == verdict


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\n550 5.1.1 I am away\r\n",
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n',
        (
            b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n'
            b"Content-Type: message/delivery-status\r\n\r\nnonsense\r\n--b--\r\n"
        ),
    ],
    ids=["empty", "no text", "an automatic reply", "cut off", "no fields"],
)
def test_whatever_else_comes_is_no_report(content: bytes) -> None:
    assert read(content) is None
