"""A world of the run's own: its var folder, its database, its settings, and no network but loopback."""

import atexit
import ipaddress
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

# What a developer's shell may carry and a test must not feel.
NOT_OURS = (
    *("ALLOWED_HOSTS", "DATABASE_URL", "KUAIXUN_BASE_URL", "KUAIXUN_DEBUG", "KUAIXUN_PORT", "LOG_LEVEL"),
    *("INTAKE_ALLOW_NETS", "INTAKE_CA_FILE", "INTAKE_CONNECT_TO", "INTAKE_CONTACT", "INTAKE_HOST_GAP"),
    *("MAIL_FROM", "REDIS_URL", "SECRET_KEY", "SMTP_URL", "WECHAT_API_BASE", "WECHAT_APPID", "WECHAT_SECRET"),
)


class OffTheMachine(AssertionError):
    """A test reached for an address that is not loopback."""


def settle() -> Path:
    """Gives this process its own var folder and Django settings; returns the folder, removed at exit.

    The database is SQLite in that folder, or the PostgreSQL server of KUAIXUN_TEST_DATABASE_URL.
    """
    for name in NOT_OURS:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    folder = Path(tempfile.mkdtemp(prefix="kuaixun-tests-"))
    atexit.register(_sweep, folder, os.getpid())
    (folder / "static").mkdir()  # WhiteNoise warns where collectstatic has not made it
    os.environ["KUAIXUN_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["PACE"] = ""  # the receivers here are our own
    if postgres := os.environ.get("KUAIXUN_TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = postgres
    django.setup()
    _put_sqlite_on_disk(folder)
    return folder


def _sweep(folder: Path, owner: int) -> None:
    """Removes the folder when the run ends, but not when a forked child of it does."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _put_sqlite_on_disk(folder: Path) -> None:
    """Django would test SQLite in memory, where a worker process sees nothing and nothing locks."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


def is_here(address: object) -> bool:
    """True for a socket address on this machine: AF_UNIX paths, 127.0.0.0/8, ::1."""
    if not isinstance(address, tuple):
        return True
    return _is_loopback(str(address[0]))


def _is_loopback(host: str) -> bool:
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.split("%", 1)[0]).is_loopback
    except ValueError:
        return False


def _is_literal(host: object) -> bool:
    try:
        ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return True


def shut_the_door(attempts: list[str]) -> None:
    """Makes every connect and look-up beyond loopback raise OffTheMachine, and notes it in `attempts`."""

    def refuse(what: str) -> OffTheMachine:
        attempts.append(what)
        return OffTheMachine(f"{what}: tests reach loopback only")

    def guarded(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
        def guard(self: socket.socket, address: Any) -> Any:
            if not is_here(address):
                raise refuse(f"connect {address}")
            return connect(self, address)

        return guard

    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_literal(name) and not _is_loopback(str(name)):
            raise refuse(f"look up {name}")
        return look_up(host, *args, **kwargs)

    # setattr, since a type checker rightly refuses to see a method replaced.
    setattr(socket.socket, "connect", guarded(socket.socket.connect))  # noqa: B010
    setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))  # noqa: B010
    setattr(socket, "getaddrinfo", guarded_look_up)  # noqa: B010
