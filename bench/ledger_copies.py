"""A database that is filled once and copied before each way of working, so that all begin alike."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Database:
    """`filled` is the URL of what is filled once, `work` that of its copy; `renew` makes that copy anew."""

    name: str
    filled: str
    work: str
    renew: Callable[[], None]


def on_postgres(server: str) -> Database:
    """Two databases of the server at this URL."""
    place = server.rpartition("/")[0]
    _ask(server, "CREATE DATABASE filled")

    def renew() -> None:
        # The copy's pages are written out now, not by whoever works on it.
        _ask(server, "DROP DATABASE IF EXISTS work", "CREATE DATABASE work TEMPLATE filled", "CHECKPOINT")

    return Database("PostgreSQL", f"{place}/filled", f"{place}/work", renew)


def _ask(server: str, *statements: str) -> None:
    import psycopg  # noqa: PLC0415 - SQLite does without the driver

    with closing(psycopg.connect(server, autocommit=True)) as maintenance:
        for statement in statements:
            maintenance.execute(statement.encode())


def on_sqlite(folder: str) -> Database:
    """Two files of a folder."""
    filled, work = Path(folder, "filled.sqlite3"), Path(folder, "work.sqlite3")

    def renew() -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{work}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(filled, work)

    return Database("SQLite", f"sqlite:///{filled}", f"sqlite:///{work}", renew)
