"""The sink: what it says yes to is on disk, and its pages show it."""

import errno
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from alerts.outcomes import TryLater
from demo.sink import Sink
from demo.sink.web import reading_room
from tests.email.conftest import SendAll, Write


@pytest.fixture
def room(sink: Sink) -> Iterator[str]:
    with reading_room(sink.folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def get(url: str) -> str:
    with urlopen(url) as answer:
        return str(answer.read().decode())


def test_sink_keeps_mails_by_number_and_recipient(sink: Sink, write: Write, send_all: SendAll) -> None:
    send_all([write(), write(to="b@qq.com")], sink.url)

    assert [path.name for path in sink.folder.iterdir()] == [path.name for path in sink.folder.glob("*.eml")]
    assert [path.name for path in sink.files()] == ["000001-li@example.cn.eml", "000002-b@qq.com.eml"]


def test_sink_counts_on_after_a_restart(sink: Sink, write: Write, send_all: SendAll) -> None:
    send_all([write()], sink.url)
    again = Sink(sink.folder)
    again.start()

    send_all([write()], again.url)
    again.stop()

    assert [path.name[:6] for path in sink.files()] == ["000001", "000002"]


def test_full_disk_is_answered_and_told(
    sink: Sink,
    write: Write,
    send_all: SendAll,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with caplog.at_level(logging.ERROR, logger="demo.sink.server"):
        told = send_all([write()], sink.url)

    assert isinstance(told[0], TryLater)
    assert "No space left on device" in caplog.text


def test_list_page_shows_the_newest_first(sink: Sink, write: Write, send_all: SendAll, room: str) -> None:
    send_all([write(subject="第一封 <b>"), write(subject="第二封", to="b@qq.com")], sink.url)

    page = get(room)

    assert page.index("第二封") < page.index("第一封 &lt;b&gt;")
    assert "b@qq.com" in page
    assert "2019-10-25 08:30" in page


def test_mail_page_frames_the_html_in_a_sandbox(
    sink: Sink, write: Write, send_all: SendAll, room: str
) -> None:
    send_all([write()], sink.url)

    page = get(f"{room}/mail/000001-li@example.cn.eml")

    assert '<iframe src="/html/000001-li@example.cn.eml" sandbox="allow-popups"' in page


def test_html_is_served_with_a_policy_of_its_own(
    sink: Sink, write: Write, send_all: SendAll, room: str
) -> None:
    send_all([write(html="<p>正文</p>")], sink.url)

    with urlopen(f"{room}/html/000001-li@example.cn.eml") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.read().decode() == "<p>正文</p>"


@pytest.mark.parametrize("path", ["/mail/none.eml", "/mail/../../etc/passwd", "/else"])
def test_unknown_page_is_not_found(room: str, path: str) -> None:
    with pytest.raises(HTTPError) as missing:
        urlopen(room + path)

    missing.value.close()
    assert missing.value.code == 404
