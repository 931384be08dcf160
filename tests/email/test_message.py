"""A mail's bytes: RFC 5322, 2045-2047, 2369, 8058."""

import dataclasses
import re
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest

from alerts.channels.email.message import encoded_words
from tests.email.conftest import Write

LONG = "关于提升危险废物环境监管能力、利用处置能力和环境风险防范能力的指导意见😀" * 12


def header_lines(raw: bytes) -> list[str]:
    return raw.decode("ascii").partition("\r\n\r\n")[0].split("\r\n")


def test_message_is_the_same_bytes_every_time(write: Write) -> None:
    assert write().as_bytes() == dataclasses.replace(write()).as_bytes()


def test_message_differs_in_boundary_by_its_id(write: Write) -> None:
    boundaries = {re.findall(rb'boundary="(.*)"', write(message_id=f"{n}@x").as_bytes())[0] for n in range(5)}

    assert len(boundaries) == 5


@pytest.mark.parametrize(
    "subject", ["Plain words", "【政策快讯】新增 9 条｜北京", LONG, "=?utf-8?q?x?= 假的词", "", "a" * 300]
)
def test_subject_survives_the_way(write: Write, subject: str) -> None:
    raw = write(subject=subject).as_bytes()

    found = message_from_bytes(raw)["Subject"]
    assert str(make_header(decode_header(found))) == subject


def test_long_chinese_keeps_all_lines_short(write: Write) -> None:
    raw = write(subject=LONG, text=LONG, html=LONG, from_=f"{LONG} <a@b.cn>", leave_url="").as_bytes()

    assert max(len(line) for line in raw.split(b"\r\n")) <= 76


def test_message_is_ascii_with_crlf_alone(write: Write) -> None:
    raw = write(text="一\n二\r\n三\r四").as_bytes()

    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_encoded_words_are_whole_characters_of_at_most_75() -> None:
    words = encoded_words(LONG, room=30)

    assert len(words[0]) <= 30
    assert all(len(word) <= 75 for word in words)
    assert "".join(str(make_header(decode_header(word))) for word in words) == LONG


def test_bodies_are_alternatives_in_base64(write: Write) -> None:
    mail = message_from_bytes(write().as_bytes(), policy=policy.default)

    parts = [
        (part.get_content_type(), part["Content-Transfer-Encoding"], part.get_content())
        for part in mail.iter_parts()
    ]
    assert parts == [
        ("text/plain", "base64", "淮北市经信局"),
        ("text/html", "base64", "<p>淮北市经信局</p>"),
    ]


def test_leave_address_is_never_folded_or_encoded(write: Write) -> None:
    url = "https://a-very-long-host-name.example.org/leave/" + "t" * 200

    lines = header_lines(write(leave_url=url).as_bytes())

    assert f"List-Unsubscribe: <{url}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_message_without_leave_address_offers_no_one_click(write: Write) -> None:
    assert b"List-Unsubscribe" not in write(leave_url="").as_bytes()


def test_message_says_that_it_is_a_machine_writing_to_a_list(write: Write) -> None:
    mail = message_from_bytes(write().as_bytes())

    said = {
        name: mail[name] for name in ("Auto-Submitted", "Precedence", "List-Id", "Date", "Message-ID", "From")
    }
    assert said == {
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "List-Id": "<weekly.kuaixun.example.org>",
        "Date": "Fri, 25 Oct 2019 00:30:00 +0000",
        "Message-ID": "<0a1b@example.org>",
        "From": "=?utf-8?b?5b+r6K6v?=\r\n <kuaixun@example.org>",
    }


@pytest.mark.parametrize("breaks", ["\r\n", "\n", "\r", "\x00", "\x0b", "\u2028", "\x85"])
@pytest.mark.parametrize("place", ["subject", "from_", "to"])
def test_no_text_can_add_a_header(write: Write, place: str, breaks: str) -> None:
    smuggled = f"x{breaks}Bcc: everybody@example.org <li@example.cn>"

    mail = message_from_bytes(write(**{place: smuggled}).as_bytes())

    assert mail.keys() == message_from_bytes(write().as_bytes()).keys()


@pytest.mark.parametrize("place", ["message_id", "leave_url", "list_id"])
@pytest.mark.parametrize("value", ["a\r\nBcc: b", "a b", "快讯"])
def test_our_own_values_must_be_one_token(write: Write, place: str, value: str) -> None:
    with pytest.raises(ValueError, match=place):
        write(**{place: value})


def test_date_must_be_aware(write: Write) -> None:
    with pytest.raises(ValueError, match="时区"):
        write(date=datetime(2019, 10, 25))  # noqa: DTZ001, that it is refused is the point


def test_ascii_name_is_quoted(write: Write) -> None:
    lines = header_lines(write(from_='Kuaixun, "the" Bot <k@example.org>').as_bytes())

    assert lines[0] == r'From: "Kuaixun, \"the\" Bot" <k@example.org>'


def test_lone_surrogate_does_not_stop_a_mail(write: Write) -> None:
    assert write(subject="坏\ud800字", text="\ud800").as_bytes().isascii()
