"""The judge of `make chaos` must be able to say no."""

from datetime import timedelta
from pathlib import Path

import pytest

from alerts.channels.email import MailMessage
from tests.builders import START
from tests.chaos.arrivals import Told, Verdict, verdict

TITLES = ["第1号申报通知", "第2号申报通知"]
BOTH = {Told("a@b.example", "daily", title) for title in TITLES}


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    folder = tmp_path / "outbox"
    folder.mkdir()
    return folder


def mail(*titles: str, name: str = "one", minutes: int = 0) -> bytes:
    said = "\n".join(titles)
    return MailMessage(
        to="a@b.example", from_="k@b.example", subject="x", html=said, text=said,
        message_id=f"{name}@b.example", date=START + timedelta(minutes=minutes), leave_url="",
        list_id="daily.kuaixun.b.example",
    ).as_bytes()  # fmt: skip


def judged(outbox: Path, *mails: bytes) -> tuple[int, int, int]:
    """(lost, repeated, complaints)."""
    for number, content in enumerate(mails):
        (outbox / f"{number}.eml").write_bytes(content)
    found = verdict(BOTH, TITLES, outbox, outbox / "wechat.jsonl")
    return found.lost, found.repeated, len(found.wrong)


def test_all_said_once_is_well(outbox: Path) -> None:
    assert judged(outbox, mail(*TITLES)) == (0, 0, 0)


def test_title_that_nobody_heard_is_a_lost_message(outbox: Path) -> None:
    assert judged(outbox, mail(TITLES[0])) == (1, 0, 0)


def test_same_mail_again_is_repeated_and_no_more(outbox: Path) -> None:
    assert judged(outbox, mail(*TITLES), mail(*TITLES)) == (0, 1, 0)


def test_mail_that_comes_again_with_another_date_is_wrong(outbox: Path) -> None:
    assert judged(outbox, mail(*TITLES), mail(*TITLES, minutes=1)) == (0, 1, 1)


def test_title_that_two_mails_say_is_wrong(outbox: Path) -> None:
    assert judged(outbox, mail(*TITLES), mail(TITLES[0], name="two")) == (0, 0, 1)


def test_time_beyond_its_pace_leaves_out_what_was_still_to_be_sent() -> None:
    flow = [float(second) for second in range(100)]
    assert Verdict(times=flow).beyond_pace(over=50.5, settled=99.0) == pytest.approx(0.5)


def test_time_beyond_its_pace_counts_until_the_last_straggler() -> None:
    flow = [float(second) for second in range(100)]
    assert Verdict(times=[*flow, 200.0]).beyond_pace(over=50.5, settled=200.0) == pytest.approx(99.5)
