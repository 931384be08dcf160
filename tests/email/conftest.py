"""A sink on loopback, and mails to send to it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.channels.email import MailMessage, send_batch
from alerts.outcomes import Outcome
from demo.sink import Sink

Write = Callable[..., MailMessage]
SendAll = Callable[..., dict[int, Outcome]]


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Sink]:
    running = Sink(tmp_path / "outbox")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def write() -> Write:
    """A mail with all values, any of them given otherwise."""

    def written(**given: object) -> MailMessage:
        values = {
            "to": "li@example.cn",
            "from_": "快讯 <kuaixun@example.org>",
            "subject": "【政策快讯】2 条 7 天内截止",
            "html": "<p>淮北市经信局</p>",
            "text": "淮北市经信局",
            "message_id": "0a1b@example.org",
            "date": datetime(2019, 10, 25, 0, 30, tzinfo=UTC),
            "leave_url": "https://example.org/leave/AbCdEfGhIjKlMnOpQrStUv",
            "list_id": "weekly.kuaixun.example.org",
        }
        return MailMessage(**{**values, **given})  # type: ignore[arg-type]

    return written


@pytest.fixture
def send_all() -> SendAll:
    """Sends a batch and gives back what was told of each message."""

    def sent(
        messages: Sequence[MailMessage],
        url: str,
        before_each: Callable[[int], bool] = lambda _: True,
        timeout: float = 5.0,
    ) -> dict[int, Outcome]:
        told: dict[int, Outcome] = {}
        send_batch(messages, url, before_each, told.__setitem__, timeout=timeout)
        return told

    return sent
