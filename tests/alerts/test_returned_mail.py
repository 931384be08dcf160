"""A mail over real SMTP, its report in a real Maildir, and what follows for its reader."""

import io
import mailbox
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from alerts import receipts
from alerts.bounce_maildir import empty
from alerts.compose import compose_alerts
from alerts.delivering import deliver
from alerts.models import Delivery, Receipt, StaffLetter, State
from alerts.returned_mail import return_path, take_in
from alerts.staff_letters import compose as compose_staff_letters
from demo.sink import Sink
from demo.sink.reports import report
from subscribers.models import Cadence, Channel, Contact
from tests.builders import at, notice, person, spec, taken_in, wish

pytestmark = pytest.mark.django_db
NOW, T = at("2019-10-21", "10:06"), 1_000_000.0
GONE = "550 5.1.1 User unknown"


@pytest.fixture
def sink(tmp_path: Path, settings: Any) -> Iterator[Sink]:
    running = Sink(tmp_path / "outbox")
    running.start()
    settings.SMTP_URL, settings.BOUNCE_ADDRESS = running.url, "bounce@kuaixun.example"
    settings.STAFF_MAIL = ["duty@example.org"]
    yield running
    running.stop()


@pytest.fixture
def reader() -> Contact:
    someone = person(wechat=True)
    wish(someone, spec("余姚市"), Cadence.AT_ONCE)
    taken_in(notice(deadline=at("2019-10-29").date()))
    compose_alerts(at("2019-10-21", "10:05"))
    return someone.contacts.get(channel="email")


def sent_back(sink: Sink, reader: Contact, answer: str = GONE) -> Delivery:
    """The waiting mail goes out and comes back."""
    sink.faults.bounce[reader.address] = answer
    deliver(Channel.EMAIL, NOW)
    return Delivery.objects.get(contact=reader)


def test_hard_bounce_stops_the_address_tells_staff_and_the_reader_elsewhere(
    sink: Sink, reader: Contact
) -> None:
    row = sent_back(sink, reader)
    was = (row.state, row.result)
    found = empty(sink.returned, NOW)
    receipts.take(NOW, T)
    compose_staff_letters(NOW)
    row.refresh_from_db()
    assert (was, found, row.state, row.result) == (
        ("sent", "accepted"),
        {"dead": 1},
        State.REFUSED,
        "bounced",
    )
    assert Delivery.objects.get(stands_for=row).channel == "wechat"
    letter = StaffLetter.objects.get()
    assert letter.subject == f"停发：陈越 邮件 {reader.address[0]}***@example.com"
    assert "没有这个信箱：550 5.1.1 User unknown" in letter.text


def test_maildir_is_emptied_of_what_is_ours_alone(sink: Sink, reader: Contact) -> None:
    sent_back(sink, reader)
    mailbox.Maildir(sink.returned).add(b"Subject: hello\r\n\r\nis anybody there?\r\n")
    found = [empty(sink.returned, NOW), empty(sink.returned, NOW)]
    assert (found, len(mailbox.Maildir(sink.returned))) == ([{"dead": 1, "other": 1}, {}], 1)


def test_mail_that_breaks_our_code_stays_and_the_others_are_read(
    sink: Sink, reader: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_back(sink, reader)
    mailbox.Maildir(sink.returned).add(b"Subject: broken\r\n\r\n")

    def breaking(content: bytes, now: datetime) -> str:
        if b"Subject: broken" in content:
            raise ValueError(content)
        return take_in(content, now)

    monkeypatch.setattr("alerts.returned_mail.take_in", breaking)

    found = [empty(sink.returned, NOW), empty(sink.returned, NOW)]
    assert (found, len(mailbox.Maildir(sink.returned))) == ([{"dead": 1, "broken": 1}, {}], 1)


def test_report_with_characters_that_no_database_holds_is_written_down(sink: Sink, reader: Contact) -> None:
    row = sent_back(sink, reader)
    content = report(
        sink.files()[0].read_bytes(), return_path(row.pk), reader.address, "550 5.1.1 no\x00body"
    )
    assert take_in(content, NOW) == "dead"


def test_report_that_is_read_twice_counts_once(sink: Sink, reader: Contact) -> None:
    row = sent_back(sink, reader)
    content = report(sink.files()[0].read_bytes(), return_path(row.pk), reader.address, GONE)
    assert [take_in(content, NOW), take_in(content, NOW)] == ["dead", "known"]


@pytest.mark.parametrize(
    "forged",
    [
        "bounce+{pk}-0000000000000000@kuaixun.example",
        "bounce+{pk}@kuaixun.example",
        "bounce+999999-0000000000000000@kuaixun.example",
    ],
)
def test_report_to_an_address_that_we_never_gave_is_not_believed(
    sink: Sink, reader: Contact, forged: str
) -> None:
    row = sent_back(sink, reader)
    content = report(b"Message-ID: <a@b>\r\n\r\n", forged.format(pk=row.pk), reader.address, GONE)
    assert (take_in(content, NOW), Receipt.objects.count()) == ("stranger", 0)


def test_report_without_a_return_path_is_known_by_the_headers_that_came_back(
    sink: Sink, reader: Contact, settings: Any
) -> None:
    settings.BOUNCE_ADDRESS = ""
    row = sent_back(sink, reader)
    content = report(
        sink.files()[0].read_bytes(), "kuaixun@localhost", reader.address, "552 5.2.2 Mailbox full"
    )
    assert take_in(content, NOW) == "full"
    assert Receipt.objects.get().delivery_id == row.pk


def test_return_path_names_the_delivery_and_not_the_reader(sink: Sink, reader: Contact) -> None:
    row = Delivery.objects.get(contact=reader)
    local = return_path(row.pk).partition("@")[0]
    assert (local.startswith(f"bounce+{row.pk}-"), reader.address in local, len(local) <= 64) == (
        True, False, True
    )  # fmt: skip


def test_command_takes_one_from_a_pipe_and_acts_on_it(
    sink: Sink, reader: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = sent_back(sink, reader)
    content = report(sink.files()[0].read_bytes(), return_path(row.pk), reader.address, GONE)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    out = io.StringIO()
    call_command("take-bounce", stdout=out)
    row.refresh_from_db()
    assert (out.getvalue(), row.result) == ("dead：1 封\n", "bounced")


def test_command_reads_an_mbox_and_a_maildir(sink: Sink, reader: Contact, tmp_path: Path) -> None:
    row = sent_back(sink, reader)
    box = mailbox.mbox(tmp_path / "mbox")
    box.add(
        report(sink.files()[0].read_bytes(), return_path(row.pk), reader.address, "552 5.2.2 Mailbox full")
    )
    box.close()
    out = io.StringIO()
    call_command("take-bounce", mbox=tmp_path / "mbox", stdout=out)
    call_command("take-bounce", maildir=sink.returned, stdout=out)
    assert out.getvalue() == "full：1 封\ndead：1 封\n"
